import { expect, it } from 'vitest';
import type { Curation, UnitName } from '../../../base/curation.ts';
import type { Unit, UnitSet } from './units.ts';
import { withCuration } from './with-curation.ts';

const unit = (id: number, spikes: number[], label: Unit['label'] = 'unsorted', name = String(id)): Unit => ({
  id,
  name,
  spikes: Int32Array.from(spikes),
  label,
});
const set: UnitSet = {
  units: new Map([unit(2, [0, 3, 9], 'good'), unit(5, [1, 4]), unit(8, [2, 6, 7])].map((one) => [one.id, one])),
  nextId: 9,
};
const curation = (part: Partial<Curation<UnitName>>): Curation<UnitName> => ({
  unitIds: [2, 5, 8],
  labels: new Map(),
  merges: [],
  splits: [],
  removed: [],
  ...part,
});
const told = ({ units }: UnitSet) => [...units.values()].map(({ id, name, label, spikes }) => [id, name, label, [...spikes]]);

it('labels, merges, splits and removes', () => {
  const labels = new Map([
    [2, 'mua'],
    [5, 'mua'],
    [8, 'noise'],
  ] as const);
  const { set: next, unknown } = withCuration(
    set,
    curation({ labels, merges: [{ units: [2, 5], into: 12 }], splits: [{ unit: 8, parts: [[2]], into: [20, 21] }] }),
  );
  expect(told(next)).toEqual([
    [12, '12', 'mua', [0, 1, 3, 4, 9]],
    [20, '20', 'noise', [7]],
    [21, '21', 'noise', [2, 6]],
  ]);
  expect([next.nextId, unknown]).toEqual([22, []]);
  expect(told(withCuration(set, curation({ removed: [2, 8] })).set)).toEqual([[5, '5', 'unsorted', [1, 4]]]);
});

it('gives new numbers where a number is taken or not told', () => {
  const { set: next } = withCuration(set, curation({ merges: [{ units: [2, 5], into: 8 }], removed: [8] }));
  expect([...next.units.keys()]).toEqual([9]);
  const named = withCuration(set, curation({ merges: [{ units: [2, 5], into: 'both' }] })).set;
  expect(named.units.get(9)).toMatchObject({ id: 9, name: 'both' });
});

it('tells units that the sorting does not have, and does the rest', () => {
  const labels = new Map([
    [77, 'good'],
    [5, 'good'],
  ] as const);
  const { set: next, unknown } = withCuration(set, curation({ labels, merges: [{ units: [2, 78] }] }));
  expect(unknown).toEqual([77, 78]);
  expect([...next.units.keys()]).toEqual([2, 5, 8]);
  expect(next.units.get(5)!.label).toBe('good');
});

it('finds units by the names that their file gives them', () => {
  const texts: UnitSet = { units: new Map([[0, unit(0, [4], 'unsorted', 'b7')]]), nextId: 1 };
  const { set: next } = withCuration(texts, curation({ labels: new Map([['b7', 'good']] as const) }));
  expect(next.units.get(0)).toMatchObject({ name: 'b7', label: 'good' });
});

it('refuses splits that do not fit the spikes', () => {
  const split = (parts: number[][]) => () => withCuration(set, curation({ splits: [{ unit: 5, parts }] }));
  expect(split([[0], [2]])).toThrow(/unit 5, which has 2 spikes, not a spike 2/);
  expect(split([[0], [0, 1]])).toThrow(/the spike 0 twice/);
});
