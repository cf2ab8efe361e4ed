// A PNG as numbers, exactly as stored: 1 to 16 bits, grey, colour or palette, interlaced or not. The browser's own decoder would
// apply colour profiles and lose 16 bits and palette numbers. Source: PNG (Third Edition), W3C 2025.
import { SomascopeError } from '../../base/errors.ts';
import { bytesSource } from '../source.ts';
import { piecesOf, unpackChunks } from '../unpack-stream.ts';
import { crc32 } from '../zip/crc32.ts';
import { deinterlace, type PngHeader, passBytes, unfilter } from './scanlines.ts';

export interface PngImage {
  /** [row, column, sample]; grey levels of 1, 2 and 4 bits are numbers from 0 up, palette pictures hold palette numbers. */
  readonly data: Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
  /** 1 grey or palette, 2 grey + alpha, 3 RGB, 4 RGBA. */
  readonly samples: number;
  /** RGB triples, where the picture has a palette. */
  readonly palette?: Uint8Array<ArrayBuffer>;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
const DEPTHS: Readonly<Record<number, readonly number[]>> = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};
const MAX_SIDE = 32_768;
const MAX_BYTES = 2 ** 30;

/** True for the first bytes of a PNG. */
export function isPng(head: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => head[i] === byte);
}

/** The picture in `bytes`. Throws Invalid, CutOff, Checksum, Unsupported or Unsafe. */
export async function decodePng(bytes: Uint8Array<ArrayBuffer>, file: string): Promise<PngImage> {
  if (!isPng(bytes)) throw fault('Invalid', 'This is not a PNG file.', file, 0);
  const { header, palette, packed } = readChunks(bytes, file);
  const total = passBytes(header);
  if (total > MAX_BYTES) throw fault('Unsafe', `The PNG unpacks to ${total} bytes; at most ${MAX_BYTES} are read.`, file, 16);
  const lines = new Uint8Array(total);
  let filled = 0;
  const source = bytesSource(file, packed);
  for await (const chunk of unpackChunks(piecesOf(source, 0, packed.length), 'deflate', file)) {
    const part = chunk.subarray(0, total - filled);
    lines.set(part, filled);
    filled += part.length;
    if (filled === total) break;
  }
  if (filled < total)
    throw fault('CutOff', `The PNG holds ${filled} bytes of pixels where ${total} are needed.`, file, bytes.length);
  unfilter(lines, header, file);
  const { width, height, samples } = header;
  const data = deinterlace(lines, header);
  return { data, width, height, samples, ...(palette && { palette }) };
}

function readChunks(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
): { header: PngHeader; palette?: Uint8Array<ArrayBuffer>; packed: Uint8Array<ArrayBuffer> } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header: PngHeader | undefined;
  let palette: Uint8Array<ArrayBuffer> | undefined;
  const parts: Uint8Array[] = [];
  for (let at = 8; ; ) {
    if (at + 12 > bytes.length) throw fault('CutOff', 'The PNG ends too early.', file, at);
    const length = view.getUint32(at);
    if (at + 12 + length > bytes.length) throw fault('CutOff', 'The PNG ends too early.', file, at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const body = bytes.subarray(at + 8, at + 8 + length);
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== view.getUint32(at + 8 + length))
      throw fault('Checksum', `The PNG is damaged: the bytes of its part ${name} do not match their checksum.`, file, at);
    if (!header && name !== 'IHDR') throw fault('Invalid', 'The PNG does not begin with its header.', file, at);
    if (name === 'IHDR') header = readHeader(body, file);
    else if (name === 'PLTE') palette = body.slice();
    else if (name === 'IDAT') parts.push(body);
    else if (name === 'IEND') break;
    at += 12 + length;
  }
  if (!header) throw fault('Invalid', 'The PNG has no header.', file, 8);
  const packed = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    packed.set(part, filled);
    filled += part.length;
  }
  return { header, packed, ...(palette && { palette }) };
}

function readHeader(body: Uint8Array, file: string): PngHeader {
  if (body.length !== 13) throw fault('Invalid', `The PNG header has ${body.length} bytes instead of 13.`, file, 8);
  const view = new DataView(body.buffer, body.byteOffset, 13);
  const [width, height, bits, colour, interlace] = [view.getUint32(0), view.getUint32(4), body[8]!, body[9]!, body[12]!];
  const samples = SAMPLES[colour];
  if (!samples || !DEPTHS[colour]!.includes(bits) || body[10] !== 0 || body[11] !== 0 || interlace > 1)
    throw fault('Invalid', 'The PNG header names a kind of pixel that does not exist.', file, 24);
  if (width === 0 || height === 0) throw fault('Invalid', 'The PNG has no pixels.', file, 16);
  if (Math.max(width, height) > MAX_SIDE)
    throw fault('Unsafe', `The PNG claims ${width} × ${height} pixels; at most ${MAX_SIDE} along a side are read.`, file, 16);
  return { width, height, bits, samples, isInterlaced: interlace === 1 };
}

function fault(tag: 'Invalid' | 'CutOff' | 'Checksum' | 'Unsafe', message: string, file: string, byte: number): SomascopeError {
  return new SomascopeError(tag, message, { file, byte }, 'Save the picture again.');
}
