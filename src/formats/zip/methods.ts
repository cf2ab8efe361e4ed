// The compression methods of APPNOTE.TXT 6.3.10 §4.4.5, by name: only 0 (stored) and 8 (deflated) are read.
import { type ErrorPlace, SomascopeError } from '../../base/errors.ts';
import { DEFLATED, STORED } from '../../base/listing.ts';

/** Added to the method of an encrypted entry, because a listing has no column for flags. */
export const ENCRYPTED = 0x10000;

const NAMES: Readonly<Record<number, string>> = {
  1: 'Shrink',
  2: 'Reduce',
  3: 'Reduce',
  4: 'Reduce',
  5: 'Reduce',
  6: 'Implode',
  9: 'Deflate64',
  10: 'PKWARE DCL Implode',
  12: 'bzip2',
  14: 'LZMA',
  16: 'IBM CMPSC',
  18: 'IBM TERSE',
  19: 'IBM LZ77',
  20: 'Zstandard',
  93: 'Zstandard',
  94: 'MP3',
  95: 'XZ',
  96: 'JPEG variant',
  97: 'WavPack',
  98: 'PPMd',
  99: 'AES encryption',
};

/** Throws `Unsupported`, naming the method, unless entries of this method can be read. */
export function refuseMethod(method: number, place: ErrorPlace): void {
  if (method === STORED || method === DEFLATED) return;
  const bare = method % ENCRYPTED;
  const encrypted = method >= ENCRYPTED || bare === 99;
  const what = encrypted
    ? `encrypted${bare === 99 ? ' (AES)' : ''}`
    : `compressed by ${NAMES[bare] ?? 'an unknown method'} (method ${bare})`;
  const hint = encrypted
    ? 'Unzip it with its password and open the folder.'
    : 'Unzip it and open the folder, or zip it again with the ordinary deflate method.';
  throw new SomascopeError('Unsupported', `${place.entry ?? 'The entry'} is ${what}, which is not read here.`, place, hint);
}
