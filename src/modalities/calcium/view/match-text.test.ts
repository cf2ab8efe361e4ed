import { expect, it } from 'vitest';
import { tellEstimate, tellTruth } from './match-text.ts';

const names = { truth: (i: number) => `truth ${9000 + i}`, estimate: (j: number) => `region ${j + 1}` };

it('tells a match from both sides', () => {
  const story = { kind: 'matched', partner: 4, distance: 1.84, inclusion: 0.8, exclusion: 0.9 } as const;
  expect(tellTruth(story, names, 6)).toBe('Found: region 5, 1.8 px away.');
  expect(tellEstimate(story, names, 6)).toBe('Matches truth 9004, 1.8 px away.');
});

it('tells why a truth was missed', () => {
  expect(tellTruth({ kind: 'alone' }, names, 6)).toBe('Missed: there are no predictions.');
  expect(tellTruth({ kind: 'far', nearest: 0, distance: 7.2 }, names, 6)).toBe(
    'Missed: the nearest prediction, region 1, is 7.2 px away; a match is nearer than 6 px.',
  );
  const taken = { kind: 'taken', nearest: 0, distance: 2, taker: 3, takerDistance: 1, next: 6, nextDistance: 8 } as const;
  expect(tellTruth(taken, names, 6)).toBe(
    'Missed: the nearest prediction, region 1, is 2.0 px away, but was taken by truth 9003, which comes earlier in the file ' +
      '(1.0 px). The nearest that was left, region 7, is 8.0 px away; a match is nearer than 6 px.',
  );
  expect(tellTruth({ ...taken, next: -1, nextDistance: Infinity }, names, 6)).toMatch(/\(1\.0 px\)\. None was left\.$/);
});

it('tells why a prediction is extra', () => {
  expect(tellEstimate({ kind: 'alone' }, names, 6)).toBe('Extra: the truth is empty.');
  expect(tellEstimate({ kind: 'far', nearest: 1, distance: 30 }, names, 6)).toBe(
    'Extra: the nearest truth, truth 9001, is 30.0 px away; a match is nearer than 6 px.',
  );
  const taken = { kind: 'taken', nearest: 1, distance: 3, taker: 0, takerDistance: 2, next: -1, nextDistance: Infinity } as const;
  expect(tellEstimate(taken, names, 6)).toBe(
    'Extra: the nearest truth, truth 9001, is 3.0 px away, but took region 1, which is nearer (2.0 px).',
  );
  expect(tellEstimate({ ...taken, takerDistance: 3 }, names, 6)).toMatch(/which is as near and comes first \(3\.0 px\)\.$/);
});
