// Compressed recordings of the International Brain Laboratory (.cbin with .ch): chunks of about a second, each a zlib stream of
// differences. A chunk is the least that can be read; the last few are kept, so that panning within a second unpacks nothing.
import { SomascopeError } from '../../base/errors.ts';
import { getOrMake } from '../../base/get-or-make.ts';
import { ByteLru } from '../../base/lru.ts';
import { makeArray, type NumericArray } from '../../base/ndarray.ts';
import { grouped } from '../../base/number-format.ts';
import { throwIfAborted } from '../../base/steps.ts';
import { dtypeAsRead, sampleType } from '../flat-binary/index.ts';
import { decodeItems, narrowed } from '../npy/index.ts';
import { checkFrames, type Samples } from '../recording.ts';
import type { ByteSource } from '../source.ts';
import { decodeChunk } from './decode.ts';
import type { CompressedHeader } from './header.ts';
import { inflateZlib } from './inflate.ts';

export interface CompressedSamples extends Samples {
  /** Frames at which chunks begin, and the end: work is shared out by these. */
  readonly chunkBounds: readonly number[];
  /** Bytes of the samples unpacked. */
  readonly bytes: number;
  /** Chunk `index`, time-major [frame, channel]; not kept. */
  readChunk(index: number, signal?: AbortSignal): Promise<NumericArray>;
}

export interface OpenCompressedOptions {
  /** Bytes of unpacked chunks that are kept. */
  readonly cacheBytes?: number;
}

const CACHE_BYTES = 64 * 2 ** 20;

/** A file that is shorter than its header says shows the chunks it has. Throws CutOff where it has none, Unsupported for its type. */
export function openCompressed(
  source: ByteSource,
  header: CompressedHeader,
  options: OpenCompressedOptions = {},
): CompressedSamples {
  const { channels, offsets } = header;
  const { name } = source;
  const type = sampleType(header.dtype, name);
  const chunks = wholeChunks(source, header);
  const bounds = header.bounds.slice(0, chunks + 1);
  const frames = bounds.at(-1)!;
  const kept = new ByteLru(options.cacheBytes ?? CACHE_BYTES);

  const readChunk = async (index: number, signal?: AbortSignal): Promise<NumericArray> => {
    if (!Number.isInteger(index) || index < 0 || index >= chunks) throw new RangeError(`${name} has no chunk ${index}`);
    const from = offsets[index]!;
    const compressed = await source.read(from, offsets[index + 1]! - from, signal);
    const length = bounds[index + 1]! - bounds[index]!;
    const place = { file: name, byte: from, index };
    const bytes = await inflateZlib(compressed, length * channels * type.itemBytes, place, signal);
    const items = decodeItems(bytes, { type });
    const stored = items instanceof BigInt64Array || items instanceof BigUint64Array ? narrowed(items, name) : items;
    return decodeChunk(stored, { ...header, frames: length });
  };

  // Readers of one chunk share it, so that none of them may abort it.
  const underWay = new Map<number, Promise<NumericArray>>();
  const unpack = async (index: number): Promise<NumericArray> => {
    try {
      const chunk = await readChunk(index);
      kept.put(String(index), chunk, chunk.byteLength);
      return chunk;
    } finally {
      underWay.delete(index);
    }
  };
  const chunkOf = (index: number) => kept.get<NumericArray>(String(index)) ?? getOrMake(underWay, index, () => unpack(index));

  const read = async (start: number, end: number, signal?: AbortSignal): Promise<NumericArray> => {
    checkFrames({ name, frames }, start, end);
    const out = makeArray(dtypeAsRead(type), (end - start) * channels);
    for (let index = chunkAt(bounds, start); index < chunks && bounds[index]! < end; index++) {
      throwIfAborted(signal);
      const chunk = await chunkOf(index);
      const from = Math.max(start, bounds[index]!);
      const to = Math.min(end, bounds[index + 1]!);
      const part = chunk.subarray((from - bounds[index]!) * channels, (to - bounds[index]!) * channels);
      out.set(part, (from - start) * channels);
    }
    return out;
  };

  const missing = header.bounds.at(-1)! - frames;
  const notice = `${name} is cut off: ${grouped(missing)} of ${grouped(header.bounds.at(-1)!)} frames are missing. Copy it again; the first ${grouped(frames)} are shown.`;
  return {
    name,
    channels,
    frames,
    dtype: dtypeAsRead(type),
    notices: missing > 0 ? [notice] : [],
    read,
    readChunk,
    chunkBounds: bounds,
    bytes: frames * channels * type.itemBytes,
  };
}

function wholeChunks({ name, size }: ByteSource, { offsets }: CompressedHeader): number {
  let chunks = offsets.length - 1;
  while (chunks > 0 && offsets[chunks]! > size) chunks--;
  if (chunks > 0) return chunks;
  const message = `${name} ends within its first chunk: it has ${grouped(size)} bytes, the chunk ${grouped(offsets[1]!)}.`;
  throw new SomascopeError('CutOff', message, { file: name, byte: size }, 'Copy the file again.');
}

/** The chunk that holds `frame`. */
function chunkAt(bounds: readonly number[], frame: number): number {
  let low = 0;
  let high = bounds.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (bounds[middle]! <= frame) low = middle;
    else high = middle;
  }
  return low;
}
