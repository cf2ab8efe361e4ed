// Names of zip entries: UTF-8 where flag bit 11 or the Info-ZIP Unicode Path extra field (0x7075) says so, else code page 437.
// APPNOTE.TXT 6.3.10 §4.4.17, §4.6.9 and appendix D. A name is text only, never a path on disk.
import { crc32 } from './crc32.ts';

const CP437_HIGH =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

const UNICODE_PATH = 0x7075;
const UTF8 = new TextDecoder('utf-8', { ignoreBOM: true });
// FAT, OS/2 HPFS, NTFS and VFAT: there a backslash can only be a separator.
const BACKSLASH_HOSTS = new Set([0, 6, 10, 14]);

/** `host` is the high byte of "version made by"; `extra` the central extra field. Folders are separated by '/'. */
export function decodeName(raw: Uint8Array, isUtf8: boolean, host: number, extra: Uint8Array): string {
  const text = (extra.length > 0 ? unicodePath(raw, extra) : undefined) ?? decodePlain(raw, isUtf8);
  return BACKSLASH_HOSTS.has(host) && text.includes('\\') ? text.replaceAll('\\', '/') : text;
}

function decodePlain(raw: Uint8Array, isUtf8: boolean): string {
  if (!isAscii(raw)) return isUtf8 ? UTF8.decode(raw) : decodeCp437(raw);
  // Four times faster than a TextDecoder on the short names that there are thousands of.
  return raw.length < 1024 ? String.fromCharCode(...raw) : UTF8.decode(raw);
}

function decodeCp437(raw: Uint8Array): string {
  let text = '';
  for (const byte of raw) text += byte < 128 ? String.fromCharCode(byte) : CP437_HIGH[byte - 128];
  return text;
}

/** The Unicode Path field counts only while its CRC matches the plain name: a tool that renames may have left it behind. */
function unicodePath(raw: Uint8Array, extra: Uint8Array): string | undefined {
  for (const field of extraFields(extra, UNICODE_PATH)) {
    if (field.length < 6 || field[0] !== 1) continue;
    const crc = (field[1]! | (field[2]! << 8) | (field[3]! << 16) | (field[4]! << 24)) >>> 0;
    if (crc === crc32(raw)) return UTF8.decode(field.subarray(5));
  }
  return undefined;
}

/** The contents of the extra fields of kind `id`, as far as they are whole. */
export function extraFields(extra: Uint8Array, id: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + (extra[at + 2]! | (extra[at + 3]! << 8));
    if ((extra[at]! | (extra[at + 1]! << 8)) === id && end <= extra.length) found.push(extra.subarray(at + 4, end));
    at = end;
  }
  return found;
}

function isAscii(raw: Uint8Array): boolean {
  for (let i = 0; i < raw.length; i++) if (raw[i]! > 127) return false;
  return true;
}
