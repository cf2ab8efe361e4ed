// Levels of a min/max pyramid: pairs (lowest, highest) of blocks of frames, [block][channel][2]. A block never read holds the pair
// that no samples have, lowest above highest, which is also neutral when levels are combined: missing is never zero.
import type { Samples, TraceBlock } from '../block.ts';

export interface PyramidLevel<T extends Samples = Samples> {
  /** [block][channel][lowest, highest]. */
  readonly pairs: T;
  readonly channels: number;
  readonly blocks: number;
  /** Frames a block spans. */
  readonly span: number;
  /** Number of the first block: it begins at frame `firstBlock · span`. */
  readonly firstBlock: number;
}

/** Frames in a block of the finest level. */
export const FINEST_SPAN = 16;

/** An empty level, to be filled with `pasteLevel`. */
export function emptyLevel(
  channels: number,
  blocks: number,
  span: number,
  firstBlock = 0,
): PyramidLevel<Int16Array<ArrayBuffer>> {
  const pairs = new Int16Array(2 * channels * blocks);
  clearPairs(pairs);
  return { pairs, channels, blocks, span, firstBlock };
}

/** Makes every pair the one of no samples. */
function clearPairs(pairs: Samples): void {
  const [lowest, highest] = pairs instanceof Int16Array ? [32767, -32768] : [Infinity, -Infinity];
  for (let i = 0; i < pairs.length; i += 2) {
    pairs[i] = lowest;
    pairs[i + 1] = highest;
  }
}

/** Whether a block of the level has been read. */
export function hasBlock({ pairs, channels, firstBlock, blocks }: PyramidLevel, block: number): boolean {
  const at = 2 * channels * (block - firstBlock);
  return block >= firstBlock && block < firstBlock + blocks && channels > 0 && pairs[at]! <= pairs[at + 1]!;
}

/** The level of a stretch that begins at `firstFrame`, a multiple of `span`; the last block may be short. */
export function buildPyramidLevel<T extends Samples>(
  { data, frames, channels }: TraceBlock<T>,
  firstFrame = 0,
  span: number = FINEST_SPAN,
): PyramidLevel<T> {
  const blocks = Math.ceil(frames / span);
  const pairs = new (data.constructor as new (length: number) => T)(2 * channels * blocks);
  clearPairs(pairs);
  for (let block = 0, t = 0; block < blocks; block++) {
    const base = 2 * channels * block;
    for (const end = Math.min(frames, t + span); t < end; t++) {
      for (let c = 0, at = t * channels, to = base; c < channels; c++, at++, to += 2) {
        const x = data[at]!;
        if (x < pairs[to]!) pairs[to] = x;
        if (x > pairs[to + 1]!) pairs[to + 1] = x;
      }
    }
  }
  return { pairs, channels, blocks, span, firstBlock: firstFrame / span };
}

/** The level whose blocks span `factor` times as many frames. */
export function reduceLevel<T extends Samples>(level: PyramidLevel<T>, factor: number): PyramidLevel<T> {
  const { pairs, channels, blocks, span, firstBlock } = level;
  const first = Math.floor(firstBlock / factor);
  const count = Math.ceil((firstBlock + blocks) / factor) - first;
  const out = new (pairs.constructor as new (length: number) => T)(2 * channels * count);
  clearPairs(out);
  for (let block = 0; block < blocks; block++) {
    mergeRow(out, 2 * channels * (Math.floor((firstBlock + block) / factor) - first), pairs, 2 * channels * block, 2 * channels);
  }
  return { pairs: out, channels, blocks: count, span: span * factor, firstBlock: first };
}

/** Adds what `part` knows to `level` (same span and channels); blocks outside of it are left out. */
export function pasteLevel<T extends Samples>(level: PyramidLevel<T>, part: PyramidLevel<T>): void {
  const row = 2 * level.channels;
  for (let block = 0; block < part.blocks; block++) {
    const to = part.firstBlock + block - level.firstBlock;
    if (to >= 0 && to < level.blocks) mergeRow(level.pairs, row * to, part.pairs, row * block, row);
  }
}

function mergeRow(target: Samples, to: number, source: Samples, from: number, length: number): void {
  for (let i = 0; i < length; i += 2) {
    if (source[from + i]! < target[to + i]!) target[to + i] = source[from + i]!;
    if (source[from + i + 1]! > target[to + i + 1]!) target[to + i + 1] = source[from + i + 1]!;
  }
}
