// Bytes of a zarr chunk unpacked, each codec by its name.
import { SomascopeError } from '../../base/errors.ts';
import { decodeBlosc, unpackExactly, unpackLz4 } from '../blosc/index.ts';
import { unpackZstd } from '../zstd.ts';
import { crc32c } from './crc32c.ts';

export type Codec = 'gzip' | 'zlib' | 'zstd' | 'blosc' | 'lz4' | 'crc32c';

/** The `size` bytes that `packed` holds, codecs undone from the last to the first. Throws Invalid, CutOff, Checksum or Unsupported. */
export async function undoCodecs(
  packed: Uint8Array<ArrayBuffer>,
  codecs: readonly Codec[],
  size: number,
  file: string,
): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = packed;
  for (const codec of [...codecs].reverse()) bytes = await undo(bytes, codec, size, file);
  if (bytes.length === size) return bytes;
  const message = `A chunk has ${bytes.length} bytes where ${size} are needed.`;
  throw new SomascopeError(bytes.length < size ? 'CutOff' : 'Invalid', message, { file }, 'Get the files again.');
}

async function undo(bytes: Uint8Array<ArrayBuffer>, codec: Codec, size: number, file: string): Promise<Uint8Array<ArrayBuffer>> {
  switch (codec) {
    case 'gzip':
      return unpackExactly(bytes, 'gzip', size, file);
    case 'zlib':
      return unpackExactly(bytes, 'deflate', size, file);
    case 'zstd':
      return unpackZstd(bytes, size, file);
    case 'blosc':
      return decodeBlosc(bytes, file, size);
    case 'lz4':
      return undoLz4(bytes, size, file);
    case 'crc32c':
      return checked(bytes, file);
  }
}

/** numcodecs puts the unpacked size before the block. */
function undoLz4(bytes: Uint8Array<ArrayBuffer>, size: number, file: string): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(size);
  try {
    unpackLz4(bytes.subarray(4), out);
  } catch (error) {
    const message = `An LZ4 block is damaged: it ${error instanceof Error ? error.message : String(error)}.`;
    throw new SomascopeError('Invalid', message, { file }, 'Get the files again.', error);
  }
  return out;
}

/** Bytes without the checksum behind them. Throws `Checksum` where it does not fit. */
export function checked(bytes: Uint8Array<ArrayBuffer>, file: string): Uint8Array<ArrayBuffer> {
  const end = bytes.length - 4;
  const isGood =
    end >= 0 && new DataView(bytes.buffer, bytes.byteOffset + end, 4).getUint32(0, true) === crc32c(bytes.subarray(0, end));
  if (isGood) return bytes.subarray(0, end);
  throw new SomascopeError(
    'Checksum',
    'Bytes of the zarr volume do not match their checksum (CRC-32C).',
    { file },
    'Get the files again.',
  );
}
