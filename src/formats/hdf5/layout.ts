// Where the items of an HDF5 dataset lie: in one piece, or in chunks that a B-tree of version 1 lists. Offsets in bytes.
// Source: HDF5 File Format Specification 3.0, IV.A.2.i (data layout) and III.A.1 (B-trees).
import type { Reads } from '../tiff/reads.ts';
import { address, type Message, type Problem, readView, textOf } from './objects.ts';

export interface StoredChunk {
  readonly offset: number;
  readonly bytes: number;
  /** Bit i set: filter i was left out. */
  readonly skipped: number;
}

export type DataLayout =
  | { readonly kind: 'contiguous'; readonly offset: number | undefined }
  | { readonly kind: 'chunked'; readonly chunk: readonly number[]; readonly root: number | undefined };

const MAX_CHUNKS = 2_000_000;
const MAX_NODES = 200_000;

/** The layout message as facts. Throws Invalid or Unsupported. */
export function parseLayout({ bytes, offset: where }: Message, problem: Problem): DataLayout {
  try {
    const version = bytes.getUint8(0);
    if (version < 1 || version > 3)
      throw problem(
        'Unsupported',
        `The dataset's layout is of version ${version}, which is not read here (h5py's libver="latest" writes it).`,
        where,
      );
    const kind = bytes.getUint8(version === 3 ? 1 : 2);
    if (kind === 0 && version === 3) return { kind: 'contiguous', offset: where + 4 };
    if (kind === 1) return { kind: 'contiguous', offset: address(bytes, version === 3 ? 2 : 8) };
    if (kind !== 2) throw problem('Unsupported', `The dataset's layout is of kind ${kind}, which is not read here.`, where);
    const axes = bytes.getUint8(version === 3 ? 2 : 1);
    const root = address(bytes, version === 3 ? 3 : 8);
    const first = version === 3 ? 11 : 16;
    // The last axis is the bytes of an item.
    const chunk = Array.from({ length: Math.max(0, axes - 1) }, (_, axis) => bytes.getUint32(first + 4 * axis, true));
    if (chunk.length === 0 || chunk.includes(0)) throw problem('Invalid', 'The chunks of the dataset are empty.', where);
    return { kind: 'chunked', chunk, root };
  } catch (error) {
    if (error instanceof RangeError) throw problem('Invalid', "The dataset's layout is damaged.", where);
    throw error;
  }
}

/** The chunks that the B-tree at `root` lists, by their place in the grid: "0,3,1". */
export function* readChunkIndex(
  root: number | undefined,
  chunk: readonly number[],
  problem: Problem,
): Reads<Map<string, StoredChunk>> {
  const chunks = new Map<string, StoredChunk>();
  const keyBytes = 8 + 8 * (chunk.length + 1);
  const visited = new Set<number>();
  const waiting = root === undefined ? [] : [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (visited.has(node) || visited.size > MAX_NODES || chunks.size > MAX_CHUNKS)
      throw problem('Invalid', 'The list of the chunks runs in a circle.', node);
    visited.add(node);
    const head = yield* readView(node, 24);
    if (textOf(head, 0, 4) !== 'TREE' || head.getUint8(4) !== 1)
      throw problem('Invalid', 'The list of the chunks is damaged.', node);
    const [level, count] = [head.getUint8(5), head.getUint16(6, true)];
    const entries = yield* readView(node + 24, count * (keyBytes + 8));
    for (let i = 0; i < count; i++) {
      const key = i * (keyBytes + 8);
      const child = address(entries, key + keyBytes);
      if (child === undefined) continue;
      if (level > 0) {
        waiting.push(child);
        continue;
      }
      const cell = chunk.map((extent, axis) => Math.floor(Number(entries.getBigUint64(key + 8 + 8 * axis, true)) / extent));
      chunks.set(cell.join(), { offset: child, bytes: entries.getUint32(key, true), skipped: entries.getUint32(key + 4, true) });
    }
  }
  return chunks;
}
