// Whose recordings these are, under which terms.
import type { Credits } from '../../modality.ts';

export const CREDITS: Credits = {
  source: 'neuropixels-data-sep-2020',
  labs: [
    { name: 'Cortexlab (University College London)', gave: 'single-phase-3 and the two recordings with imposed drift' },
    { name: 'Allen Institute', gave: 'two recordings of mouse visual cortex (mice 419112 and 415148, probe E)' },
    { name: 'Svoboda lab (Janelia)', gave: 'five recordings of mice SC022, SC026 and SC035' },
    { name: 'Flatiron Institute', gave: 'the collection, its sortings and the web views of 2020' },
  ],
  citation:
    'Neuropixels data for the spike sorting hackathon, September 2020. Flatiron Institute, https://github.com/flatironinstitute/neuropixels-data-sep-2020',
  licence:
    'The collection states no licence of its own: ask the lab that recorded the data before you publish with it. Nothing of it is shipped with this page.',
  acknowledgements: [
    'Formulas follow SpikeInterface, the Allen Institute’s ecephys_spike_sorting, phy and the IBL’s ibl-neuropixel; where one of them errs, the corrected definition is the default.',
  ],
  links: [
    { label: 'The collection', address: 'https://github.com/flatironinstitute/neuropixels-data-sep-2020' },
    { label: 'SpikeInterface', address: 'https://github.com/SpikeInterface/spikeinterface' },
    { label: 'phy', address: 'https://github.com/cortex-lab/phy' },
    { label: 'Imposed motion datasets (Nick Steinmetz)', address: 'https://doi.org/10.6084/m9.figshare.14024495' },
  ],
};
