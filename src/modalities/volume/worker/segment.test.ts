// Slabs are labelled as the whole would be: thresholds, cells, and a forest that learnt from marks.
import { expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { extentOf, type Triple, voxelsOf } from '../../../base/volume.ts';
import { type Box, cutBox, tilesOf, widened } from '../shared/boxes.ts';
import { denseVoxels } from '../shared/label-bricks.ts';
import { type SegmentInput, type SegmentMethod, USUAL_SETTINGS } from '../shared/segment-types.ts';
import { dropPieces, findThresholds, labelBox, markFeatures, reachOf, train } from './segment.ts';

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

const whole: Box = { from: [0, 0, 0], to: shape };

/** Labels a box tile by tile, each from what lies around it and nothing else. */
async function run(
  change: Partial<SegmentInput>,
  { grey = image, box = whole, edges = shape as Triple, seams = [] as readonly number[] } = {},
): Promise<Uint8Array> {
  const input: SegmentInput = { settings: USUAL_SETTINGS, classifier: null, thresholds: [], target: 1, ...change };
  const extent = extentOf(box.from, box.to);
  const out = new Uint8Array(voxelsOf(extent));
  for (const tile of tilesOf(box, edges, seams)) {
    const piece = seams.findLast((seam) => seam <= tile.from[0]) ?? 0;
    const end = seams.find((seam) => seam > tile.from[0]) ?? DEPTH;
    const wide = widened(tile, reachOf(input.settings), { from: [piece, 0, 0], to: [end, SIDE, SIDE] });
    const within = (at: Triple) => extentOf(wide.from, at);
    const part = { ...input, shape: within(wide.to), from: within(tile.from), to: within(tile.to) };
    const labels = await labelBox(part, cutBox(grey, shape, wide), context);
    const own = (at: Triple) => extentOf(box.from, at);
    denseVoxels(out, extent).putBox(own(tile.from), own(tile.to), labels);
  }
  return out;
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
  const [clean, noisy] = [
    await run(input, { grey: specks }),
    await run({ ...input, settings: { ...settings, median: false } }, { grey: specks }),
  ];
  const inTissue = (labels: Uint8Array) => labels.filter((label, i) => label === 1 && i % SIDE > 9).length;
  expect(inTissue(noisy)).toBeGreaterThan(30);
  expect(inTissue(clean)).toBe(0);
});

async function learn(): Promise<Awaited<ReturnType<typeof train>>> {
  const rows = Array.from({ length: 10 }, (_, i) => 6 * area + (6 + i) * SIDE);
  const voxel = Float64Array.from([3, 12, 20].flatMap((x) => rows.map((row) => row + x)));
  const label = Uint8Array.from([1, 0, 2].flatMap((id) => rows.map(() => id)));
  const features = await markFeatures({ shape }, { image, voxel, label }, context);
  return train({ kind: 'forest', trees: 10, classes: 3 }, [features], context);
}

it('gives the same labels for a slice alone as within the volume', async () => {
  const classifier = await learn();
  const labels = await run({ classifier });
  const alone = await run({ classifier }, { box: { from: [5, 0, 0], to: [6, SIDE, SIDE] } });
  expect(alone).toEqual(labels.slice(5 * area, 6 * area));
  expect([alone[10 * SIDE + 3], alone[10 * SIDE + 12], alone[10 * SIDE + 20]]).toEqual([1, 0, 2]);
});

it('learns the same from a box around the marks as from the whole', async () => {
  const mark = { voxel: Float64Array.of(6 * area + 5 * SIDE + 12), label: Uint8Array.of(1) };
  const grey = Uint8Array.from({ length: DEPTH * 60 * 60 }, (_, i) => (i * 7919) % 251);
  const from: Triple = [0, 10, 14];
  const box = { from, to: [DEPTH, 50, 56] as Triple };
  const far = Float64Array.of((6 * 60 + 30) * 60 + 35);
  const near = Float64Array.of((6 * 40 + 20) * 42 + 21);
  const all = await markFeatures({ shape: [DEPTH, 60, 60] }, { ...mark, image: grey, voxel: far }, context);
  const cut = cutBox(grey, [DEPTH, 60, 60], box);
  const part = await markFeatures({ shape: [DEPTH, 40, 42] }, { ...mark, image: cut, voxel: near }, context);
  expect(part.data).toEqual(all.data);
});

it('labels small bricks as the whole volume, by every method', async () => {
  const classifier = await learn();
  const inputs: readonly [SegmentMethod, Partial<SegmentInput>][] = [
    ['forest', { classifier }],
    ['threshold', { thresholds: [115] }],
    ['otsu', { thresholds: [70] }],
    ['multi-otsu', { thresholds: [70, 160] }],
    ['vessels', {}],
    ['cells', { thresholds: [120] }],
  ];
  for (const [method, change] of inputs) {
    const settings = { ...USUAL_SETTINGS, method, median: true, smooth: 1, vesselness: 0.02 };
    const labels = await run({ ...change, settings });
    expect(new Set(labels).size, method).toBeGreaterThan(method === 'cells' ? 0 : 1);
    expect(await run({ ...change, settings }, { edges: [5, 7, 9] }), method).toEqual(labels);
  }
});

it('sees nothing of the next cutout in the same stack', async () => {
  const cut = { settings: { ...USUAL_SETTINGS, method: 'threshold', smooth: 1 }, thresholds: [70] } as const;
  const apart = await run(cut, { seams: [6] });
  const part = { ...cut, classifier: null, target: 1, shape: [6, SIDE, SIDE], from: [0, 0, 0], to: [6, SIDE, SIDE] } as const;
  expect(apart.slice(6 * area)).toEqual(await labelBox(part, image.slice(6 * area), context));
});

it('takes out small pieces of a whole, however long the others are', async () => {
  const [size, long] = [[4, 6, 40] as const, 35];
  const labels = new Uint8Array(voxelsOf(size));
  labels.fill(2, 40, 40 + long);
  labels.set([2, 2], 3 * 240 + 80);
  const kept = await dropPieces({ shape: size, least: 20 }, labels.slice(), context);
  expect(kept.filter((label) => label === 2)).toHaveLength(long);
  expect(kept[3 * 240 + 80]).toBe(0);
});
