import { expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { bandPass, boxFilter, gaussianFilter, gaussianTaps, makeBandPass, mirrored } from './frame-filters.ts';

it('mirrors any index into the field', () => {
  expect([-4, -3, -2, -1, 0, 2, 3, 4, 6, 7].map((i) => mirrored(i, 3))).toEqual([2, 2, 1, 0, 0, 2, 2, 1, 0, 1]);
});

const WINDOWS = [
  { height: 9, width: 14, from: 0, to: 9 },
  { height: 5, width: 4, from: 1, to: 4 },
];

it.each(WINDOWS)(
  'equals direct sums on $height × $width, also where the window is wider than the field',
  ({ height, width, from, to }) => {
    const rng = makeRng(3);
    const image = Float32Array.from({ length: height * width }, () => rng.normal());
    const taps = gaussianTaps(1.7, 2.5);
    const weigh = (reach: number, weight: (dy: number, dx: number) => number) => (i: number) => {
      let sum = 0;
      for (let dy = -reach; dy <= reach; dy++) {
        for (let dx = -reach; dx <= reach; dx++) {
          const at = mirrored(Math.floor(i / width) + dy, height) * width + mirrored((i % width) + dx, width);
          sum += weight(dy, dx) * image[at]!;
        }
      }
      return sum;
    };
    const gauss = new Float32Array(image.length);
    const box = new Float32Array(image.length);
    gaussianFilter(image, height, width, taps, gauss, { from, to });
    boxFilter(image, height, width, 13, box, { from, to });
    const wantGauss = weigh(taps.length - 1, (dy, dx) => taps[Math.abs(dy)]! * taps[Math.abs(dx)]!);
    const wantBox = weigh(6, () => 1 / 169);
    for (let i = from * width; i < to * width; i++) {
      expect(gauss[i]).toBeCloseTo(wantGauss(i), 5);
      expect(box[i]).toBeCloseTo(wantBox(i), 5);
    }
  },
);

it('keeps the variance of white noise and takes away a constant', () => {
  const rng = makeRng(4);
  const noise = Float32Array.from({ length: 128 * 128 }, () => rng.normal());
  const passed = bandPass(noise, 128, 128, makeBandPass(4));
  const power = passed.reduce((sum, value) => sum + value * value, 0) / passed.length;
  expect(power).toBeGreaterThan(0.85);
  expect(power).toBeLessThan(1.15);
  const flat = bandPass(new Float32Array(40 * 40).fill(3), 40, 40, makeBandPass(4));
  expect(Math.max(...flat.map(Math.abs))).toBeLessThan(1e-4);
});
