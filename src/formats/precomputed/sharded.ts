// Where a chunk lies within shards: its compressed Morton code, the hash of that, and the index of the minishard.
// Sources: google/neuroglancer src/datasource/precomputed/sharded.md and volume.md; MurmurHash3_x86_128 (A. Appleby, public domain).

import { joinBytes } from '../../base/bytes.ts';
import { SomascopeError } from '../../base/errors.ts';
import { ByteLru } from '../../base/lru.ts';
import type { Triple } from '../../base/volume.ts';
import { type ByteSource, bytesSource } from '../source.ts';
import type { FileStore } from '../store.ts';
import { piecesOf, unpackChunks } from '../unpack-stream.ts';
import type { Sharding } from './info.ts';

const MASK = 2n ** 64n - 1n;
const KEPT_BYTES = 16 * 2 ** 20;
const MAX_UNPACKED = 2 ** 28;

/** Bits of x, y and z in turn, each taken while its axis still has that many cells. */
export function compressedMorton(cell: Triple, grid: Triple): bigint {
  const [at, size] = [
    [cell[2], cell[1], cell[0]],
    [grid[2], grid[1], grid[0]],
  ];
  let code = 0n;
  let place = 0n;
  for (let bit = 0; bit < 32; bit++) {
    for (let axis = 0; axis < 3; axis++) {
      if (2 ** bit >= size[axis]!) continue;
      code |= BigInt(Math.floor(at[axis]! / 2 ** bit) & 1) << place;
      place++;
    }
  }
  return code;
}

/** The low 64 bits of MurmurHash3_x86_128 of the 8 bytes of `id`, seed 0. */
export function murmurHash(id: bigint): bigint {
  const [low, high] = [Number(id & 0xffffffffn), Number((id >> 32n) & 0xffffffffn)];
  const rotate = (value: number, by: number) => (value << by) | (value >>> (32 - by));
  const mix = (hash: number) => {
    let h = hash ^ (hash >>> 16);
    h = Math.imul(h, 0x85ebca6b);
    h ^= h >>> 13;
    h = Math.imul(h, 0xc2b2ae35);
    return h ^ (h >>> 16);
  };
  let h1 = Math.imul(rotate(Math.imul(low, 0x239b961b), 15), 0xab0e9789);
  let h2 = Math.imul(rotate(Math.imul(high, 0xab0e9789), 16), 0x38b34ae5);
  let [h3, h4] = [8, 8];
  h1 ^= 8;
  h2 ^= 8;
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  h3 = (h3 + h1) | 0;
  h4 = (h4 + h1) | 0;
  [h1, h2, h3, h4] = [mix(h1), mix(h2), mix(h3), mix(h4)];
  h1 = (h1 + h2 + h3 + h4) | 0;
  h2 = (h2 + h1) | 0;
  return (BigInt(h2 >>> 0) << 32n) | BigInt(h1 >>> 0);
}

interface Place {
  readonly offset: number;
  readonly length: number;
}

/** Reads chunks by their code; undefined where there is none. Throws CutOff, Invalid and what the store throws. */
export function makeShardReader(
  store: FileStore,
  folder: string,
  sharding: Sharding,
): (code: bigint, signal?: AbortSignal) => Promise<Uint8Array<ArrayBuffer> | undefined> {
  const kept = new ByteLru(KEPT_BYTES);
  const { preshiftBits, hash, minishardBits, shardBits, isIndexGzip, isDataGzip } = sharding;
  const digits = Math.ceil(shardBits / 4);
  const readIndex = async (source: ByteSource, minishard: number, signal?: AbortSignal): Promise<Map<bigint, Place>> => {
    const indexEnd = 2 ** minishardBits * 16;
    const range = new DataView((await source.read(minishard * 16, 16, signal)).buffer);
    const [start, end] = [Number(range.getBigUint64(0, true)), Number(range.getBigUint64(8, true))];
    if (start === end) return new Map();
    if (end < start) throw damaged(source.name);
    const packed = await source.read(indexEnd + start, end - start, signal);
    return parseIndex(isIndexGzip ? await unpackAll(packed, source.name) : packed, indexEnd, source.name);
  };
  return async (code, signal) => {
    const hashed = hash === 'identity' ? code >> BigInt(preshiftBits) : murmurHash(code >> BigInt(preshiftBits));
    const minishard = Number(hashed & ((1n << BigInt(minishardBits)) - 1n));
    const shard = (hashed >> BigInt(minishardBits)) & ((1n << BigInt(shardBits)) - 1n);
    const path = `${folder}${shard.toString(16).padStart(digits, '0')}.shard`;
    const source = await keep(kept, path, 64, () => store.open(path, signal));
    if (!source) return undefined;
    const index = await keep(kept, `${path}:${minishard}`, 4096, () => readIndex(source, minishard, signal));
    const place = index?.get(code);
    if (!place) return undefined;
    const bytes = await source.read(place.offset, place.length, signal);
    return isDataGzip ? unpackAll(bytes, source.name) : bytes;
  };
}

async function keep<T>(kept: ByteLru, key: string, bytes: number, make: () => Promise<T>): Promise<T> {
  if (kept.has(key)) return kept.get<{ value: T }>(key)!.value;
  const value = await make();
  kept.put(key, { value }, bytes);
  return value;
}

/** Three rows of 64-bit numbers: differences of codes, gaps before, lengths. */
function parseIndex(bytes: Uint8Array<ArrayBuffer>, indexEnd: number, file: string): Map<bigint, Place> {
  if (bytes.length % 24 !== 0) throw damaged(file);
  const count = bytes.length / 24;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const places = new Map<bigint, Place>();
  let code = 0n;
  let at = indexEnd;
  for (let i = 0; i < count; i++) {
    code = (code + view.getBigUint64(8 * i, true)) & MASK;
    at += Number(view.getBigUint64(8 * (count + i), true));
    const length = Number(view.getBigUint64(8 * (2 * count + i), true));
    places.set(code, { offset: at, length });
    at += length;
  }
  return places;
}

/** All of a gzip stream in memory. */
export async function unpackAll(packed: Uint8Array<ArrayBuffer>, file: string): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of unpackChunks(piecesOf(bytesSource(file, packed), 0, packed.length), 'gzip', file)) {
    size += chunk.length;
    if (size > MAX_UNPACKED)
      throw new SomascopeError(
        'Unsafe',
        `A part of ${file} unpacks to more than ${MAX_UNPACKED} bytes.`,
        { file },
        'Get the file again.',
      );
    parts.push(chunk);
  }
  return joinBytes(parts);
}

function damaged(file: string): SomascopeError {
  return new SomascopeError('Invalid', 'The index of a shard is damaged.', { file }, 'Get the file again.');
}
