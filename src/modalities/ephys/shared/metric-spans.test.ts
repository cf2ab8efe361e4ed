import { expect, it } from 'vitest';
import { metricSpans, secondsOfSpans } from './metric-spans.ts';

it('reads a short recording whole, its last part of a second too', () => {
  const spans = metricSpans(2500, 1000, 120);
  expect(spans).toEqual([
    { from: 0, to: 1000 },
    { from: 1000, to: 2000 },
    { from: 2000, to: 2500 },
  ]);
  expect(secondsOfSpans(spans, 1000)).toBe(2.5);
});

it('reads seconds evenly over a long one, or all of it', () => {
  const spans = metricSpans(3_600_000, 1000, 120);
  expect(spans.length).toBe(120);
  expect([spans[0]!.from, spans[1]!.from, spans.at(-1)!.from]).toEqual([0, 30_000, 3_570_000]);
  expect(secondsOfSpans(metricSpans(3_600_000, 1000, Number.POSITIVE_INFINITY), 1000)).toBe(3600);
});
