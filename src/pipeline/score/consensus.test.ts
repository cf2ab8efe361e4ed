// By hand: three people, four cells. By property: one's own consensus is oneself, and the order of people does not matter.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Region, regionFrom } from '../../base/region.ts';
import { consensusOf, majorityOf } from './consensus.ts';

function box(row: number, col: number, rows: number, cols: number): Region {
  return regionFrom(Array.from({ length: rows * cols }, (_, i) => [row + Math.floor(i / cols), col + (i % cols)]));
}

const pixels = ({ points }: Region) =>
  Array.from({ length: points.length / 2 }, (_, i) => `${points[2 * i]},${points[2 * i + 1]}`);
const asSets = (regions: readonly Region[]) => regions.map((one) => pixels(one).join(' ')).sort();

// All three drew X, two drew Y, one Z; X a column further right by the second.
const X = box(0, 0, 4, 4);
const X2 = box(0, 1, 4, 4);
const Y = box(10, 10, 3, 3);
const Z = box(0, 10, 3, 3);
const PEOPLE = [[X, Y], [X2], [X, Y, Z]];

it('everybody: the cell that all drew, with the pixels of most', () => {
  expect(asSets(consensusOf(PEOPLE, { votes: 3, pixels: 'most' }))).toEqual(asSets([X]));
});

it('a majority of three is two', () => {
  expect(majorityOf(3)).toBe(2);
  expect(majorityOf(2)).toBe(2);
  expect(majorityOf(4)).toBe(3);
  expect(asSets(consensusOf(PEOPLE, { votes: 2, pixels: 'most' }))).toEqual(asSets([X, Y]));
});

it('anybody: every cell once, with every pixel that one of them marked', () => {
  expect(asSets(consensusOf(PEOPLE, { votes: 1, pixels: 'any' }))).toEqual(asSets([box(0, 0, 4, 5), Y, Z]));
});

it('two people: what both have are the pixels of both', () => {
  expect(asSets(consensusOf([[X], [X2]], { votes: 2, pixels: 'most' }))).toEqual(asSets([box(0, 1, 4, 3)]));
  expect(consensusOf([[X], [Z]], { votes: 2, pixels: 'most' })).toEqual([]);
  expect(consensusOf([], { votes: 1, pixels: 'any' })).toEqual([]);
});

// Cells on a grid of 8 px, so that nobody's cells touch another cell's.
const cell = fc.record({ place: fc.nat({ max: 8 }), shift: fc.nat({ max: 1 }) });
const person = fc
  .uniqueArray(cell, { selector: ({ place }) => place, maxLength: 6 })
  .map((cells) => cells.map(({ place, shift }) => box(8 * Math.floor(place / 3), 8 * (place % 3) + shift, 5, 5)));

it('is the set itself for one person, and for several who drew the same', () => {
  fc.assert(
    fc.property(person, fc.integer({ min: 1, max: 4 }), (set, people) => {
      for (const rule of [
        { votes: people, pixels: 'most' },
        { votes: 1, pixels: 'any' },
      ] as const)
        expect(asSets(consensusOf(Array(people).fill(set), rule))).toEqual(asSets(set));
    }),
  );
});

it('does not depend on the order of people', () => {
  fc.assert(
    fc.property(fc.array(person, { minLength: 2, maxLength: 4 }), (people) => {
      for (const rule of [
        { votes: majorityOf(people.length), pixels: 'most' },
        { votes: 1, pixels: 'any' },
      ] as const)
        expect(asSets(consensusOf([...people].reverse(), rule))).toEqual(asSets(consensusOf(people, rule)));
    }),
  );
});
