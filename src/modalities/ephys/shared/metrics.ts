// The two passes behind the measures of units: the recording is read in seconds evenly over it (all of a short one), first for mean
// waveforms and noise, then for each spike's amplitude, place and waveform. Nothing depends on the number of workers.
import type { ChainSettings } from './chain.ts';
import type { RecordingSource } from './info.ts';
import type { UnitMeasures } from './measures.ts';

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
}

export interface SpikeMeasures {
  /** Per spike of the table; NaN where it was not read. */
  readonly amplitudes: Float32Array<ArrayBuffer>;
  readonly depths: Float32Array<ArrayBuffer>;
  /** Per unit the measures that come from waveforms. */
  readonly units: readonly UnitMeasures[];
}

export interface TrainInput extends SpikeTable {
  readonly frames: number;
  readonly rate: number;
  /** Per spike; null where nobody measured them. */
  readonly amplitudes: Float32Array<ArrayBuffer> | null;
  readonly depths: Float32Array<ArrayBuffer> | null;
}
