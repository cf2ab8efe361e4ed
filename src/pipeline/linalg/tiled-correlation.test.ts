import { expect, it } from 'vitest';
import { makeRng } from '../../base/rng.ts';
import { complete } from '../../base/steps.ts';
import { tileImage } from './tiled-correlation.ts';

it.each([
  [24, 32, 5],
  [150, 70, 4],
  [9, 3, 6],
])('equals the direct sum on %i × %i with kernels of half %i, borders included', (height, width, half) => {
  const rng = makeRng(width);
  const side = 2 * half + 1;
  const data = Float64Array.from({ length: height * width }, () => rng.normal());
  const kernels = [0, 1].map(() => Float64Array.from({ length: side * side }, () => rng.normal())) as [
    Float64Array,
    Float64Array,
  ];
  const stride = 3;
  const out = new Float64Array(height * width * stride).fill(99);
  complete(complete(tileImage({ data, height, width }, half)).correlate(kernels, out, stride, [2, 0]));
  let worst = 0;
  for (const [k, slot] of [2, 0].entries()) {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        let sum = 0;
        for (let y = 0; y < side; y++) {
          for (let x = 0; x < side; x++) {
            const [row, col] = [i + y - half, j + x - half];
            if (row >= 0 && col >= 0 && row < height && col < width) sum += data[row * width + col]! * kernels[k]![y * side + x]!;
          }
        }
        worst = Math.max(worst, Math.abs(out[(i * width + j) * stride + slot]! - sum));
      }
    }
  }
  expect(worst).toBeLessThan(1e-9);
  expect(out[1]).toBe(99);
});
