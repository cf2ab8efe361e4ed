// Edits of regions and measures of them: input and output of their jobs. Coordinates are [row, column] in pixels.
import type { Region } from '../../../base/region.ts';

export type RegionEdit =
  /** The pixels inside an outline, or under a brush: vertices row, column, row, column … */
  | { readonly kind: 'polygon'; readonly vertices: readonly number[] }
  | { readonly kind: 'stroke'; readonly vertices: readonly number[]; readonly radius: number }
  | { readonly kind: 'merge'; readonly regions: readonly Region[] }
  | { readonly kind: 'paint' | 'erase'; readonly region: Region; readonly vertices: readonly number[]; readonly radius: number }
  /** By the line through two points, or in two by place. */
  | { readonly kind: 'cut'; readonly region: Region; readonly line: readonly [number, number, number, number] }
  | { readonly kind: 'split'; readonly region: Region };

export interface EditInput {
  readonly edit: RegionEdit;
  readonly height: number;
  readonly width: number;
}

/** Regions with at least one pixel; none where nothing came of it. */
export type EditOutput = readonly Region[];

export interface GrowInput {
  /** [bin, row, column] of a window around the click. */
  readonly data: Uint16Array<ArrayBuffer>;
  readonly bins: number;
  readonly height: number;
  readonly width: number;
  /** The click within the window. */
  readonly row: number;
  readonly col: number;
  readonly radius: number;
}

export type GrowOutput = { readonly region: Region; readonly on: string } | null;

export interface MeasuresInput {
  readonly regions: readonly Region[];
  /** Binned traces [region, bin], grey values. */
  readonly traces: Float32Array<ArrayBuffer>;
  readonly bins: number;
}

/** One value per region; NaN where it cannot be measured. */
export interface MeasuresOutput {
  readonly snr: Float64Array<ArrayBuffer>;
  readonly skewness: Float64Array<ArrayBuffer>;
  /** Largest rise above the median, as a share of the median. */
  readonly rise: Float64Array<ArrayBuffer>;
  /** 1 for a disc, less for what is longer or frayed. */
  readonly roundness: Float64Array<ArrayBuffer>;
}

export interface TransientsInput {
  /** Grey values [sample]. */
  readonly trace: Float32Array<ArrayBuffer>;
  /** Samples a second. */
  readonly rateHz: number;
  readonly count: number;
}
