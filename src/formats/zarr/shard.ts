// Chunks within shards: each shard is a file that ends (or begins) with an index of offset and length, 64 bits each, in C order.
// Source: zarr-specs v3, sharding-indexed codec 1.0.
import { SomascopeError } from '../../base/errors.ts';
import { ByteLru } from '../../base/lru.ts';
import type { ByteSource } from '../source.ts';
import type { FileStore } from '../store.ts';
import { checked } from './codecs.ts';
import type { ZarrArray, ZarrShard } from './metadata.ts';

const INDEX_BYTES = 16 * 2 ** 20;
const MAX_INDEX_BYTES = 64 * 2 ** 20;

interface OpenShard {
  readonly source: ByteSource;
  readonly index: DataView;
}

/** Reads the packed bytes of a chunk; undefined where it was never written. */
export type ReadPacked = (cell: readonly number[], signal?: AbortSignal) => Promise<Uint8Array<ArrayBuffer> | undefined>;

export function readSharded(store: FileStore, path: string, array: ZarrArray, shard: ZarrShard): ReadPacked {
  const per = shard.shape.map((extent, axis) => extent / array.chunk[axis]!);
  const count = per.reduce((product, extent) => product * extent, 1);
  const length = count * 16 + (shard.hasChecksum ? 4 : 0);
  const kept = new ByteLru(INDEX_BYTES);
  const openShard = async (key: string, signal?: AbortSignal): Promise<OpenShard | undefined> => {
    if (kept.has(key)) return kept.get<OpenShard | null>(key) ?? undefined;
    const source = await store.open(key, signal);
    const opened = source && { source, index: await readIndex(source, length, shard, signal) };
    kept.put(key, opened ?? null, length);
    return opened;
  };
  return async (cell, signal) => {
    const key = path + array.keyOf(cell.map((at, axis) => Math.floor(at / per[axis]!)));
    const opened = await openShard(key, signal);
    if (!opened) return undefined;
    const place = cell.reduce((sum, at, axis) => sum * per[axis]! + (at % per[axis]!), 0) * 16;
    const [offset, bytes] = [opened.index.getBigUint64(place, true), opened.index.getBigUint64(place + 8, true)];
    if (offset === MISSING && bytes === MISSING) return undefined;
    return opened.source.read(Number(offset), Number(bytes), signal);
  };
}

const MISSING = 2n ** 64n - 1n;

async function readIndex(source: ByteSource, length: number, shard: ZarrShard, signal?: AbortSignal): Promise<DataView> {
  const place = { file: source.name };
  if (length > MAX_INDEX_BYTES)
    throw new SomascopeError('Unsafe', `The index of a shard takes ${length} bytes.`, place, 'Save it with larger chunks.');
  const from = shard.isIndexAtEnd ? source.size - length : 0;
  if (from < 0) throw new SomascopeError('CutOff', 'A shard is shorter than its index.', place, 'Get the files again.');
  const bytes = await source.read(from, length, signal);
  const plain = shard.hasChecksum ? checked(bytes, source.name) : bytes;
  return new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
}
