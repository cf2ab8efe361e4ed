import fc from 'fast-check';
import { expect, it } from 'vitest';
import { regionFrom } from '../../base/region.ts';
import { centresOf } from './centres.ts';
import { addSquare, fusedDistance } from './fused-distance.ts';

it('rounds once: equal to exact integer arithmetic', () => {
  const power = fc.integer({ min: 0, max: 54 }).map((exponent) => 2 ** exponent);
  const whole = fc.integer({ min: -(2 ** 31), max: 2 ** 31 });
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.nat(Number.MAX_SAFE_INTEGER), power, whole, (x, sum, scale, offset) => {
      const added = sum * scale;
      expect(addSquare(x, added)).toBe(Number(BigInt(x) ** 2n + BigInt(added)));
      expect(addSquare(offset, added)).toBe(Number(BigInt(offset) ** 2n + BigInt(added)));
    }),
    { numRuns: 2000 },
  );
});

it('is the Euclidean distance, and 0 of equal centres', () => {
  const a = centresOf([regionFrom([[1, 2, 3]]), regionFrom([[0, 0, 0]])], 'truth');
  const b = centresOf([regionFrom([[1, 2, 3]]), regionFrom([[3, 4, 12]])], 'estimate');
  expect([fusedDistance(a, 0, b, 0), fusedDistance(a, 1, b, 1)]).toEqual([0, 13]);
});
