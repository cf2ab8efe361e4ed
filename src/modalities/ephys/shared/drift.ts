// Spikes over time and depth, and the motion of the probe that they show.
import type { ChainSettings } from './chain.ts';
import type { RecordingSource } from './info.ts';

/** Where and when spikes were: one entry a spike, in order of time. */
export interface SpikePlaces {
  /** s. */
  readonly seconds: Float64Array<ArrayBuffer>;
  /** µm from the tip up. */
  readonly depths: Float64Array<ArrayBuffer>;
  /** µV or the sorter's own unit, positive. */
  readonly amplitudes: Float64Array<ArrayBuffer>;
}

export interface PeaksInput {
  readonly source: RecordingSource;
  readonly frames: number;
  /** Hz. */
  readonly rate: number;
  readonly chain: ChainSettings;
  /** Times the noise. */
  readonly threshold: number;
}

export interface MotionInput extends SpikePlaces {
  /** s of the whole recording. */
  readonly length: number;
}
