// The data sets of the neurofinder benchmark: the 20 training and 7 test sets of the source document (2016-03), of which 01.02 to
// 01.04 were withdrawn later, and the 04 series that came after it. Sizes in pixels, rates in frames a second; what no source
// states is left out. Sources: info.json of 00.00, the label images of EKirschbaum/DISCo (numbers of regions), scripts of CaImAn
// (rates), papers and repositories of the participants (frames); ceilings: see `perfect` and `people`.

export interface CatalogueSet {
  /** As in submissions: `00.00`, `00.00.test`. */
  readonly name: string;
  readonly kind: 'training' | 'test';
  /** 'document': in the source document; 'withdrawn': listed there, its link is dead; 'later': added in 2016-06. */
  readonly listed: 'document' | 'withdrawn' | 'later';
  readonly lab: string;
  readonly region?: string;
  readonly indicator?: string;
  readonly rows?: number;
  readonly columns?: number;
  readonly frames?: number;
  readonly rateHz?: number;
  /** How the truth was made. */
  readonly labels?: 'nuclear marker' | 'by hand';
  /** Regions of the published truth. */
  readonly regions?: number;
  /** Combined score of a perfect detector against the published truth: a second grader (STNeuroNet) found cells that it lacks. */
  readonly perfect?: number;
  /** Lowest and highest F1 of single people against the consensus of up to four (CaImAn, eLife 2019). */
  readonly people?: readonly [low: number, high: number];
}

const LABS: Readonly<Record<string, string>> = {
  '00': 'Svoboda',
  '01': 'Häusser',
  '02': 'Svoboda',
  '03': 'Losonczy',
  '04': 'Harvey',
};

type Facts = Partial<Omit<CatalogueSet, 'name' | 'kind' | 'lab'>>;

function set(name: string, facts: Facts = {}): CatalogueSet {
  const kind = name.endsWith('.test') ? 'test' : 'training';
  return { name, kind, lab: LABS[name.slice(0, 2)]!, listed: 'document', ...facts };
}

const SQUARE = { rows: 512, columns: 512 } as const;
const SERIES_00 = { ...SQUARE, rateHz: 7, region: 'vS1', indicator: 'GCaMP6s', labels: 'nuclear marker' } as const;
const SERIES_01 = { ...SQUARE, rateHz: 7.5, region: 'V1', indicator: 'GCaMP6s', labels: 'by hand' } as const;
const SERIES_02 = { ...SQUARE, rateHz: 8, region: 'vS1', indicator: 'GCaMP6s', labels: 'by hand' } as const;
const SERIES_04 = { ...SQUARE, indicator: 'GCaMP6s', labels: 'by hand', listed: 'later' } as const;

export const CATALOGUE: readonly CatalogueSet[] = [
  set('00.00', { ...SERIES_00, regions: 330, frames: 3024, people: [0.83, 0.92] }),
  set('00.01', { ...SERIES_00, regions: 317, frames: 3048 }),
  set('00.02', { ...SERIES_00, regions: 352 }),
  set('00.03', { ...SERIES_00, regions: 340, frames: 3052 }),
  set('00.04', { ...SERIES_00, regions: 445 }),
  set('00.05', { ...SERIES_00, regions: 499 }),
  set('00.06', { ...SERIES_00, regions: 439 }),
  set('00.07', { ...SERIES_00, regions: 379 }),
  set('00.08', { ...SERIES_00, regions: 460, frames: 3336 }),
  set('00.09', { ...SERIES_00, regions: 465 }),
  set('00.10', { ...SERIES_00, regions: 415 }),
  set('00.11', { ...SERIES_00, regions: 353 }),
  set('01.00', { ...SERIES_01, regions: 345, frames: 2250, perfect: 0.997 }),
  set('01.01', { ...SERIES_01, regions: 350, frames: 1825, perfect: 0.997, people: [0.75, 0.89] }),
  set('01.02', { listed: 'withdrawn' }),
  set('01.03', { listed: 'withdrawn' }),
  set('01.04', { listed: 'withdrawn' }),
  set('02.00', { ...SERIES_02, regions: 197, frames: 8000, perfect: 0.83, people: [0.82, 0.89] }),
  set('02.01', { ...SERIES_02, regions: 178, perfect: 0.856 }),
  set('03.00', {
    rows: 498,
    columns: 490,
    rateHz: 7.5,
    region: 'dHPC CA1',
    indicator: 'GCaMP6f',
    labels: 'by hand',
    regions: 621,
    frames: 2250,
  }),
  set('04.00', { ...SERIES_04, regions: 235, frames: 3000, rateHz: 6.75, perfect: 0.904 }),
  set('04.01', { ...SERIES_04, regions: 254, frames: 3000, rateHz: 3, region: 'PPC', perfect: 0.963 }),
  set('00.00.test', { frames: 3000 }),
  set('00.01.test'),
  set('01.00.test'),
  set('01.01.test'),
  set('02.00.test'),
  set('02.01.test'),
  set('03.00.test', { rows: 498, columns: 467, frames: 2250, people: [0.78, 0.9] }),
  set('04.00.test', { ...SQUARE, frames: 3000, listed: 'later', people: [0.69, 0.87] }),
  set('04.01.test', { listed: 'later' }),
];

/** The test sets of the source document, in its order. */
export const DOCUMENT_TEST_SETS: readonly string[] = CATALOGUE.filter(
  ({ kind, listed }) => kind === 'test' && listed === 'document',
).map(({ name }) => name);

const PREFIX = 'https://s3.amazonaws.com/neuro.datasets/challenges/neurofinder/neurofinder.';

/** Where the publisher keeps the zip; null where the link is dead. For people to follow: the page itself fetches nothing. */
export function downloadAddress({ name, listed }: CatalogueSet): string | null {
  return listed === 'withdrawn' ? null : `${PREFIX}${name}.zip`;
}

/** All nine test sets in one archive. */
export const ALL_TEST_SETS = `${PREFIX}all.test.zip`;
