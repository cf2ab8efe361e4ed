import { expect, it } from 'vitest';
import { makeRng } from '../../base/rng.ts';
import { makeFft2 } from './fft2.ts';

/** The definition: X[k, l] = Σ x[y, x] exp(−2πi (ky/h + lx/w)). */
function naive(plane: Float64Array, height: number, width: number): Float64Array {
  const out = new Float64Array(plane.length);
  for (let k = 0; k < height; k++) {
    for (let l = 0; l < width; l++) {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const angle = -2 * Math.PI * ((k * y) / height + (l * x) / width);
          const [re, im] = [plane[2 * (y * width + x)]!, plane[2 * (y * width + x) + 1]!];
          out[2 * (k * width + l)]! += re * Math.cos(angle) - im * Math.sin(angle);
          out[2 * (k * width + l) + 1]! += re * Math.sin(angle) + im * Math.cos(angle);
        }
      }
    }
  }
  return out;
}

const worst = (a: Float64Array, b: Float64Array) => a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

it.each([
  [8, 16],
  [16, 8],
  [7, 12],
  [1, 5],
  [10, 11],
])('equals the definition and comes back at %i × %i', (height, width) => {
  const rng = makeRng(height);
  const plane = Float64Array.from({ length: 2 * height * width }, () => rng.normal());
  const fft = makeFft2(height, width);
  const spectrum = new Float64Array(plane.length);
  const back = new Float64Array(plane.length);
  fft.forward(plane, spectrum);
  expect(worst(spectrum, naive(plane, height, width))).toBeLessThan(1e-10);
  fft.inverse(spectrum, back);
  expect(worst(back, plane)).toBeLessThan(1e-12);
});
