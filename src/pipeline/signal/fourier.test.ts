import { expect, it } from 'vitest';
import { makeRng } from '../../base/rng.ts';
import { makeFourier } from './fourier.ts';

it.each([1, 2, 3, 4, 5, 7, 8, 12, 36, 64, 96, 97, 200, 210, 375, 440, 512, 585, 34])(
  'agrees with the definition for length %i',
  (n) => {
    const rng = makeRng(n);
    const input = Float64Array.from({ length: 2 * n }, () => rng.normal());
    const output = new Float64Array(2 * n);
    const fourier = makeFourier(n);
    fourier.transform(output, input);
    for (let k = 0; k < n; k++) {
      let re = 0;
      let im = 0;
      for (let t = 0; t < n; t++) {
        const angle = (-2 * Math.PI * ((k * t) % n)) / n;
        re += input[2 * t]! * Math.cos(angle) - input[2 * t + 1]! * Math.sin(angle);
        im += input[2 * t]! * Math.sin(angle) + input[2 * t + 1]! * Math.cos(angle);
      }
      expect(output[2 * k]).toBeCloseTo(re, 8);
      expect(output[2 * k + 1]).toBeCloseTo(im, 8);
    }
  },
);
