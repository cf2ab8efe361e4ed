import { expect, it } from 'vitest';
import { analogColumns } from './recording-info.ts';
import { type Sorting, spikesByUnit, unitsInGroup, withUnits } from './sorting.ts';

const sorting: Sorting = {
  name: 's',
  format: 't',
  samplingRate: 30_000,
  times: Float64Array.of(1, 4, 4, 9, 2 ** 33),
  clusters: Int32Array.of(7, 2, 7, 2, 7),
  unitIds: Int32Array.of(2, 5, 7),
  unitNames: ['b', 'e', 'g'],
  fields: [{ name: 'group', values: ['good', undefined, 'mua'] }],
  amplitudes: Float64Array.of(1, 2, 3, 4, 5),
  positions: Float64Array.of(0, 1, 10, 11, 20, 21, 30, 31, 40, 41),
  notices: [],
};

it('lists the spikes of every unit, of those without spikes too', () => {
  expect(spikesByUnit(sorting).map((spikes) => Array.from(spikes))).toEqual([[1, 3], [], [0, 2, 4]]);
});

it('keeps some units with all that belongs to them', () => {
  const part = withUnits(sorting, new Set([7, 5]));
  expect(part).toEqual({
    ...sorting,
    times: Float64Array.of(1, 4, 2 ** 33),
    clusters: Int32Array.of(7, 7, 7),
    unitIds: Int32Array.of(5, 7),
    unitNames: ['e', 'g'],
    fields: [{ name: 'group', values: [undefined, 'mua'] }],
    amplitudes: Float64Array.of(1, 3, 5),
    positions: Float64Array.of(0, 1, 20, 21, 40, 41),
  });
  expect(withUnits({ ...sorting, positions: undefined, amplitudes: undefined }, new Set()).times).toHaveLength(0);
});

it('tells units by their group', () => {
  expect([...unitsInGroup(sorting, 'good')]).toEqual([2]);
  expect(unitsInGroup({ ...sorting, fields: [] }, 'good').size).toBe(0);
});

it('tells electrodes from digital words', () => {
  expect(analogColumns({ channels: 5, sync: [4, 1] })).toEqual([0, 2, 3]);
});
