// Whom the data of neurofinder come from, and under which terms.
import type { Credits } from '../../modality.ts';

export const CREDITS: Credits = {
  source: 'neurofinder',
  labs: [
    { name: 'Svoboda Lab', gave: '00 (Simon Peron) and 02 (Nicholas Sofroniew), Janelia Research Campus' },
    { name: 'Häusser Lab', gave: '01 (Adam Packer, Lloyd Russell)' },
    { name: 'Losonczy Lab', gave: '03 (Jeffrey Zaremba, Patrick Kaifosh)' },
    { name: 'Harvey Lab', gave: '04 (Matthias Minderer, Selmaan Chettih)' },
  ],
  citation:
    'CodeNeuro. neurofinder: a benchmark for finding neurons in calcium imaging data (2015–2016). Data from the Svoboda (00, 02), Häusser (01), Losonczy (03) and Harvey (04) labs. https://github.com/codeneuro/neurofinder',
  licence:
    'No licence was ever stated for the data; the question is still open (codeneuro/neurofinder, issue 28). Use them for research, name the labs, and ask before passing the data on.',
  acknowledgements: [
    'CodeNeuro made the benchmark, its server and its tools: neurofinder, neurofinder-python, neurofinder-datasets; freeman-lab made regional, in which the scores are defined.',
    'The published scores were collected in alexklibisz/deep-calcium; the second grader’s labels come from soltanianzadeh/STNeuroNet, the agreement of people from CaImAn (eLife 2019).',
  ],
  links: [
    { label: 'codeneuro/neurofinder', address: 'https://github.com/codeneuro/neurofinder' },
    { label: 'codeneuro/neurofinder-python, the scorer', address: 'https://github.com/codeneuro/neurofinder-python' },
    { label: 'codeneuro/neurofinder-datasets, the packer', address: 'https://github.com/codeneuro/neurofinder-datasets' },
    { label: 'Issue 28: the licence of the data', address: 'https://github.com/codeneuro/neurofinder/issues/28' },
    { label: 'alexklibisz/deep-calcium, published scores', address: 'https://github.com/alexklibisz/deep-calcium' },
    { label: 'soltanianzadeh/STNeuroNet, second grader', address: 'https://github.com/soltanianzadeh/STNeuroNet' },
  ],
};

/** Of the benchmark, so that its terms hold: by its name. */
export function isNeurofinder(shortName: string): boolean {
  return /^\d\d\.\d\d(\.test)?$/.test(shortName);
}
