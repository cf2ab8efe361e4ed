import { describe, expect, it } from 'vitest';
import { makeRng } from '../../base/rng.ts';
import { largestRise, skewness, strongestTransients } from './transients.ts';

describe('a trace in numbers', () => {
  it('skewness by hand', () => {
    // Mean 2, deviations −1 −1 −1 3: m2 = 3, m3 = 6.
    expect(skewness([1, 1, 1, 5])).toBeCloseTo(6 / 3 ** 1.5, 12);
    expect(skewness([1, Number.NaN, 1, 1, 5])).toBeCloseTo(6 / 3 ** 1.5, 12);
    expect(skewness([-3, 0, 3])).toBeCloseTo(0, 12);
    expect(skewness([4, 4, 4, 4])).toBeNaN();
    expect(skewness([])).toBeNaN();
  });

  it('largest rise as a share of the median', () => {
    expect(largestRise([10, 10, 10, 25, 10])).toBeCloseTo(1.5, 12);
    expect(largestRise([-1, -1, 4])).toBeNaN();
    expect(largestRise([Number.NaN])).toBeNaN();
  });
});

describe('the strongest transients', () => {
  const rate = 5;
  const peaks = [60, 300, 150, 420];
  const rng = makeRng(3);
  const trace = Float32Array.from({ length: 500 }, (_, t) => {
    const events = peaks.reduce((sum, at, k) => sum + (t >= at ? (90 - 20 * k) * Math.exp(-(t - at) / 5) : 0), 0);
    return 200 + rng.normal() + events;
  });

  it('come strongest first', () => {
    expect(strongestTransients(trace, rate, 4)).toEqual(peaks);
    expect(strongestTransients(trace, rate, 2)).toEqual(peaks.slice(0, 2));
  });

  it('are at least two seconds apart', () => {
    const many = strongestTransients(trace, rate, 12);
    for (const one of many) for (const other of many) if (one !== other) expect(Math.abs(one - other)).toBeGreaterThanOrEqual(10);
  });

  it('are none where nothing rises', () => {
    expect(strongestTransients(new Float32Array(100).fill(7), rate, 3)).toEqual([]);
  });
});
