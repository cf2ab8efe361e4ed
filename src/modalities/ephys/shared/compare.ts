// Two sortings beside one another: agreement of every pair of units, the best assignment, and how each pair's spikes match.
import type { SpikeTable } from './metrics.ts';

/** Spikes within so many ms are the same. */
export const MATCH_MS = 0.4;

export interface CompareInput {
  readonly first: SpikeTable;
  readonly second: SpikeTable;
  readonly rate: number;
}

export interface PairScore {
  /** Unit of the second sorting by its place, −1 for none. */
  readonly column: number;
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

export interface Comparison {
  readonly rows: number;
  readonly columns: number;
  /** [row][column]: agreement. */
  readonly scores: Float64Array<ArrayBuffer>;
  readonly counts: Uint32Array<ArrayBuffer>;
  readonly pairs: readonly PairScore[];
  readonly classes: UnitClasses;
}

/** Units of the second sorting by what they are to the first, as SpikeInterface sorts them; places in its list. */
export interface UnitClasses {
  /** Assigned, with an accuracy of at least 0.8. */
  readonly wellDetected: readonly number[];
  /** Like no unit of the first. */
  readonly falsePositive: readonly number[];
  /** Like a unit that another one finds better. */
  readonly redundant: readonly number[];
  /** Like two units or more. */
  readonly overmerged: readonly number[];
}

export interface MatchInput {
  readonly truth: Float64Array<ArrayBuffer>;
  readonly tested: Float64Array<ArrayBuffer>;
  readonly rate: number;
}

/** Frames: of both, only of the second, only of the first. */
export interface Matched {
  readonly tp: Float64Array<ArrayBuffer>;
  readonly fp: Float64Array<ArrayBuffer>;
  readonly fn: Float64Array<ArrayBuffer>;
}
