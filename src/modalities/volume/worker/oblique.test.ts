// A tilted plane from a file is the one from memory, where the box that it crosses can be held.
import { expect, it } from 'vitest';
import { WHOLE_FILE } from '../../../base/listing.ts';
import { makeRng } from '../../../base/rng.ts';
import { writeNpy } from '../../../formats/npy/index.ts';
import { cutOblique, cutTilted } from './oblique.ts';

const SHAPE = [24, 40, 56] as const;
const rng = makeRng(8);
const image = Uint8Array.from({ length: 24 * 40 * 56 }, () => rng.below(256));
const context = { signal: new AbortController().signal, progress: () => {} };

it('cuts a tilted plane out of a file as out of memory, and says when it does not know the file', async () => {
  const file = new File([writeNpy({ data: image, shape: SHAPE })], 'image.npy');
  const listing = { files: [file], paths: ['image.npy'], table: Float64Array.of(0, file.size, WHOLE_FILE, 0, file.size, 0) };
  const found = {
    format: 'npy',
    name: 'image.npy',
    entries: [0],
    role: 'image',
    labels: undefined,
    convention: undefined,
  } as const;
  const what = { shape: SHAPE, centre: [9, 20, 30], tilt: { across: 20, down: -35 } } as const;
  const input = { file: { ...found, claim: 'sure' }, member: 0, order: 'zyx', key: 'd/v0', labels: null, ...what } as const;
  expect(await cutTilted({ ...input, listing: null }, context)).toBeNull();
  const whole = cutOblique(what, { image, labels: [] });
  expect((await cutTilted({ ...input, listing }, context))!.image).toEqual(whole.image);
  expect((await cutTilted({ ...input, listing: null }, context))!.image).toEqual(whole.image);
});
