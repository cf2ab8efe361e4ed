// Facts of each electrode for the depth board: measured in snippets evenly over the recording.
import type { ChainSettings } from './chain.ts';
import type { RecordingSource } from './info.ts';

export interface BoardInput {
  readonly source: RecordingSource;
  readonly chain: ChainSettings;
  /** How many snippets of 0.1 s (a second for the spectrum). */
  readonly snippets: number;
  readonly spectrum: boolean;
}

export interface DepthBoard {
  /** Root mean square after the chain, µV, and of the raw samples about their mean. */
  readonly rms: Float32Array<ArrayBuffer>;
  readonly rawRms: Float32Array<ArrayBuffer>;
  /** Threshold crossings a second at five times the noise. */
  readonly eventRate: Float32Array<ArrayBuffer>;
  /** [electrode][frequency], dB of µV²/Hz of the raw samples; empty unless asked for. */
  readonly spectrum: Float32Array<ArrayBuffer>;
  /** Hz. */
  readonly frequencies: Float32Array<ArrayBuffer>;
}
