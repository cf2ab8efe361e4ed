// Threshold crossings in a stretch of the recording, after the chain.
import type { ChainSettings } from './chain.ts';
import type { RecordingSource } from './info.ts';

export interface DetectInput {
  readonly source: RecordingSource;
  readonly chain: ChainSettings;
  readonly from: number;
  readonly to: number;
  /** Times the noise of each channel. */
  readonly threshold: number;
}

export interface Detected {
  /** Frames of the recording. */
  readonly times: Float64Array<ArrayBuffer>;
  /** Electrode by its place among the channels. */
  readonly channels: Int32Array<ArrayBuffer>;
  /** µV, negative for troughs. */
  readonly amplitudes: Float32Array<ArrayBuffer>;
  /** Median over the channels of the noise, µV. */
  readonly noise: number;
}
