// Adds a text to a PNG: a tEXt chunk (keyword, zero byte, Latin-1 text) right after the header chunk. Source: PNG 3rd edition, 11.3.3.
import { SomascopeError } from '../../base/errors.ts';
import { crc32 } from '../zip/crc32.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Signature, then length, name, 13 bytes and checksum of IHDR. */
const AFTER_HEADER = 8 + 4 + 4 + 13 + 4;

/** The bytes of `png` with `text` (ASCII) under `keyword`. Throws Invalid where it is no PNG. */
export function addPngText(png: Uint8Array, keyword: string, text: string): Uint8Array<ArrayBuffer> {
  if (png.length < AFTER_HEADER || SIGNATURE.some((byte, i) => png[i] !== byte)) {
    throw new SomascopeError('Invalid', 'This is no PNG.', { byte: 0 });
  }
  const body = Uint8Array.from(`tEXt${keyword}\0${text}`, (char) => char.charCodeAt(0));
  const out = new Uint8Array(png.length + body.length + 8);
  out.set(png.subarray(0, AFTER_HEADER));
  const view = new DataView(out.buffer);
  view.setUint32(AFTER_HEADER, body.length - 4);
  out.set(body, AFTER_HEADER + 4);
  view.setUint32(AFTER_HEADER + 4 + body.length, crc32(body));
  out.set(png.subarray(AFTER_HEADER), AFTER_HEADER + 8 + body.length);
  return out;
}
