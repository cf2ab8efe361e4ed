// Shapes [z, y, x] of the volumes that are open: an array of whole numbers of such a shape is labels of it, whatever it is called.
import type { FileListing } from '../../../base/listing.ts';
import type { Triple } from '../../../base/volume.ts';

const open = new Map<string, Triple>();

export function noteShape(id: string, shape: Triple): void {
  open.set(id, shape);
}

export function forgetShape(id: string): void {
  open.delete(id);
}

/** A single array of integers with the shape of an open volume, or three quarters of its planes: 4-class models leave out ZI. */
export async function fitsOpenVolume(listing: FileListing, head: (index: number) => Promise<Uint8Array>): Promise<boolean> {
  const [path] = listing.paths;
  if (listing.paths.length !== 1 || !path || !/\.np[yz]$/i.test(path) || open.size === 0) return false;
  const text = new TextDecoder('latin1').decode(await head(0)).replaceAll('"', "'");
  const shape = /'shape'\s*:\s*\(\s*(\d+)L?\s*,\s*(\d+)L?\s*,\s*(\d+)L?\s*\)/.exec(text)?.slice(1).map(Number);
  const type = /'descr'\s*:\s*'[<>|=]?([a-z])/.exec(text)?.[1];
  // What a packed .npz holds is seen when it is read.
  if (!shape || !type) return /\.npz$/i.test(path);
  const [z, y, x] = shape;
  return (
    'biu'.includes(type) &&
    [...open.values()].some((one) => one[1] === y && one[2] === x && (one[0] === z || one[0] * 3 === z! * 4))
  );
}
