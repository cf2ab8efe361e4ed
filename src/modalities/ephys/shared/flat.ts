// The dialog about a flat binary file: what it asks, and the picture that shows whether the channel count is right.
import type { RecordingSource } from './info.ts';

export interface FlatPreviewInput {
  readonly source: RecordingSource;
}

export interface FlatPreview {
  /** [channel][frame], counts about each channel's mean. */
  readonly data: Float32Array<ArrayBuffer>;
  readonly channels: number;
  readonly frames: number;
  /** Frames of the whole file. */
  readonly total: number;
  readonly notices: readonly string[];
}
