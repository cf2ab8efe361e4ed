// A short name for the content of a data set, from what its directory says: the same for the same files dropped again, whatever the
// zip around them is called. Nothing is read. 64 bits, two 32-bit FNV-1a (Fowler, Noll and Vo) with Murmur3's last mixing step.
import { baseName, ENTRY_FIELDS, type FileListing, isClutter, WHOLE_FILE } from './listing.ts';

const SEEDS = [0x811c9dc5, 0x2f0b4a27] as const;

/**
 * 16 hexadecimal digits for the entries of `listing` below the folder `root` ('' for all; a path for one file): their names below
 * it, sizes, and CRC-32 (in zips) or time of last change (files on disk). The order of the entries does not matter.
 */
export function fingerprintOf(listing: FileListing, root: string): string {
  const { files, paths, table } = listing;
  const inside = root === '' ? '' : `${root}/`;
  // Sums, because folders are listed in any order.
  let [high, low, count] = [0, 0, 0];
  for (let i = 0; i < paths.length; i++) {
    const path = paths[i]!;
    if ((path !== root && !path.startsWith(inside)) || isClutter(path)) continue;
    const name = path === root ? baseName(path) : path.slice(inside.length);
    const at = i * ENTRY_FIELDS;
    const [size, method, crc] = [table[at + 1]!, table[at + 2]!, table[at + 5]!];
    const stamp = method === WHOLE_FILE ? (files[table[at]!]?.lastModified ?? 0) : crc;
    const text = `${name}\n${size}\n${stamp}`;
    high = (high + hash(text, SEEDS[0])) >>> 0;
    low = (low + hash(text, SEEDS[1])) >>> 0;
    count++;
  }
  return [mixed(high ^ count), mixed(low ^ high)].map((half) => half.toString(16).padStart(8, '0')).join('');
}

function hash(text: string, seed: number): number {
  let value = seed;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return mixed(value);
}

function mixed(value: number): number {
  let x = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return (x ^ (x >>> 16)) >>> 0;
}
