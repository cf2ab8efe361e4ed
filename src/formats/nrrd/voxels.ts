// The voxels behind a NRRD header as bytes: raw ones where they lie, gzipped ones on the way, text and hexadecimal digits parsed at once.
import { SomascopeError } from '../../base/errors.ts';
import { makeArray } from '../../base/ndarray.ts';
import { byteSize, grouped } from '../../base/number-format.ts';
import { unpackedSource } from '../gzip.ts';
import { type ByteSource, bytesSource } from '../source.ts';
import { piecesOf, unpackChunks } from '../unpack-stream.ts';
import { dtypeOfStored, STORED_BYTES, type StoredType } from '../volume.ts';
import type { NrrdHeader } from './header.ts';

const MAX_TEXT_BYTES = 256 * 2 ** 20;
const SKIP_READ = 64 * 1024;

/** Byte after `lines` line breaks. */
export async function skipLines(
  source: ByteSource,
  from: number,
  lines: number,
  signal: AbortSignal | undefined,
): Promise<number> {
  let at = from;
  let left = lines;
  while (left > 0) {
    if (at >= source.size)
      throw fail(source, 'CutOff', `The NRRD file has fewer lines than the ${grouped(lines)} to be skipped.`);
    const bytes = await source.read(at, Math.min(SKIP_READ, source.size - at), signal);
    let next = 0;
    while (left > 0 && next < bytes.length) {
      const stop = bytes.indexOf(10, next);
      if (stop < 0) next = bytes.length;
      else {
        next = stop + 1;
        left--;
      }
    }
    at += next;
  }
  return at;
}

export interface Located {
  readonly voxels: ByteSource;
  readonly offset: number;
  readonly littleEndian: boolean;
}

/** Where `bytes` bytes of voxels lie, from byte `start` of `data` on. Throws CutOff, Invalid, Unsafe, Unsupported. */
export async function locate(
  data: ByteSource,
  start: number,
  bytes: number,
  header: NrrdHeader,
  signal: AbortSignal | undefined,
): Promise<Located> {
  const { encoding, byteSkip, littleEndian } = header;
  if (encoding === 'raw') {
    const offset = byteSkip === -1 ? data.size - bytes : start + byteSkip;
    if (offset < start)
      throw fail(
        data,
        'CutOff',
        `The NRRD file holds ${grouped(data.size - start)} bytes of voxels where ${grouped(bytes)} are needed.`,
      );
    return { voxels: data, offset, littleEndian };
  }
  if (encoding === 'gzip') {
    const offset = byteSkip === -1 ? (await unpackedSize(data, start, signal)) - bytes : byteSkip;
    if (offset < 0)
      throw fail(data, 'CutOff', `The NRRD file unpacks to fewer than the ${grouped(bytes)} bytes that its voxels need.`);
    return { voxels: unpackedSource(data, 'gzip', start), offset, littleEndian };
  }
  const from = start + Math.max(0, byteSkip);
  if (data.size - from > MAX_TEXT_BYTES)
    throw fail(
      data,
      'Unsafe',
      `The NRRD voxels are ${byteSize(data.size - from)} of text; at most ${byteSize(MAX_TEXT_BYTES)} are read.`,
      'Save it with encoding raw.',
    );
  const text = await data.read(from, Math.max(0, data.size - from), signal);
  const plain = encoding === 'hex' ? fromHex(text, bytes, data) : fromText(text, bytes, header.stored, data);
  return { voxels: bytesSource(data.name, plain), offset: 0, littleEndian: encoding === 'hex' ? littleEndian : true };
}

async function unpackedSize(source: ByteSource, start: number, signal: AbortSignal | undefined): Promise<number> {
  let size = 0;
  for await (const chunk of unpackChunks(piecesOf(source, start, source.size - start, signal), 'gzip', source.name))
    size += chunk.length;
  return size;
}

function fromHex(text: Uint8Array, bytes: number, source: ByteSource): Uint8Array {
  // Two digits a byte: nothing longer is allocated than the text can fill.
  const out = new Uint8Array(Math.min(bytes, text.length >> 1));
  let digits = 0;
  for (const code of text) {
    if (code <= 32) continue;
    const digit = code >= 48 && code <= 57 ? code - 48 : (code | 32) >= 97 && (code | 32) <= 102 ? (code | 32) - 87 : -1;
    if (digit < 0) throw fail(source, 'Invalid', `The NRRD voxels hold “${String.fromCharCode(code)}”, no hexadecimal digit.`);
    if (digits >> 1 < out.length) out[digits >> 1] = (out[digits >> 1]! << 4) | digit;
    digits++;
  }
  return out.subarray(0, Math.min(out.length, digits >> 1));
}

function fromText(text: Uint8Array, bytes: number, stored: StoredType, source: ByteSource): Uint8Array {
  if (stored === 'int64' || stored === 'uint64')
    throw fail(source, 'Unsupported', 'The NRRD voxels are 64-bit integers as text.', 'Save it with encoding raw or gzip.');
  const words = new TextDecoder('latin1').decode(text).match(/[^\s,]+/g) ?? [];
  const values = makeArray(dtypeOfStored(stored), Math.min(words.length, bytes / STORED_BYTES[stored]));
  for (let i = 0; i < values.length; i++) {
    const value = Number(words[i]);
    if (Number.isNaN(value) && words[i]!.toLowerCase() !== 'nan')
      throw fail(source, 'Invalid', `The NRRD voxels hold “${words[i]!.slice(0, 40)}”, no number.`);
    values[i] = value;
  }
  return new Uint8Array(values.buffer);
}

export function fail(
  source: ByteSource,
  tag: 'Invalid' | 'CutOff' | 'Unsafe' | 'Unsupported',
  message: string,
  hint = 'Save the volume again.',
): SomascopeError {
  return new SomascopeError(tag, message, { file: source.name }, hint);
}
