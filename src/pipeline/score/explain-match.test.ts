import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Region, regionFrom } from '../../base/region.ts';
import { makeRng } from '../../base/rng.ts';
import { explainMatch, type MatchStory } from './explain-match.ts';
import { scoreRegions } from './neurofinder.ts';

const dot = (row: number, col: number): Region => regionFrom([[row, col]]);

describe('the story of a match', () => {
  it('names the partner, the distance, inclusion and exclusion', () => {
    const wide = regionFrom([
      [0, 0],
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
    const narrow = regionFrom([
      [0, 1],
      [0, 2],
    ]);
    const { truth, estimate } = explainMatch([wide], [dot(9, 9), narrow], 5);
    expect(truth).toEqual([{ kind: 'matched', partner: 1, distance: 0, inclusion: 0.5, exclusion: 1 }]);
    expect(estimate[1]).toEqual({ kind: 'matched', partner: 0, distance: 0, inclusion: 0.5, exclusion: 1 });
  });

  it('says that the nearest is too far, also when it is exactly at the threshold', () => {
    const { truth, estimate } = explainMatch([dot(0, 0)], [dot(0, 20), dot(3, 4)], 5);
    expect(truth[0]).toEqual({ kind: 'far', nearest: 1, distance: 5 });
    expect(estimate).toEqual([
      { kind: 'far', nearest: 0, distance: 20 },
      { kind: 'far', nearest: 0, distance: 5 },
    ]);
  });

  it('says which earlier truth took the nearest, and what was left', () => {
    const { truth, estimate } = explainMatch([dot(0, 0), dot(0, 4)], [dot(0, 2), dot(0, -3)], 4);
    expect(truth[0]).toMatchObject({ kind: 'matched', partner: 0, distance: 2 });
    expect(truth[1]).toEqual({
      kind: 'taken',
      nearest: 0,
      distance: 2,
      taker: 0,
      takerDistance: 2,
      next: 1,
      nextDistance: 7,
    });
    // The extra estimate lies near enough to truth 0, which found a nearer one.
    expect(estimate[1]).toMatchObject({ kind: 'taken', nearest: 0, distance: 3, taker: 0, takerDistance: 2 });
  });

  it('says when nothing is left at all', () => {
    const { truth } = explainMatch([dot(0, 0), dot(0, 1)], [dot(0, 0)], 4);
    expect(truth[1]).toMatchObject({ kind: 'taken', nearest: 0, taker: 0, next: -1, nextDistance: Infinity });
  });

  it('says when there is nobody', () => {
    expect(explainMatch([dot(0, 0)], [], 4)).toEqual({ truth: [{ kind: 'alone' }], estimate: [] });
    expect(explainMatch([], [dot(0, 0)], 4)).toEqual({ truth: [], estimate: [{ kind: 'alone' }] });
  });
});

interface GoldenCase {
  readonly name: string;
  readonly threshold: number | 'inf';
  readonly truth: readonly { coordinates?: number[][] }[];
  readonly estimate: readonly { coordinates?: number[][] }[];
  readonly expected: { readonly error?: string; readonly match?: readonly (number | null)[] };
}

describe('every story agrees with the reference', () => {
  const golden: GoldenCase[] = JSON.parse(
    readFileSync(new URL('../../test/golden/neurofinder/cases.json', import.meta.url).pathname, 'utf8'),
  );
  const regions = (list: GoldenCase['truth']) => list.map(({ coordinates = [] }) => regionFrom(coordinates));

  for (const { name, threshold, truth, estimate, expected } of golden) {
    // What the reference refuses, and points that are no pairs, are the scorer's own tests.
    const plain = [...truth, ...estimate].every(({ coordinates }) => coordinates?.every((point) => Array.isArray(point)));
    if (!plain || !expected.match || truth.length === 0 || estimate.length === 0) continue;
    it(name, () => {
      const limit = threshold === 'inf' ? Infinity : threshold;
      const stories = explainMatch(regions(truth), regions(estimate), limit);
      expect(stories.truth.map((story) => (story.kind === 'matched' ? story.partner : null))).toEqual(expected.match);
    });
  }

  it('on 200 crowded scenes: a taken region was taken by an earlier truth, and what was left is too far', () => {
    const rng = makeRng(11);
    const seen = new Set<string>();
    const scatter = (count: number) => Array.from({ length: count }, () => dot(rng.below(30), rng.below(30)));
    for (let scene = 0; scene < 200; scene++) {
      const [truth, estimate] = [scatter(20), scatter(20)];
      const { match } = scoreRegions(truth, estimate, 4);
      const stories = explainMatch(truth, estimate, 4);
      stories.truth.forEach((story, i) => {
        seen.add(`truth ${story.kind}`);
        expect(story.kind === 'matched' ? story.partner : -1).toBe(match[i]);
        if (story.kind === 'far') expect(story.distance).toBeGreaterThanOrEqual(4);
        if (story.kind !== 'taken') return;
        expect(story.taker).toBeLessThan(i);
        expect(match[story.taker]).toBe(story.nearest);
        expect(story.distance).toBeLessThan(4);
        expect(story.nextDistance).toBeGreaterThanOrEqual(4);
      });
      stories.estimate.forEach((story: MatchStory, j) => {
        seen.add(`estimate ${story.kind}`);
        if (story.kind === 'matched') expect(match[story.partner]).toBe(j);
        if (story.kind !== 'taken') return;
        expect(match[story.nearest]).toBe(story.taker);
        expect(story.takerDistance).toBeLessThanOrEqual(story.distance);
      });
    }
    expect(seen.size).toBe(6);
  });
});
