import { expect, it } from 'vitest';
import { parseOptions } from './options.ts';
import { advantage, tableOf } from './report.ts';
import { quantile } from './statistics.ts';

it('reads options and refuses others in a sentence', () => {
  expect(parseOptions([])).toEqual({ frames: 600, rivalFrames: 150, part: 'all' });
  expect(parseOptions(['--frames', '100', '--only', 'rivals'])).toEqual({ frames: 100, rivalFrames: 100, part: 'rivals' });
  for (const words of [['--frames'], ['--frames', '0'], ['--frames', '1.5'], ['--only', 'nothing'], ['--speed', '3']]) {
    expect(() => parseOptions(words)).toThrow(/--frames/);
  }
});

it('interpolates quantiles and leaves its input alone', () => {
  const values = [4, 1, 3, 2];
  expect(quantile(values, 0.5)).toBe(2.5);
  expect(quantile(values, 0)).toBe(1);
  expect(quantile(values, 1)).toBe(4);
  expect(quantile([0, 10], 0.95)).toBeCloseTo(9.5);
  expect(values).toEqual([4, 1, 3, 2]);
  expect(quantile([], 0.5)).toBeNaN();
});

it('says how many times better, whichever way better is', () => {
  const row = { what: 'a', unit: 'ms', value: 2 };
  expect(advantage({ ...row, rival: { name: 'b', value: 8, better: 'less' } })).toBe(4);
  expect(advantage({ ...row, rival: { name: 'b', value: 8, better: 'more' } })).toBe(0.25);
  expect(advantage(row)).toBeUndefined();
});

it('prints a missing figure as –, never as zero', () => {
  const table = tableOf([
    { what: 'scoring', unit: 'ms', value: undefined },
    { what: 'pass', unit: 'frames/s', value: 150.4, rival: { name: 'usual', value: 50, better: 'more' } },
  ]);
  expect(table.split('\n')).toHaveLength(3);
  expect(table).toMatch(/scoring +– ms/);
  expect(table).toMatch(/pass +150 frames\/s +50\.0 frames\/s {2}usual +3\.01 x/);
});
