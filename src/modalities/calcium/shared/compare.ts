// Scores of several layers side by side, and the story of each match. Distances in pixels.
import type { Score } from './score.ts';

type Figures = Pick<Score, 'recall' | 'precision' | 'combined'>;

/** The benchmark's score and the second opinions on the same regions. */
export interface LayerScore extends Figures, Pick<Score, 'inclusion' | 'exclusion'> {
  readonly regions: number;
  /** The best possible match under the same threshold. */
  readonly optimal: Figures;
  /** IoU ≥ 0.5. */
  readonly overlap: Figures;
}

/** Why the reference matched a region, or why it did not; indices into the list that was scored. */
export type MatchStory =
  | {
      readonly kind: 'matched';
      readonly partner: number;
      readonly distance: number;
      readonly inclusion: number;
      readonly exclusion: number;
    }
  | { readonly kind: 'alone' }
  | { readonly kind: 'far'; readonly nearest: number; readonly distance: number }
  | {
      readonly kind: 'taken';
      readonly nearest: number;
      readonly distance: number;
      /** Who has it, and how far from there. */
      readonly taker: number;
      readonly takerDistance: number;
      /** The nearest that was left for a missed truth; −1 for none. */
      readonly next: number;
      readonly nextDistance: number;
    };

export interface MatchStories {
  readonly truth: readonly MatchStory[];
  readonly estimate: readonly MatchStory[];
}
