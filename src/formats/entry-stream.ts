// Random access to a listing's entry of any size: small deflated entries are unpacked whole and verified, large ones on the way.
import { SomascopeError } from '../base/errors.ts';
import { DEFLATED, type ListingEntry } from '../base/listing.ts';
import { grouped } from '../base/number-format.ts';
import { entrySource } from './entry.ts';
import { type ByteSource, sourceOf } from './source.ts';
import { type Chunks, piecesOf, streamedSource, unpackChunks } from './unpack-stream.ts';
import { crc32 } from './zip/crc32.ts';
import { findData, placeOf } from './zip/read-entry.ts';

export interface StreamLimits {
  /** Deflated entries up to this many bytes are unpacked into memory. */
  readonly wholeBytes?: number;
}

export interface EntryStream {
  readonly source: ByteSource;
  /** True where going backwards means unpacking from the beginning. */
  readonly isSequential: boolean;
}

const WHOLE_BYTES = 64 * 2 ** 20;

/**
 * The bytes of an entry. A large deflated one is checked against its size and CRC-32 when its last byte is read: `Unsafe` where it
 * unpacks to more than it declares, `Invalid` where to less, `Checksum`. Errors otherwise as `entrySource`.
 */
export function entryStream(entry: ListingEntry, { wholeBytes = WHOLE_BYTES }: StreamLimits = {}): EntryStream {
  if (entry.method !== DEFLATED || entry.size <= wholeBytes) return { source: entrySource(entry), isSequential: false };
  return { source: streamedSource(entry.path, entry.size, () => verifiedChunks(entry)), isSequential: true };
}

async function* verifiedChunks(entry: ListingEntry): Chunks {
  const file = sourceOf(entry.file);
  const place = placeOf(file, entry);
  const start = await findData(file, entry);
  let crc = 0;
  let size = 0;
  for await (const chunk of unpackChunks(piecesOf(file, start, entry.storedSize), 'deflate-raw', entry.path)) {
    size += chunk.length;
    crc = crc32(chunk, crc);
    if (size > entry.size) {
      const message = `${entry.path} unpacks to more than the ${grouped(entry.size)} bytes that it declares.`;
      throw new SomascopeError('Unsafe', message, place, 'It is damaged or made to flood the memory; get the file again.');
    }
    if (size === entry.size && crc !== entry.crc) {
      const message = `${entry.path} is damaged: its bytes do not match their checksum (CRC-32).`;
      throw new SomascopeError('Checksum', message, place, 'Get the file again.');
    }
    yield chunk;
  }
  if (size < entry.size) {
    const message = `${entry.path} unpacks to ${grouped(size)} bytes, but declares ${grouped(entry.size)}.`;
    throw new SomascopeError('Invalid', message, place, 'It is damaged; get the file again.');
  }
}
