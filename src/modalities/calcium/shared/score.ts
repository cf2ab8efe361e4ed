// Scores and curves, and the outlines that show them. Distances in pixels.
import type { Region } from '../../../base/region.ts';

export interface ScoreInput {
  readonly truth: readonly Region[];
  readonly estimate: readonly Region[];
  /** Pixels; matches are strictly nearer. */
  readonly threshold: number;
}

export interface Score {
  readonly recall: number;
  readonly precision: number;
  readonly combined: number;
  readonly inclusion: number;
  readonly exclusion: number;
  /** Per truth region the matched estimate, or -1. */
  readonly match: Int32Array<ArrayBuffer>;
  /** Per truth region: distance to its match, else to the nearest estimate; px. NaN where there is none. */
  readonly truthDistance: Float64Array<ArrayBuffer>;
  /** Per estimate: distance to its truth, else to the nearest truth; px. */
  readonly estimateDistance: Float64Array<ArrayBuffer>;
  /** Why all is zero, where the reference refuses. */
  readonly note: string;
}

export interface CurvesInput extends ScoreInput {
  readonly confidence: Float64Array<ArrayBuffer>;
  /** Estimates below it are left out of the curve over thresholds. */
  readonly cut: number;
}

export interface Curve {
  readonly x: Float64Array<ArrayBuffer>;
  readonly recall: Float64Array<ArrayBuffer>;
  readonly precision: Float64Array<ArrayBuffer>;
  readonly combined: Float64Array<ArrayBuffer>;
}

export interface Curves {
  readonly byConfidence: Curve;
  readonly byThreshold: Curve;
  /** Combined score as it is and with rows and columns exchanged. */
  readonly asIs: number;
  readonly exchanged: number;
  readonly looksTransposed: boolean;
}

export interface OutlinesInput {
  readonly regions: readonly Region[];
  readonly height: number;
  readonly width: number;
}

/** Closed polylines in pixel-edge coordinates. */
export interface OutlinesOutput {
  /** row, column, row, column … */
  readonly points: Float32Array<ArrayBuffer>;
  /** First point of each contour. */
  readonly starts: Int32Array<ArrayBuffer>;
  /** Region of each contour. */
  readonly regions: Int32Array<ArrayBuffer>;
}
