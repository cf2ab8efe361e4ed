// What a data set says of itself: facts, truth, texts, and what in it could not be used. Coordinates are [row, column].
import type { PlainError } from '../../../base/errors.ts';
import type { Region } from '../../../base/region.ts';
import type { Movie } from './movie.ts';

/** The facts of info.json that the page uses; every one may be missing. */
export interface MovieFacts {
  readonly rateHz: number | null;
  readonly pixelsPerMicron: number | null;
  /** Rows, columns, frames as declared; the files decide. */
  readonly dimensions: readonly number[] | null;
  /** All keys, for reading. */
  readonly record: Readonly<Record<string, string>>;
}

export interface BadRegion {
  readonly index: number;
  /** What it is called where its file gives names: `0003.roi`. */
  readonly name?: string;
  readonly reason: string;
}

export interface RegionSet {
  readonly regions: readonly Region[];
  /** Ids of the file, else the index. */
  readonly ids: readonly (number | string)[];
  readonly bad: readonly BadRegion[];
  readonly warnings: readonly string[];
}

export interface TextFile {
  readonly path: string;
  readonly entry: number;
  readonly size: number;
}

export interface CalciumInfo {
  /** `00.00`, `00.00.test`, or the file's name. */
  readonly shortName: string;
  readonly kind: 'training' | 'test' | 'movie';
  readonly movie: Movie;
  readonly facts: MovieFacts;
  readonly truth: RegionSet | null;
  /** README.md and the examples inside the set. */
  readonly texts: readonly TextFile[];
  readonly warnings: readonly string[];
  /** Files of the set that could not be used (info.json, the truth); the movie opens without them. */
  readonly faults?: readonly PlainError[];
}
