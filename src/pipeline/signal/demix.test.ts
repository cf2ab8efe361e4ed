import { expect, it } from 'vitest';
import { regionFrom } from '../../base/region.ts';
import { makeRng } from '../../base/rng.ts';
import { demix } from './demix.ts';
import { addFrameMeans, compileMasks } from './region-traces.ts';

const WIDTH = 24;
const block = (col: number, wide: number) =>
  regionFrom(Array.from({ length: 4 * wide }, (_, i) => [4 + Math.floor(i / wide), col + (i % wide)]));
/** Two that share half their pixels, and one apart. */
const REGIONS = [block(2, 6), block(5, 6), block(16, 4)];
const FRAMES = 200;

/** Mask means of a movie in which each region's pixels carry its own change above a bright ground. */
function simulated() {
  const rng = makeRng(3);
  const own = REGIONS.map(() => Float64Array.from({ length: FRAMES }, () => 20 * Math.max(0, rng.normal() - 1)));
  const masks = compileMasks(REGIONS, WIDTH, WIDTH);
  const raw = new Float32Array(REGIONS.length * FRAMES);
  for (let t = 0; t < FRAMES; t++) {
    const frame = new Float64Array(WIDTH * WIDTH).fill(1000);
    for (let r = 0; r < REGIONS.length; r++)
      for (let i = masks.starts[r]!; i < masks.starts[r + 1]!; i++) frame[masks.pixels[i]!]! += own[r]![t]!;
    addFrameMeans(masks, frame, raw, t);
  }
  return { own, masks, raw, neuropil: new Float32Array(raw.length).fill(1000) };
}

it('gives back each cell’s own change where masks overlap, and leaves the others as they are', () => {
  const { own, masks, raw, neuropil } = simulated();
  const out = demix(masks, { frames: FRAMES, raw, neuropil });
  const changeOf = (values: Float32Array | Float64Array, r: number, offset = r * FRAMES) => {
    const part = Float64Array.from(values.subarray(offset, offset + FRAMES));
    const mean = part.reduce((sum, v) => sum + v, 0) / FRAMES;
    return part.map((v) => v - mean);
  };
  for (const r of [0, 1]) {
    const [wanted, got, mixed] = [changeOf(own[r]!, r, 0), changeOf(out, r), changeOf(raw, r)];
    const error = (values: Float64Array) => Math.max(...values.map((v, t) => Math.abs(v - wanted[t]!)));
    expect(error(got)).toBeLessThan(0.3);
    expect(error(mixed)).toBeGreaterThan(5);
    // The level stays: only changes are shared out.
    const mean = (values: Float32Array) => values.subarray(r * FRAMES, (r + 1) * FRAMES).reduce((s, v) => s + v, 0) / FRAMES;
    expect(mean(out)).toBeCloseTo(mean(raw), 1);
  }
  expect(out.subarray(2 * FRAMES)).toEqual(raw.subarray(2 * FRAMES));
});

it('leaves neuropil where it was, shares equal masks, and keeps damaged frames missing', () => {
  const { masks, raw, neuropil } = simulated();
  const wave = neuropil.map((v, i) => v + 50 * Math.sin((i % FRAMES) / 9));
  const moved = raw.map((v, i) => v + 0.7 * (wave[i]! - neuropil[i]!));
  const plain = demix(masks, { frames: FRAMES, raw, neuropil });
  const out = demix(masks, { frames: FRAMES, raw: moved, neuropil: wave });
  const corrected = Array.from(out, (v, i) => v - 0.7 * wave[i]!);
  const wanted = Array.from(plain, (v, i) => v - 0.7 * neuropil[i]!);
  const spread = corrected.slice(0, FRAMES).map((v, t) => v - wanted[t]!);
  expect(Math.max(...spread) - Math.min(...spread)).toBeLessThan(0.1);

  const twins = compileMasks([REGIONS[0]!, REGIONS[0]!], WIDTH, WIDTH);
  const two = Float32Array.of(10, 12, 14, 10, 12, 14);
  const level = new Float32Array(6).fill(5);
  expect(Array.from(demix(twins, { frames: 3, raw: two, neuropil: level })).map((v) => Math.round(v * 10) / 10)).toEqual([
    11, 12, 13, 11, 12, 13,
  ]);

  const damaged = raw.slice();
  damaged[7] = Number.NaN;
  damaged[FRAMES + 7] = Number.NaN;
  const kept = demix(masks, { frames: FRAMES, raw: damaged, neuropil });
  expect(kept[7]).toBeNaN();
  expect(kept[8]).not.toBeNaN();
});
