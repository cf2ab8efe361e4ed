// Exchanged rows and columns are the classic error of this benchmark (its documents say [x, y] and mean [row, column]):
// the estimate is scored both ways, and a far better score the other way round is reported.
import { type Region, transposed } from '../../base/region.ts';
import { type NeurofinderScore, scoreRegions } from './neurofinder.ts';

export interface Transposition {
  readonly asIs: NeurofinderScore;
  readonly exchanged: NeurofinderScore;
  readonly suspect: boolean;
  /** For people, where suspect. */
  readonly warning: string | null;
}

/** Scores `estimate` as it is and with rows and columns exchanged; `threshold` in px. Pass `asIs` where it is known already. */
export function compareTransposed(
  truth: readonly Region[],
  estimate: readonly Region[],
  threshold: number,
  asIs: NeurofinderScore = scoreRegions(truth, estimate, threshold),
): Transposition {
  const exchanged = scoreRegions(truth, estimate.map(transposed), threshold);
  const suspect = looksTransposed(asIs, exchanged);
  const figures = `${asIs.combined.toFixed(2)} as it is, ${exchanged.combined.toFixed(2)} exchanged`;
  return { asIs, exchanged, suspect, warning: suspect ? `Rows and columns look exchanged: ${figures}.` : null };
}

/** True where the exchanged score is at least twice as good, by 0.1 or more, and the gain in matches is more than chance gives
 *  (two standard deviations of a difference of counts): dense fields match 10–20 % by chance either way. */
export function looksTransposed(
  asIs: Pick<NeurofinderScore, 'combined' | 'pairs'>,
  exchanged: Pick<NeurofinderScore, 'combined' | 'pairs'>,
): boolean {
  const gain = exchanged.pairs.length - asIs.pairs.length;
  const chance = 2 * Math.sqrt(exchanged.pairs.length + asIs.pairs.length);
  return exchanged.combined >= 2 * asIs.combined && exchanged.combined - asIs.combined >= 0.1 && gain >= chance;
}
