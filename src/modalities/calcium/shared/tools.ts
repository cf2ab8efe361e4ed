// Tools around the detection: a quick look at what other parameters would find, and places that look like a region. Lengths in
// pixels, coordinates [row, column].
import type { Region } from '../../../base/region.ts';

/** A piece of the mean image [row, column]. */
export interface PreviewInput {
  readonly data: Float64Array<ArrayBuffer>;
  readonly height: number;
  readonly width: number;
  readonly radius: number;
  readonly sensitivity: number;
}

/** Centres of the cells found in the piece. */
export interface PreviewOutput {
  readonly row: Float64Array<ArrayBuffer>;
  readonly col: Float64Array<ArrayBuffer>;
}

export interface AlikeInput {
  /** Images of the whole field on which places are compared. */
  readonly images: readonly Float64Array<ArrayBuffer>[];
  readonly height: number;
  readonly width: number;
  readonly region: Region;
  /** Centres at which nothing more is wanted: row, column, row, column … */
  readonly taken: Float64Array<ArrayBuffer>;
  readonly radius: number;
}

export type AlikeOutput = readonly { readonly row: number; readonly col: number; readonly similarity: number }[];
