import { expect, it } from 'vitest';
import { checkSpikeTimes, orderedSorting } from './sorting.ts';

const raw = { name: 's.npz', format: 'test', samplingRate: 30_000 };

it('sorts stably by time, with what belongs to each spike', () => {
  const sorting = orderedSorting({
    ...raw,
    times: [9, 3, 9, 3],
    clusters: [1, 2, -3, 4],
    listed: [8, 1],
    amplitudes: [10, 20, 30, 40],
    positions: [0, 1, 2, 3, 4, 5, 6, 7],
  });
  expect(Array.from(sorting.order!)).toEqual([1, 3, 0, 2]);
  expect([Array.from(sorting.times), Array.from(sorting.clusters)]).toEqual([
    [3, 3, 9, 9],
    [2, 4, 1, -3],
  ]);
  expect([Array.from(sorting.amplitudes!), Array.from(sorting.positions!)]).toEqual([
    [20, 40, 10, 30],
    [2, 3, 6, 7, 0, 1, 4, 5],
  ]);
  expect(Array.from(sorting.unitIds)).toEqual([-3, 1, 2, 4, 8]);
  expect(sorting.notices).toEqual([
    's.npz: the spike times are not in order (first at spike 1); they were sorted by time. Sorting NPZ saves them like this.',
  ]);
});

it('lists units whatever their number', () => {
  const clusters = [2_000_000_000, 5, 5, 0];
  expect(Array.from(orderedSorting({ ...raw, times: [1, 2, 3, 4], clusters }).unitIds)).toEqual([0, 5, 2_000_000_000]);
  expect(orderedSorting({ ...raw, times: [], clusters: [] }).unitIds).toHaveLength(0);
});

it('refuses spikes without a time or a unit', () => {
  expect(() => orderedSorting({ ...raw, times: [1, Number.NaN], clusters: [1, 1] })).toThrow(/the time NaN/);
  expect(() => orderedSorting({ ...raw, times: [1, 2], clusters: [1, 2 ** 31] })).toThrow(/the unit 2147483648/);
  expect(() => orderedSorting({ ...raw, times: [1, 2], clusters: [1] })).toThrow(/2 spike times, but units for 1/);
});

it('counts spikes that lie outside a recording', () => {
  const sorting = orderedSorting({ ...raw, times: [-5, 0, 99, 100, 1e12], clusters: [1, 1, 1, 1, 1] });
  expect(checkSpikeTimes(sorting, 100)[0]).toMatch(/3 of 5 spikes lie after the end/);
  expect(checkSpikeTimes(sorting, 2e12)[0]).toMatch(/1 of 5 spikes lie before its beginning/);
});
