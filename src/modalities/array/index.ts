// What nothing else knows: any .npy, .npz, TIFF or CSV as image, stack, traces or table. Registered last, with the lowest score.
import { baseName, isClutter } from '../../base/listing.ts';
import type { Head, Modality } from '../modality.ts';

type Test = (head: Uint8Array) => boolean;

const begins =
  (...bytes: number[]): Test =>
  (head) =>
    bytes.every((byte, i) => head[i] === byte);
const isTiff: Test = (head) => begins(0x49, 0x49, 0x2a, 0)(head) || begins(0x4d, 0x4d, 0, 0x2a)(head) || isBigTiff(head);
const isBigTiff: Test = (head) => begins(0x49, 0x49, 0x2b, 0)(head) || begins(0x4d, 0x4d, 0, 0x2b)(head);
/** Text has no zero bytes. */
const isText: Test = (head) => head.length > 0 && !head.includes(0);

const KINDS: readonly (readonly [ending: RegExp, test: Test])[] = [
  [/\.npy$/i, begins(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59)],
  [/\.npz$/i, begins(0x50, 0x4b)],
  [/\.tiff?$/i, isTiff],
  [/\.[ct]sv$/i, isText],
];
/** Heads that are read before it is clear that there is something to show. */
const TRIED = 20;

async function isKnown(path: string, index: number, head: Head): Promise<boolean> {
  const kind = KINDS.find(([ending]) => ending.test(path));
  return kind?.[1](await head(index)) ?? false;
}

export const array: Modality = {
  id: 'array',
  title: 'Anything else',
  blurb: 'any other NPY, NPZ, TIFF or CSV, as an image, a stack, traces or a table',
  async detect(listing, head) {
    const candidates = [...listing.paths.keys()].filter(
      (i) => !isClutter(listing.paths[i]!) && KINDS.some(([ending]) => ending.test(listing.paths[i]!)),
    );
    for (const index of candidates.slice(0, TRIED)) {
      const path = listing.paths[index]!;
      if (!(await isKnown(path, index, head))) continue;
      const name = candidates.length === 1 ? baseName(path) : (listing.files[0]?.name ?? baseName(path));
      return { score: 0.1, reason: `found ${baseName(path)}`, kind: 'dataset', parts: [{ name, root: '' }] };
    }
    return null;
  },
  view: () => import('./view/view.tsx'),
};
