import { expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { whiten } from './whiten.ts';

/** Two-dimensional Gaussian mean over the pixels that exist, by the definition. */
function direct(data: Float64Array, height: number, width: number, sigma: number, reach: number): Float64Array {
  return data.map((_, i) => {
    let sum = 0;
    let weights = 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [dy, dx] = [y - Math.floor(i / width), x - (i % width)];
        if (Math.abs(dy) > reach || Math.abs(dx) > reach) continue;
        const weight = Math.exp(-(dy * dy + dx * dx) / (2 * sigma * sigma));
        sum += weight * data[y * width + x]!;
        weights += weight;
      }
    }
    return sum / weights;
  });
}

it('equals direct convolution with windows renormalised at the border', () => {
  const [height, width, radius] = [23, 31, 4.3];
  const rng = makeRng(5);
  const data = Float64Array.from({ length: height * width }, (_, i) => 100 + i / 50 + rng.normal());
  const reach = Math.ceil(2 * 0.76 * radius);
  const mean = direct(data, height, width, 0.22 * radius, reach);
  const centred = data.map((value, i) => value - mean[i]!);
  const power = direct(
    centred.map((value) => value * value),
    height,
    width,
    0.76 * radius,
    reach,
  );
  const { data: white } = complete(whiten({ data, height, width }, radius));
  for (let i = 0; i < white.length; i++) expect(white[i]).toBeCloseTo(centred[i]! / Math.sqrt(power[i]!), 8);
});

it('gives 0 for a constant image', () => {
  const { data } = complete(whiten({ data: new Float64Array(24 * 32).fill(7), height: 24, width: 32 }, 5));
  expect(data.every((value) => Math.abs(value) < 1e-6)).toBe(true);
});
