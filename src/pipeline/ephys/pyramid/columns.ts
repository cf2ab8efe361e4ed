// What a picture shows: the lowest and highest sample of each pixel column, from samples or from a pyramid level. A block that two
// columns share counts in both, so nothing that a column covers is ever lost.
import type { Samples, TraceBlock } from '../block.ts';
import type { PyramidLevel } from './level.ts';

export interface ColumnRange {
  /** Frames, fractions allowed: column k covers [from + k · width, from + (k + 1) · width), width = (to − from) / columns. */
  readonly from: number;
  readonly to: number;
  readonly columns: number;
}

export interface Columns {
  /** [column][channel][lowest, highest]; NaN where nothing is known. */
  readonly pairs: Float32Array<ArrayBuffer>;
  readonly columns: number;
  readonly channels: number;
}

/** Columns of samples whose first frame is `firstFrame` of the recording. */
export function columnsOfBlock({ data, frames, channels }: TraceBlock, firstFrame: number, range: ColumnRange): Columns {
  return gather(range, { data, channels, step: 1, span: 1, firstFrame, items: frames });
}

/** Columns of a level. */
export function columnsOfLevel({ pairs, channels, blocks, span, firstBlock }: PyramidLevel, range: ColumnRange): Columns {
  return gather(range, { data: pairs, channels, step: 2, span, firstFrame: firstBlock * span, items: blocks });
}

/** Rows of samples (`step` 1) or of pairs (`step` 2), each spanning `span` frames. */
interface Rows {
  readonly data: Samples;
  readonly channels: number;
  readonly step: 1 | 2;
  readonly span: number;
  readonly firstFrame: number;
  readonly items: number;
}

function gather({ from, to, columns }: ColumnRange, { data, channels, step, span, firstFrame, items }: Rows): Columns {
  const pairs = new Float32Array(2 * columns * channels).fill(Number.NaN);
  const width = (to - from) / columns;
  for (let column = 0; column < columns; column++) {
    const start = Math.floor((from + column * width - firstFrame) / span);
    // A column narrower than a block still shows the block that it lies in.
    const end = Math.min(items, Math.max(start + 1, Math.ceil((from + (column + 1) * width - firstFrame) / span)));
    for (let item = Math.max(0, start); item < end; item++) {
      let read = item * channels * step;
      for (let c = 0, at = 2 * column * channels; c < channels; c++, at += 2, read += step) {
        const low = data[read]!;
        const high = data[read + step - 1]!;
        if (low > high) continue;
        if (!(pairs[at]! <= low)) pairs[at] = low;
        if (!(pairs[at + 1]! >= high)) pairs[at + 1] = high;
      }
    }
  }
  return { pairs, columns, channels };
}

/** The coarsest span among `spans` that is at most as wide as a column, so that a picture costs one block or two a pixel; 1: samples. */
export function spanForColumns(spans: readonly number[], { from, to, columns }: ColumnRange): number {
  const width = (to - from) / columns;
  return spans.reduce((best, span) => (span <= width && span > best ? span : best), 1);
}

/** Columns of two sources of the same range together, such as what a pyramid knows and what was just read. */
export function mergeColumns(into: Columns, other: Columns): void {
  for (let i = 0; i < into.pairs.length; i += 2) {
    if (!(into.pairs[i]! <= other.pairs[i]!) && !Number.isNaN(other.pairs[i]!)) into.pairs[i] = other.pairs[i]!;
    if (!(into.pairs[i + 1]! >= other.pairs[i + 1]!) && !Number.isNaN(other.pairs[i + 1]!))
      into.pairs[i + 1] = other.pairs[i + 1]!;
  }
}
