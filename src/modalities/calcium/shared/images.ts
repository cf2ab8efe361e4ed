// Frames, summary images [row, column], the binned movie and contrast: input and output of their jobs.
import type { NumericArray } from '../../../base/ndarray.ts';
import type { Region } from '../../../base/region.ts';
import type { MovieFiles } from './movie.ts';
import type { RawTraces } from './traces.ts';

export interface FramesInput extends MovieFiles {}

export type FrameResult = { readonly ok: true; readonly data: NumericArray } | { readonly ok: false; readonly reason: string };

export interface SummaryInput extends MovieFiles {
  readonly rateHz: number | null;
  /** Lowest and highest value that the 16-bit binned movie must hold. */
  readonly binRange: readonly [low: number, high: number];
  /** What the 16-bit binned movie may take. */
  readonly binBytes: number;
  /** For wide integers and float movies: the first good frame; sums are of v − origin. */
  readonly origin: Float64Array<ArrayBuffer>;
  /** Regions whose raw traces the same pass collects (the truth). */
  readonly regions: readonly Region[];
}

export interface DamagedFrame {
  readonly frame: number;
  readonly reason: string;
}

/** Images [row, column] of what has been read so far. */
export interface SummaryImages {
  readonly mean: Float64Array<ArrayBuffer>;
  readonly max: NumericArray;
  readonly standardDeviation: Float32Array<ArrayBuffer>;
  readonly correlation: Float32Array<ArrayBuffer>;
  readonly correlation4: Float32Array<ArrayBuffer>;
  readonly noise: Float32Array<ArrayBuffer>;
}

/** How the binned movie is stored: raw value = stored × scale + offset. */
export interface BinScheme {
  /** Frames a bin. */
  readonly factor: number;
  readonly bins: number;
  readonly scale: number;
  readonly offset: number;
}

/** Bins that were completed since the last preview. */
export interface NewBins {
  readonly scheme: BinScheme;
  readonly first: number;
  /** [bin, row, column], uint16. */
  readonly data: Uint16Array<ArrayBuffer>;
}

export interface SummaryPreview {
  readonly framesRead: number;
  readonly damaged: readonly DamagedFrame[];
  readonly images: SummaryImages;
  readonly bins: NewBins;
}

export interface SummaryOutput extends SummaryPreview {
  /** Means of the frames with even and with odd number, for the detector. */
  readonly evenMean: Float64Array<ArrayBuffer>;
  readonly oddMean: Float64Array<ArrayBuffer>;
  readonly traces: RawTraces | null;
}

export interface ContrastInput {
  readonly data: NumericArray;
}

export interface ContrastOutput {
  /** Range of the data, and counts in 256 equal bins over it. */
  readonly min: number;
  readonly max: number;
  readonly counts: Uint32Array<ArrayBuffer>;
  /** Percentiles 1 and 99.8. */
  readonly low: number;
  readonly high: number;
}

export interface MoreImageInput {
  readonly height: number;
  readonly width: number;
  readonly bins: number;
}
