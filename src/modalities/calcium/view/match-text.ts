// The story of a match in one sentence, the words chosen so that a person can check it on the picture.
import { fixed } from '../../../base/number-format.ts';
import type { MatchStory } from '../shared/compare.ts';

export interface Names {
  /** "truth 41": by index in the truth. */
  readonly truth: (index: number) => string;
  /** "region 12": by index in the list that was scored. */
  readonly estimate: (index: number) => string;
}

const px = (distance: number) => `${fixed(distance, 1)} px`;

/** Of a truth region. */
export function tellTruth(story: MatchStory, { truth, estimate }: Names, threshold: number): string {
  if (story.kind === 'matched') return `Found: ${estimate(story.partner)}, ${px(story.distance)} away.`;
  if (story.kind === 'alone') return 'Missed: there are no predictions.';
  const nearest = `Missed: the nearest prediction, ${estimate(story.nearest)}, is ${px(story.distance)} away`;
  if (story.kind === 'far') return `${nearest}; a match is nearer than ${threshold} px.`;
  const left =
    story.next < 0
      ? 'None was left.'
      : `The nearest that was left, ${estimate(story.next)}, is ${px(story.nextDistance)} away; a match is nearer than ${threshold} px.`;
  return `${nearest}, but was taken by ${truth(story.taker)}, which comes earlier in the file (${px(story.takerDistance)}). ${left}`;
}

/** Of a prediction. */
export function tellEstimate(story: MatchStory, { truth, estimate }: Names, threshold: number): string {
  if (story.kind === 'matched') return `Matches ${truth(story.partner)}, ${px(story.distance)} away.`;
  if (story.kind === 'alone') return 'Extra: the truth is empty.';
  const nearest = `Extra: the nearest truth, ${truth(story.nearest)}, is ${px(story.distance)} away`;
  if (story.kind === 'far') return `${nearest}; a match is nearer than ${threshold} px.`;
  const how = story.takerDistance < story.distance ? 'which is nearer' : 'which is as near and comes first';
  return `${nearest}, but took ${estimate(story.taker)}, ${how} (${px(story.takerDistance)}).`;
}
