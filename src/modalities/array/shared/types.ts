// What the fallback's worker and view say to each other: arrays and tables among dropped files, and ways to look at them.
import type { ListingEntry } from '../../../base/listing.ts';

/** One array or table. Plain data: jobs get it whole. */
export interface ArrayItem {
  /** Path of the file, and of the array inside an .npz. */
  readonly name: string;
  readonly kind: 'npy' | 'tiff' | 'csv';
  readonly entry: ListingEntry;
  /** First axis first; of a table rows, columns. A colour TIFF has its samples as the axis before rows. */
  readonly shape: readonly number[];
  /** Type of the items: `float32`, `uint16`, `numbers` or `text` in a table; as the format writes it where it is neither. */
  readonly dtype: string;
  /** What the items are; only numbers are drawn. */
  readonly holds: 'numbers' | 'texts' | 'other';
}

export interface ArrayInfo {
  readonly items: readonly ArrayItem[];
  /** Files that were not looked into because there are too many, and those that cannot be read, a sentence each. */
  readonly left: readonly string[];
}

export interface PlaneInput {
  readonly item: ArrayItem;
  /** Counted over all axes but the last two. */
  readonly plane: number;
}

export interface LineInput {
  readonly item: ArrayItem;
  /** Row of the array; 0 for an array of one axis. */
  readonly line: number;
}

export interface TableOutput {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows there are; `rows` may be the first of them only. */
  readonly total: number;
}
