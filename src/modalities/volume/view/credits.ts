// Whom the X-ray volumes come from and under which terms.
import type { Credits } from '../../modality.ts';

export const CREDITS: Credits = {
  source: 'MTNeuro, X-ray microtomography of mouse thalamocortical tissue',
  labs: [
    {
      name: 'Dyer lab, Georgia Institute of Technology',
      gave: 'the annotations, the analysis of Prasad et al. 2020 and the benchmark',
    },
    { name: 'Johns Hopkins University Applied Physics Laboratory', gave: 'BossDB, which hosts the volume, and the benchmark' },
    { name: 'Advanced Photon Source, Argonne National Laboratory', gave: 'the synchrotron X-ray imaging' },
  ],
  citation:
    'Prasad, J. A. et al. A three-dimensional thalamocortical dataset for characterizing brain heterogeneity. Scientific Data 7, 358 (2020). https://doi.org/10.1038/s41597-020-00692-y\nQuesada, J. et al. MTNeuro: A Benchmark for Evaluating Representations of Brain Structure Across Multiple Levels of Abstraction. NeurIPS Datasets and Benchmarks (2022). https://arxiv.org/abs/2301.00345',
  licence:
    'The data set is published under CC BY 4.0: use it freely and name the authors. The code of the benchmark is under the MIT licence.',
  acknowledgements: [
    'The numbers of the labels, the splits and the scores follow the code of the benchmark; what it does differently from its paper is shown beside.',
  ],
  links: [
    { label: 'Benchmark', address: 'https://mtneuro.github.io/' },
    { label: 'Code of the benchmark', address: 'https://github.com/MTNeuro/MTNeuro' },
    { label: 'BossDB project', address: 'https://bossdb.org/project/prasad2020' },
    { label: 'Analysis of Prasad et al. 2020', address: 'https://github.com/nerdslab/xray-thc' },
  ],
};
