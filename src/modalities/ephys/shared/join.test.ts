import { describe, expect, it } from 'vitest';
import type { FoundSorting } from './found.ts';
import { sortingId } from './found.ts';
import { type Host, joinedSortings, motionMisfit, sortingMisfit } from './join.ts';

const host: Host = { name: 'a.bin', frames: 90_000, rate: 30_000 };
const sorting = (samplingRate: number, ...times: number[]) => ({
  name: 'b.npz',
  samplingRate,
  times: Float64Array.from(times),
});

describe('a sorting', () => {
  it('fits by rate and by its first and last spike; what nobody says fits', () => {
    expect(sortingMisfit(sorting(30_000.39, 0, 89_999), host)).toBeNull();
    expect(sortingMisfit(sorting(Number.NaN, 5), host)).toBeNull();
    expect(sortingMisfit(sorting(25_000, 5), { ...host, rate: Number.NaN })).toBeNull();
    expect(sortingMisfit(sorting(30_000, 5, 1e9), { ...host, frames: null })).toBeNull();
    expect(sortingMisfit(sorting(30_000), host)).toBeNull();
  });

  it('does not, and both values are told', () => {
    expect(sortingMisfit(sorting(25_000, 5), host)).toBe('b.npz was sorted at 25,000 Hz, a.bin has 30,000 Hz.');
    expect(sortingMisfit(sorting(30_000, 5, 90_000), host)).toBe(
      'The last spike of b.npz is at frame 90,000; a.bin has 90,000 frames.',
    );
    expect(sortingMisfit(sorting(30_000, -4, 5), host)).toBe('The first spike of b.npz is at frame -4; a.bin begins at 0.');
  });
});

it('a motion may end with the recording, not long after it', () => {
  expect(motionMisfit({ times: Float64Array.of(0, 3.02) }, host)).toBeNull();
  expect(motionMisfit({ times: Float64Array.of(0, 580.15) }, host)).toBe(
    'The imposed motion lasts until 580.15 s; a.bin is 3 s long.',
  );
  expect(motionMisfit({ times: Float64Array.of(0, 580.15) }, { ...host, frames: null })).toBeNull();
});

describe('a sorting that joins others', () => {
  const phy: FoundSorting = { kind: 'phy', root: 'run/sorted', name: 'sorted', entries: [2, 3] };
  const good: FoundSorting = { ...phy, name: 'sorted, good units', group: 'good' };
  const mda: FoundSorting = { kind: 'mda', root: 'firings.mda', name: 'firings.mda', entries: [0], parameters: 1 };

  it('keeps its names, and its entries follow', () => {
    expect(joinedSortings([mda], [phy, good], 7)).toEqual([
      { ...phy, entries: [9, 10] },
      { ...good, entries: [9, 10] },
    ]);
    expect(joinedSortings([phy], [mda], 4)).toEqual([{ ...mda, entries: [4], parameters: 5 }]);
  });

  it('gets a number where one is called the same, its good units the same one', () => {
    const there = [phy, good, ...joinedSortings([phy, good], [phy, good], 4)];
    const third = joinedSortings(there, [phy, good], 8);
    expect(third.map(({ root, name }) => [root, name])).toEqual([
      ['run/sorted (3)', 'sorted (3)'],
      ['run/sorted (3)', 'sorted, good units (3)'],
    ]);
    expect(new Set([...there, ...third].map(sortingId)).size).toBe(6);
    const loose: FoundSorting = { ...phy, root: '', name: 'phy' };
    expect(joinedSortings([loose], [loose], 4)[0]).toMatchObject({ root: 'phy (2)', name: 'phy (2)' });
  });

  it('gets one as well where it only is shown by the same name', () => {
    expect(joinedSortings([phy], [{ ...phy, root: 'other/sorted' }], 0)[0]).toMatchObject({
      root: 'other/sorted (2)',
      name: 'sorted (2)',
    });
  });
});
