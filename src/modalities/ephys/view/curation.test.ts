import { expect, it } from 'vitest';
import { withLabels, withMerge, withSplit } from './curation.ts';
import type { Unit, UnitSet } from './units.ts';

const unit = (id: number, spikes: number[], label: Unit['label'] = 'unsorted'): Unit => ({
  id,
  name: String(id),
  spikes: Int32Array.from(spikes),
  label,
});
const set: UnitSet = {
  units: new Map([unit(2, [0, 3, 9], 'good'), unit(5, [1, 4], 'good'), unit(8, [2])].map((one) => [one.id, one])),
  nextId: 9,
};

it('labels units and leaves the others as they are', () => {
  const next = withLabels(set, [5, 77], 'noise');
  expect(next.units.get(5)!.label).toBe('noise');
  expect(next.units.get(2)).toBe(set.units.get(2));
  expect(set.units.get(5)!.label).toBe('good');
});

it('merges into a new unit in order of time', () => {
  const next = withMerge(set, [5, 2]);
  expect([...next.units.keys()]).toEqual([8, 9]);
  expect([...next.units.get(9)!.spikes]).toEqual([0, 1, 3, 4, 9]);
  expect(next.units.get(9)).toMatchObject({ label: 'good', id: 9 });
  expect(next.nextId).toBe(10);
  expect(withMerge(set, [2])).toBe(set);
});

it('splits into two new units that have all spikes between them', () => {
  const next = withSplit(set, 2, new Set([1]));
  expect([...next.units.get(9)!.spikes]).toEqual([3]);
  expect([...next.units.get(10)!.spikes]).toEqual([0, 9]);
  expect(next.units.has(2)).toBe(false);
  expect(withSplit(set, 2, new Set())).toBe(set);
  expect(withSplit(set, 2, new Set([0, 1, 2]))).toBe(set);
});
