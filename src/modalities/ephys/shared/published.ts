// What neuropixels-data-sep-2020 publishes: its recordings and sortings with the facts that its README, its scripts and its objects
// state (https://github.com/flatironinstitute/neuropixels-data-sep-2020). What they do not state is undefined.

export interface PublishedRecording {
  readonly id: string;
  readonly label: string;
  readonly lab: 'Cortexlab' | 'Allen Institute';
  readonly description: string;
  readonly probe: 'Phase 3A' | 'Neuropixels 1.0' | 'Neuropixels 2.0';
  /** Columns of the raw file. */
  readonly rawChannels: number;
  /** Those of them that the recording object maps to electrodes. */
  readonly channels: number | undefined;
  readonly frames: number;
  /** Hz. */
  readonly samplingRate: number;
  /** Name and SHA-1 of the raw file. */
  readonly raw: string;
  readonly sha1: string | undefined;
  /** SHA-1 of the files that say how the probe was moved. */
  readonly motion?: { readonly timestamps: string; readonly positions: string };
}

export interface PublishedSorting {
  readonly id: string;
  readonly label: string;
  /** Id of its recording. */
  readonly recording: string;
  readonly description: string;
  readonly units: number | undefined;
  /** A unit by its place among all, and how many events it has. */
  readonly unit?: { readonly place: number; readonly id: number; readonly events: number };
  /** SHA-1 of spike times and of labels. */
  readonly times: string;
  readonly labels: string;
}

const CORTEXLAB = { lab: 'Cortexlab', probe: 'Phase 3A', samplingRate: 30_000 } as const;
const DRIFT = {
  lab: 'Cortexlab',
  probe: 'Neuropixels 2.0',
  rawChannels: 385,
  channels: undefined,
  samplingRate: 30_000,
} as const;
const ALLEN = { lab: 'Allen Institute', probe: 'Neuropixels 1.0', samplingRate: 30_000 } as const;
const MOTION_POSITIONS = '9d4e8e9265573707cd1890eefa50fda6a8bd8ae5';

export const PUBLISHED_RECORDINGS: readonly PublishedRecording[] = [
  {
    ...CORTEXLAB,
    id: 'cortexlab-single-phase-3',
    label: 'cortexlab-single-phase-3 (full)',
    description: 'Awake, head-fixed mouse, about an hour.',
    rawChannels: 385,
    channels: 374,
    frames: 113_208_768,
    raw: 'Hopkins_20160722_g0_t0.imec.ap_CAR.bin',
    sha1: '1b8592f0240603ae1019379cb47bad6475503aaf',
  },
  {
    ...CORTEXLAB,
    id: 'cortexlab-single-phase-3.10sec',
    label: 'cortexlab-single-phase-3 (10 sec)',
    description: 'The first 10 seconds.',
    rawChannels: 374,
    channels: 374,
    frames: 300_000,
    raw: 'raw.bin',
    sha1: undefined,
  },
  {
    ...CORTEXLAB,
    id: 'cortexlab-single-phase-3-ch0-7.10sec',
    label: 'cortexlab-single-phase-3 (ch 0-7, 10 sec)',
    description: 'The first 10 seconds of eight channels.',
    rawChannels: 8,
    channels: 8,
    frames: 300_000,
    raw: 'raw.bin',
    sha1: 'bbd7fba0f4187b23bf002cbc3d240c7467e1e6a2',
  },
  {
    ...DRIFT,
    id: 'cortexlab-drift-dataset1',
    label: 'cortexlab-drift-dataset1',
    description: 'The probe was moved by 50 µm up and down, ten times.',
    frames: 58_708_634,
    raw: 'p2_g0_t0.imec0.ap.bin',
    sha1: '294a665f4e4de1c7377a47182941d22da45d6ff7',
    motion: { timestamps: '1117aac1f15e441fc82854a736e52e4b87e6d90c', positions: MOTION_POSITIONS },
  },
  {
    ...DRIFT,
    id: 'cortexlab-drift-dataset2',
    label: 'cortexlab-drift-dataset2',
    description: 'The probe was moved by 50 µm up and down, ten times.',
    frames: 80_649_144,
    raw: 'p2_g1_t0.imec0.ap.bin',
    sha1: '840a6e81e9c7e6e0f9aedc8a17ce32fb22fe3eb3',
    motion: { timestamps: 'b03ea67a69cbbcba214582cf6de1154bcf6b1f92', positions: MOTION_POSITIONS },
  },
  {
    ...ALLEN,
    id: 'allen_mouse419112_probeE',
    label: 'allen_mouse419112_probeE (full)',
    description: 'About an hour.',
    rawChannels: 384,
    channels: 384,
    frames: 105_000_000,
    raw: 'continuous.dat',
    sha1: '39ae3fcccd3803170dd97fc9a8799e7169214419',
  },
  {
    ...ALLEN,
    id: 'allen_mouse415148_probeE',
    label: 'allen_mouse415148_probeE (full)',
    description: 'About an hour.',
    rawChannels: 384,
    channels: 384,
    frames: 105_000_000,
    raw: 'continuous.dat',
    sha1: 'c5acd91cfde60bc8ba619f5b03245fe6c034f682',
  },
  {
    ...ALLEN,
    id: 'allen_mouse419112_probeE-ch0-7.10sec',
    label: 'allen_mouse419112_probeE (ch 0-7, 10 sec)',
    description: 'The first 10 seconds of eight channels.',
    rawChannels: 8,
    channels: 8,
    frames: 300_000,
    raw: 'raw.bin',
    sha1: undefined,
  },
  {
    ...ALLEN,
    id: 'allen_mouse419112_probeE-10sec',
    label: 'allen_mouse419112_probeE (10 sec)',
    description: 'The first 10 seconds.',
    rawChannels: 384,
    channels: 384,
    frames: 300_000,
    raw: 'raw.bin',
    sha1: 'caae5fe47b4a5653646acb1bd0eb3254c3be5347',
  },
];

const CURATED_TIMES = '2d8264241321fda3b6c987412b353232068c3e93';
const CURATED_LABELS = 'cd893db02d086b332ee46d56b2373dd0350bf471';

export const PUBLISHED_SORTINGS: readonly PublishedSorting[] = [
  {
    id: 'cortexlab-single-phase-3:curated',
    label: 'cortexlab-single-phase-3 Curated',
    recording: 'cortexlab-single-phase-3',
    description: 'All clusters after curation.',
    units: 675,
    unit: { place: 3, id: 8, events: 6022 },
    times: CURATED_TIMES,
    labels: CURATED_LABELS,
  },
  {
    id: 'cortexlab-single-phase-3:curated_good',
    label: 'cortexlab-single-phase-3 Curated (good units)',
    recording: 'cortexlab-single-phase-3',
    description: 'The clusters whose group is good.',
    units: undefined,
    times: CURATED_TIMES,
    labels: CURATED_LABELS,
  },
  {
    id: 'allen_mouse419112_probeE:curated',
    label: 'allen_mouse419112_probeE Curated',
    recording: 'allen_mouse419112_probeE',
    description: 'Units that meet the Allen criteria, inspected by hand.',
    units: undefined,
    times: '57029ae68643881f5d4015397be87ba0d4815b52',
    labels: '61762d8f0bdac57db64ceec1636e0009af0f02ef',
  },
  {
    id: 'allen_mouse415148_probeE:curated',
    label: 'allen_mouse415148_probeE Curated',
    recording: 'allen_mouse415148_probeE',
    description: 'Units that meet the Allen criteria, inspected by hand.',
    units: undefined,
    times: '4c717829e3ce6530349a38bd5f72fac216916276',
    // The published object names curated_unit_channels.npy here; these are the unit ids.
    labels: 'f55da958a7725edf8bde63eecf1d53edcb9de76d',
  },
];

/** Units in both Allen sortings together. */
export const ALLEN_UNITS = 76;

/** By id or by label, as the source's Python package takes them. */
export function publishedRecording(idOrLabel: string): PublishedRecording | undefined {
  return PUBLISHED_RECORDINGS.find(({ id, label }) => id === idOrLabel || label === idOrLabel);
}

export function publishedSorting(idOrLabel: string): PublishedSorting | undefined {
  return PUBLISHED_SORTINGS.find(({ id, label }) => id === idOrLabel || label === idOrLabel);
}
