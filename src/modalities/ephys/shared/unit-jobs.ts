// What the view asks of workers about units. Frames count from the recording's first; channels are its electrodes in ascending column.
import type { FileListing } from '../../../base/listing.ts';
import type { Sorting } from '../../../base/sorting.ts';
import type { ChainSettings } from './chain.ts';
import type { FoundSorting } from './found.ts';
import type { RecordingSource } from './info.ts';

/** A sorting as its reader hands it over. */
export interface ReadSorting extends Sorting {
  /** Place of each spike in the file; undefined where the file is in the order of time. */
  readonly order: Int32Array<ArrayBuffer> | undefined;
}

export interface SortingInput {
  readonly listing: FileListing;
  readonly found: FoundSorting;
  /** Of the recording that the sorting belongs to: spikes past its end are told. */
  readonly recording: { readonly frames: number; readonly samplingRate: number } | null;
}

export interface GroupedSorting {
  readonly sorting: ReadSorting;
  /** Per unit the indices of its spikes. */
  readonly spikes: readonly Int32Array<ArrayBuffer>[];
}

export type CorrelogramConvention = 'spikeinterface' | 'phy';

export interface CorrelogramInput {
  /** Trains in frames, ascending. */
  readonly trains: readonly Float64Array<ArrayBuffer>[];
  readonly rate: number;
  readonly windowMs: number;
  readonly binMs: number;
  /** SpikeInterface's where nobody says; phy's has a bin about zero and the other orientation. */
  readonly convention?: CorrelogramConvention;
}

export interface Correlograms {
  /** [i][j][bin]: how often i fires after j by each lag. */
  readonly counts: Uint32Array<ArrayBuffer>;
  readonly units: number;
  readonly bins: number;
  /** Edges of the bins, ms. */
  readonly edges: Float64Array<ArrayBuffer>;
  /** Per unit intervals between its spikes, in bins of `binMs` up to `windowMs`. */
  readonly intervals: readonly Uint32Array<ArrayBuffer>[];
}

export interface WaveformInput {
  readonly source: RecordingSource;
  readonly chain: ChainSettings;
  /** Per unit the frames whose waveforms are wanted: a sample of its spikes. */
  readonly trains: readonly Float64Array<ArrayBuffer>[];
}

export interface UnitWaveforms {
  /** Electrode with the deepest trough or highest peak. */
  readonly peak: number;
  /** The electrodes around it, nearest first. */
  readonly electrodes: Int32Array<ArrayBuffer>;
  readonly samples: number;
  /** Samples before the spike. */
  readonly before: number;
  /** [electrode][sample], µV. */
  readonly mean: Float32Array<ArrayBuffer>;
  /** Spikes that were read, [spike][electrode][sample]. */
  readonly spray: Float32Array<ArrayBuffer>;
  readonly frames: Float64Array<ArrayBuffer>;
  /** Of each spike on the peak electrode, µV. */
  readonly amplitudes: Float32Array<ArrayBuffer>;
  /** [spike][2]: principal components of the waveforms around the first unit's electrode. */
  readonly features: Float32Array<ArrayBuffer>;
  /** [spike][x, y], µm; and of the mean waveform. */
  readonly places: Float32Array<ArrayBuffer>;
  readonly location: readonly [x: number, y: number];
  /** On what the waveforms of all shown units were projected, and where this one's amplitudes are read; null for too few spikes. */
  readonly basis: FeatureBasis | null;
}

/** Axes through waveforms that are cut out of a few electrodes, [electrode][sample]. */
export interface FeatureAxes {
  readonly electrodes: Int32Array<ArrayBuffer>;
  /** Samples [from, from + count) of a waveform. */
  readonly from: number;
  readonly count: number;
  readonly mean: Float64Array<ArrayBuffer>;
  readonly axes: readonly Float64Array[];
}

export interface FeatureBasis extends FeatureAxes {
  readonly peak: number;
  readonly peakSample: number;
}

export interface ProjectInput {
  readonly source: RecordingSource;
  readonly chain: ChainSettings;
  /** Of the spikes, rising. */
  readonly frames: Float64Array<ArrayBuffer>;
  readonly basis: FeatureBasis;
}

/** Per spike; NaN where its window leaves the recording. */
export interface Projected {
  readonly x: Float32Array<ArrayBuffer>;
  readonly y: Float32Array<ArrayBuffer>;
  /** µV. */
  readonly amplitudes: Float32Array<ArrayBuffer>;
}
