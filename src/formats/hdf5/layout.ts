// Where the items of an HDF5 dataset lie: in one piece, or in chunks that a B-tree of version 1 lists. Offsets in bytes.
// Source: HDF5 File Format Specification 3.0, IV.A.2.i (data layout) and III.A.1 (B-trees).
import { SomascopeError } from '../../base/errors.ts';

export interface StoredChunk {
  readonly offset: number;
  readonly bytes: number;
  /** Bit i set: filter i was left out. */
  readonly skipped: number;
}

export type DataLayout =
  | { readonly kind: 'contiguous'; readonly offset: number | undefined }
  | { readonly kind: 'chunked'; readonly chunk: readonly number[]; readonly chunks: ReadonlyMap<string, StoredChunk> };

const UNDEFINED = 2n ** 64n - 1n;
const TREE = 0x45455254;
const MAX_NODES = 200_000;

/** The layout in the message at byte `at`. Throws Invalid, CutOff or Unsupported. */
export function readLayout(file: DataView, at: number, name: string): DataLayout {
  const fail = (tag: 'Invalid' | 'Unsupported', message: string) =>
    new SomascopeError(tag, message, { file: name, byte: at }, 'Save the dataset again (h5py, without libver="latest").');
  try {
    const version = file.getUint8(at);
    if (version < 1 || version > 3)
      throw fail('Unsupported', `The dataset's layout is of version ${version}, which is not read here (1 to 3 are).`);
    const kind = file.getUint8(at + (version === 3 ? 1 : 2));
    if (kind === 0 && version === 3) return { kind: 'contiguous', offset: at + 4 };
    if (kind === 1) return { kind: 'contiguous', offset: address(file, version === 3 ? at + 2 : at + 8) };
    if (kind !== 2) throw fail('Unsupported', `The dataset's layout is of kind ${kind}, which is not read here.`);
    const axes = file.getUint8(version === 3 ? at + 2 : at + 1);
    const root = address(file, version === 3 ? at + 3 : at + 8);
    const first = version === 3 ? at + 11 : at + 16;
    if (axes < 2 || axes > 33) throw fail('Invalid', `The dataset's chunks have ${axes} axes.`);
    // The last axis is the bytes of an item.
    const chunk = Array.from({ length: axes - 1 }, (_, axis) => file.getUint32(first + 4 * axis, true));
    if (chunk.includes(0)) throw fail('Invalid', 'The chunks of the dataset are empty.');
    return { kind: 'chunked', chunk, chunks: root === undefined ? new Map() : readTree(file, root, chunk, fail) };
  } catch (error) {
    if (error instanceof RangeError)
      throw new SomascopeError(
        'CutOff',
        'The HDF5 file ends before its dataset does.',
        { file: name },
        'Get the file again.',
        error,
      );
    throw error;
  }
}

function readTree(
  file: DataView,
  root: number,
  chunk: readonly number[],
  fail: (tag: 'Invalid', message: string) => SomascopeError,
): Map<string, StoredChunk> {
  const chunks = new Map<string, StoredChunk>();
  const axes = chunk.length + 1;
  const keyBytes = 8 + 8 * axes;
  const visited = new Set<number>();
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (visited.has(node) || visited.size > MAX_NODES) throw fail('Invalid', 'The list of the chunks runs in a circle.');
    visited.add(node);
    if (file.getUint32(node, true) !== TREE || file.getUint8(node + 4) !== 1)
      throw fail('Invalid', 'The list of the chunks is damaged.');
    const level = file.getUint8(node + 5);
    const count = file.getUint16(node + 6, true);
    for (let i = 0; i < count; i++) {
      const key = node + 24 + i * (keyBytes + 8);
      const child = address(file, key + keyBytes);
      if (child === undefined) continue;
      if (level > 0) {
        waiting.push(child);
        continue;
      }
      const cell = chunk.map((extent, axis) => Math.floor(Number(file.getBigUint64(key + 8 + 8 * axis, true)) / extent));
      chunks.set(cell.join(), { offset: child, bytes: file.getUint32(key, true), skipped: file.getUint32(key + 4, true) });
    }
  }
  return chunks;
}

function address(file: DataView, at: number): number | undefined {
  const value = file.getBigUint64(at, true);
  return value === UNDEFINED ? undefined : Number(value);
}
