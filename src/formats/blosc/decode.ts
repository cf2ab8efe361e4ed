// Blosc-1 frames: a header of 16 bytes, the offsets of the blocks, blocks of one or several streams. Codecs LZ4, BloscLZ, zlib and
// Zstandard; Snappy is refused by name. Source: README_HEADER.rst and blosc.c of c-blosc 1.21.
import { isSomascopeError, SomascopeError } from '../../base/errors.ts';
import { bytesSource } from '../source.ts';
import { piecesOf, unpackChunks } from '../unpack-stream.ts';
import { unpackZstd } from '../zstd.ts';
import { unpackBloscLz, unpackLz4 } from './lz.ts';
import { unshuffle, unshuffleBits } from './shuffle.ts';

type Unpack = (packed: Uint8Array<ArrayBuffer>, size: number, file: string) => Promise<Uint8Array>;

const HEADER = 16;
const MAX_SPLITS = 16;
const SMALLEST_SPLIT = 128;

const inPlace =
  (unpack: (packed: Uint8Array, out: Uint8Array) => void): Unpack =>
  async (packed, size) => {
    const out = new Uint8Array(size);
    unpack(packed, out);
    return out;
  };

const CODECS: readonly (Unpack | string)[] = [
  inPlace(unpackBloscLz),
  inPlace(unpackLz4),
  'Snappy',
  (packed, size, file) => unpackExactly(packed, 'deflate', size, file),
  unpackZstd,
];

/**
 * The bytes of a Blosc frame; `maxBytes` is what the caller can use. Throws CutOff, Invalid, Unsupported (codec by name) or Unsafe.
 */
export async function decodeBlosc(
  frame: Uint8Array<ArrayBuffer>,
  file: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const fail = (tag: 'CutOff' | 'Invalid' | 'Unsupported' | 'Unsafe', message: string, cause?: unknown) =>
    new SomascopeError(tag, message, { file }, 'Get the file again, or save it with another compressor.', cause);
  if (frame.length < HEADER) throw fail('CutOff', 'The Blosc frame ends inside its header.');
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const [version, flags, typeSize] = [frame[0]!, frame[2]!, Math.max(1, frame[3]!)];
  const [bytes, blockSize, packedBytes] = [view.getUint32(4, true), view.getUint32(8, true), view.getUint32(12, true)];
  if (version !== 2 && version !== 1)
    throw fail('Unsupported', `Blosc frames of version ${version} are not read here (version 2 is).`);
  if (bytes > maxBytes) throw fail('Unsafe', `The Blosc frame unpacks to ${bytes} bytes; ${maxBytes} are wanted.`);
  if (packedBytes > frame.length) throw fail('CutOff', `The Blosc frame has ${frame.length} of ${packedBytes} bytes.`);
  if (flags & 2) {
    if (HEADER + bytes > frame.length) throw fail('CutOff', 'The Blosc frame ends too early.');
    return frame.slice(HEADER, HEADER + bytes);
  }
  const out = new Uint8Array(bytes);
  if (bytes === 0) return out;
  const codec = CODECS[flags >> 5];
  if (typeof codec !== 'function')
    throw fail('Unsupported', `The Blosc frame is packed with ${codec ?? `codec ${flags >> 5}`}, which is not read here.`);
  if (blockSize === 0 || HEADER + 4 * Math.ceil(bytes / blockSize) > frame.length)
    throw fail('Invalid', `The Blosc frame claims blocks of ${blockSize} bytes.`);
  for (let block = 0; block * blockSize < bytes; block++) {
    const size = Math.min(blockSize, bytes - block * blockSize);
    const isShort = size < blockSize;
    const isSplit = (flags & 16) === 0 && !isShort && typeSize <= MAX_SPLITS && blockSize / typeSize >= SMALLEST_SPLIT;
    const streams = isSplit ? typeSize : 1;
    const plain = new Uint8Array(size);
    const each = Math.floor(size / streams);
    let at = view.getUint32(HEADER + 4 * block, true);
    for (let stream = 0; stream < streams; stream++) {
      if (at + 4 > frame.length) throw fail('Invalid', 'The Blosc frame names a block beyond its end.');
      const length = view.getUint32(at, true);
      at += 4;
      if (at + length > frame.length) throw fail('CutOff', 'The Blosc frame ends within a block.');
      const packed = frame.subarray(at, at + length);
      at += length;
      try {
        plain.set(length === each ? packed : await codec(packed, each, file), stream * each);
      } catch (error) {
        if (isSomascopeError(error)) throw error;
        throw fail(
          'Invalid',
          `A block of the Blosc frame is damaged: it ${error instanceof Error ? error.message : String(error)}.`,
          error,
        );
      }
    }
    const isBits = (flags & 4) !== 0 && blockSize >= typeSize;
    const isBytes = (flags & 1) !== 0 && typeSize > 1;
    out.set(isBits ? unshuffleBits(plain, typeSize) : isBytes ? unshuffle(plain, typeSize) : plain, block * blockSize);
  }
  return out;
}

/** Exactly `size` bytes of a zlib or gzip stream in memory. Throws `Invalid` or `CutOff` where there are more or fewer. */
export async function unpackExactly(
  packed: Uint8Array<ArrayBuffer>,
  packing: 'deflate' | 'gzip',
  size: number,
  file: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const out = new Uint8Array(size);
  let filled = 0;
  for await (const chunk of unpackChunks(piecesOf(bytesSource(file, packed), 0, packed.length), packing, file)) {
    if (filled + chunk.length > size) throw sizeFault('Invalid', file, 'more', size);
    out.set(chunk, filled);
    filled += chunk.length;
  }
  if (filled < size) throw sizeFault('CutOff', file, 'fewer', size);
  return out;
}

function sizeFault(tag: 'Invalid' | 'CutOff', file: string, what: string, size: number): SomascopeError {
  return new SomascopeError(
    tag,
    `A compressed block unpacks to ${what} bytes than the ${size} that are needed.`,
    { file },
    'Get the file again.',
  );
}
