// Slabs are labelled as the whole would be: thresholds, cells, and a forest that learnt from marks.
import { expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { type SegmentInput, USUAL_SETTINGS } from '../shared/segment-types.ts';
import { findThresholds, segment, train } from './segment.ts';

const context = { signal: new AbortController().signal, progress: () => {} };
const [DEPTH, SIDE] = [12, 24];
const shape = [DEPTH, SIDE, SIDE] as const;
const area = SIDE * SIDE;

/** Grey tissue with a dark block and a bright one. */
const rng = makeRng(4);
const image = Uint8Array.from({ length: DEPTH * area }, (_, i) => {
  const [y, x] = [Math.floor(i / SIDE) % SIDE, i % SIDE];
  const level = x < 8 && y > 4 && y < 18 ? 20 : x > 16 ? 200 : 120;
  return Math.round(level + 6 * rng.normal());
});

async function run(change: Partial<SegmentInput>, grey = image): Promise<Uint8Array> {
  const input: SegmentInput = {
    settings: USUAL_SETTINGS,
    classifier: null,
    thresholds: [],
    target: 1,
    shape,
    seams: [],
    from: 0,
    to: DEPTH,
    ...change,
  };
  const merger = segment.merger(input);
  for (const [i, part] of segment.split(input).entries())
    merger.add(await segment.run(input, part, context, grey.slice(part.readFrom * area, part.readTo * area)), i);
  return merger.finish();
}

it('finds the grey levels between classes', () => {
  const [low, high] = findThresholds({ rule: 'otsu', classes: 3 }, image);
  expect(low).toBeGreaterThan(40);
  expect(low).toBeLessThan(110);
  expect(high).toBeGreaterThan(140);
  expect(high).toBeLessThan(190);
});

it('cuts by a threshold, darker or brighter, and by levels', async () => {
  const dark = await run({ settings: { ...USUAL_SETTINGS, method: 'threshold' }, thresholds: [70] });
  expect(dark).toHaveLength(DEPTH * area);
  expect([dark[10 * SIDE + 3], dark[10 * SIDE + 12]]).toEqual([1, 0]);
  const bright = await run({ settings: { ...USUAL_SETTINGS, method: 'threshold', darker: false }, thresholds: [160], target: 3 });
  expect([bright[10 * SIDE + 3], bright[10 * SIDE + 20]]).toEqual([0, 3]);
  const levels = await run({
    settings: { ...USUAL_SETTINGS, method: 'multi-otsu' },
    thresholds: findThresholds({ rule: 'otsu', classes: 3 }, image),
  });
  expect([levels[10 * SIDE + 3], levels[10 * SIDE + 12], levels[10 * SIDE + 20]]).toEqual([1, 0, 3]);
});

it('finds one threshold by three rules, and takes noise away before it cuts', async () => {
  const levels = (['otsu', 'li', 'triangle'] as const).map((rule) => findThresholds({ rule, classes: 2 }, image)[0]!);
  for (const level of levels) expect(level).toBeGreaterThan(0);
  expect(new Set(levels).size).toBe(3);
  const specks = image.slice();
  for (let i = 5; i < specks.length; i += 101) specks[i] = 0;
  const settings = { ...USUAL_SETTINGS, method: 'li', median: true } as const;
  const input = { settings, thresholds: [70] };
  const [clean, noisy] = [await run(input, specks), await run({ ...input, settings: { ...settings, median: false } }, specks)];
  const inTissue = (labels: Uint8Array) => labels.filter((label, i) => label === 1 && i % SIDE > 9).length;
  expect(inTissue(noisy)).toBeGreaterThan(30);
  expect(inTissue(clean)).toBe(0);
});

it('gives the same labels for a slice alone as within the volume', async () => {
  const rows = Array.from({ length: 10 }, (_, i) => 6 * area + (6 + i) * SIDE);
  const voxel = Float64Array.from([3, 12, 20].flatMap((x) => rows.map((row) => row + x)));
  const label = Uint8Array.from([1, 0, 2].flatMap((id) => rows.map(() => id)));
  const payload = { image, voxel, label };
  const classifier = await train({ kind: 'forest', trees: 10, classes: 3, shape, seams: [] }, payload, context);
  const whole = await run({ classifier });
  const alone = await run({ classifier, from: 5, to: 6 });
  expect(alone).toEqual(whole.slice(5 * area, 6 * area));
  expect([alone[10 * SIDE + 3], alone[10 * SIDE + 12], alone[10 * SIDE + 20]]).toEqual([1, 0, 2]);
});

it('sees nothing of the next cutout in the same stack', async () => {
  const cut = { settings: { ...USUAL_SETTINGS, method: 'threshold', smooth: 1 }, thresholds: [70] } as const;
  const apart = await run({ ...cut, seams: [6] });
  const input = { ...cut, classifier: null, target: 1, shape: [6, SIDE, SIDE], seams: [], from: 0, to: 6 } as const;
  const [part] = segment.split(input);
  const alone = await segment.run(input, part!, context, image.slice(6 * area));
  expect(apart.slice(6 * area)).toEqual(alone);
  const parts = segment.split({ ...input, shape, seams: [6], to: DEPTH });
  expect(parts.map(({ readFrom, readTo }) => [readFrom, readTo])).toEqual([
    [0, 6],
    [6, 12],
  ]);
});
