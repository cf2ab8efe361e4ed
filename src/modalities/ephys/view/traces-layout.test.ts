import { expect, it } from 'vitest';
import { AXIS, frameOf, panesOf, tickStep, tickText, xOf } from './traces-layout.ts';

it('stacks panes above the axis without overlap', () => {
  const panes = panesOf({ mode: 'both', side: 'split' }, 500);
  expect(panes.map(({ kind, side }) => `${kind} ${side}`)).toEqual(['lines result', 'lines raw', 'heat result', 'heat raw']);
  panes.slice(1).forEach((pane, i) => {
    expect(pane.top).toBeGreaterThanOrEqual(panes[i]!.top + panes[i]!.height);
  });
  expect(panes.at(-1)!.top + panes.at(-1)!.height).toBeCloseTo(500 - AXIS, 9);
});

it('maps frames to px and back beyond 2^32', () => {
  const map = { from: 5e9 + 0.5, span: 3000, width: 700 };
  expect(frameOf(map, xOf(map, 5e9 + 1234))).toBeCloseTo(5e9 + 1234, 3);
});

it('chooses round steps and says their unit', () => {
  expect(tickStep(0.1, 10)).toBeCloseTo(0.01, 12);
  expect(tickStep(0.09, 4)).toBeCloseTo(0.05, 12);
  expect(tickText(0, 0.01)).toBe('0 ms');
  expect(tickText(0.03, 0.01)).toBe('+30 ms');
  expect(tickText(0.0001, 0.0001)).toBe('+100 µs');
  expect(tickText(600, 300)).toBe('+10 min');
});
