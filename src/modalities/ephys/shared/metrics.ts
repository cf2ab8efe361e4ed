// The two passes behind the measures of units: the recording is read in seconds evenly over it (or all of it), first for mean
// waveforms and noise, then for each spike's amplitude, place and waveform. Nothing depends on the number of workers.
import type { ChainSettings } from './chain.ts';
import type { RecordingSource } from './info.ts';
import type { MeasureName } from './measures.ts';

/** Spikes of all units in order of time. */
export interface SpikeTable {
  /** Frames. */
  readonly times: Float64Array<ArrayBuffer>;
  /** Place of each spike's unit in the list of units; −1 for none. */
  readonly units: Int32Array<ArrayBuffer>;
  readonly count: number;
}

export interface TemplateInput extends SpikeTable {
  readonly source: RecordingSource;
  readonly chain: ChainSettings;
  readonly frames: number;
  readonly rate: number;
  readonly channels: number;
  /** At most so many seconds of the recording are read. */
  readonly seconds: number;
}

export interface UnitTemplates {
  /** [unit][sample][channel], µV; NaN for units without spikes in what was read. */
  readonly mean: Float32Array<ArrayBuffer>;
  readonly samples: number;
  readonly channels: number;
  readonly before: number;
  /** Of each unit: spikes that were averaged, electrode and sample of the largest deflection. */
  readonly counts: Int32Array<ArrayBuffer>;
  readonly peaks: Int32Array<ArrayBuffer>;
  readonly peakSamples: Int32Array<ArrayBuffer>;
  /** Noise of each channel, µV. */
  readonly noise: Float64Array<ArrayBuffer>;
  /** [unit][unit]: cosine. */
  readonly similarity: Float64Array<ArrayBuffer>;
}

export interface SpikeInput extends TemplateInput {
  readonly templates: UnitTemplates;
  /** [component][sample]: the axes on which each electrode's waveform is projected. */
  readonly axes: Float32Array<ArrayBuffer>;
  /** [unit][electrode]: those that features are kept of, −1 for none. */
  readonly electrodes: Int32Array<ArrayBuffer>;
}

/** Components of each electrode, and electrodes around its unit's own, that are kept of a spike. */
export const COMPONENTS = 3;
export const FEATURE_ELECTRODES = 16;

export interface SpikeMeasures {
  /** Per spike of the table; NaN where it was not read. */
  readonly amplitudes: Float32Array<ArrayBuffer>;
  readonly depths: Float32Array<ArrayBuffer>;
  /** Spikes whose features were kept (at most 500 of a unit): their units, and [spike][component][electrode]. */
  readonly featureUnits: Int32Array<ArrayBuffer>;
  readonly features: Float32Array<ArrayBuffer>;
}

/** Features as sorters store them, each spike's on the channels of its template alone. */
export interface SpikeFeatures {
  /** [spike][component][local channel]. */
  readonly data: Float32Array<ArrayBuffer>;
  readonly components: number;
  readonly locals: number;
  /** [template][local channel], −1 for none. */
  readonly channels: Int32Array<ArrayBuffer>;
  readonly templateOf: Int32Array<ArrayBuffer>;
  /** Place of each spike's unit in the list of units, which has `count`. */
  readonly unitOf: Int32Array<ArrayBuffer>;
  readonly count: number;
}

export interface TrainInput {
  readonly count: number;
  readonly frames: number;
  readonly rate: number;
  /** Per unit µV a count of its largest electrode, which SpikeInterface 0.105 adds to amplitudes; null where they are not in µV. */
  readonly gains: Float64Array<ArrayBuffer> | null;
}

/** Handed over with the question. */
export interface TrainSpikes extends Pick<SpikeTable, 'times' | 'units'> {
  /** Per spike, NaN where unread; null where nobody measured them. */
  readonly amplitudes: Float32Array<ArrayBuffer> | null;
  readonly depths: Float32Array<ArrayBuffer> | null;
}

/** A measure of each unit, in the order of the list. */
export type MeasureColumns = { readonly [K in MeasureName]?: Float64Array<ArrayBuffer> };

export interface ShapeInput {
  readonly source: RecordingSource;
  readonly templates: UnitTemplates;
  readonly rate: number;
}

/** What mean waveforms alone tell, and what the second pass needs. */
export interface Shapes extends Pick<SpikeInput, 'axes' | 'electrodes'> {
  readonly columns: MeasureColumns;
}
