// Fuzzy search: what fits, what does not, and what comes first.
import { expect, it } from 'vitest';
import { fuzzyFit } from './fuzzy.ts';

const marked = (query: string, text: string) => {
  const hits = new Set(fuzzyFit(query, text)?.hits);
  return [...text].map((letter, at) => (hits.has(at) ? letter.toUpperCase() : letter.toLowerCase())).join('');
};
const score = (query: string, text: string) => fuzzyFit(query, text)?.score ?? Number.NEGATIVE_INFINITY;

it('finds words, their beginnings and their letters, in any order', () => {
  expect(marked('corr exp', 'Export Correlation image')).toBe('EXPort CORRelation image');
  expect(marked('std', 'Standard deviation')).toBe('STanDard deviation');
  expect(marked('tion', 'Detection')).toBe('detecTION');
  expect(marked('ΔF', 'Movie ΔF/F₀')).toBe('movie ΔF/f₀');
});

it('refuses what is not there, and letters that begin in the middle of a word', () => {
  expect(fuzzyFit('fit zoom', 'Fit')).toBeNull();
  expect(fuzzyFit('tvn', 'Detective nuance')).toBeNull();
  expect(fuzzyFit('corr', 'Contrast from what is shown')).toBeNull();
  expect(fuzzyFit('corr', 'Close neurofinder')).toBeNull();
  expect(fuzzyFit('xyz', 'Fit')).toBeNull();
});

it('prefers beginnings to insides, insides to scattered letters, and short names', () => {
  expect(score('rec', 'Record')).toBeGreaterThan(score('rec', 'Precision'));
  expect(score('rec', 'Precision')).toBeGreaterThan(score('rec', 'Read exact curves'));
  expect(score('fit', 'Fit')).toBeGreaterThan(score('fit', 'Fit all the views'));
  expect(score('', 'Fit')).toBeGreaterThan(score('', 'Fit all'));
});
