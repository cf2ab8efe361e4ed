// Which region of the other list is compared with the selected one: its match, else the nearest by centre.
import { centre, type Region } from '../../../base/region.ts';
import type { Detection } from '../shared/detection.ts';
import type { KeptScore } from './region-rows.ts';
import type { Selection } from './store.ts';

interface Lists {
  /** Full lists, in the order of `Selection.index`. */
  readonly detections: readonly Detection[];
  readonly truth: readonly Region[];
  readonly score: Pick<KeptScore, 'match' | 'estimates'> | undefined;
}

/** Null without a score, and for a prediction that the score leaves out. */
export function partnerOf({ layer, index }: Selection, { detections, truth, score }: Lists): Selection | null {
  if (!score) return null;
  if (layer === 'truth') {
    const region = truth[index];
    if (!region) return null;
    const matched = score.match[index] ?? -1;
    const [row, col] = centre(region);
    const estimate = matched >= 0 ? matched : nearest(row, col, score.estimates);
    const found = detections.indexOf(score.estimates[estimate]!);
    return found < 0 ? null : { layer: 'predictions', index: found };
  }
  const one = detections[index];
  const estimate = one ? score.estimates.indexOf(one) : -1;
  if (!one || estimate < 0) return null;
  const matched = score.match.indexOf(estimate);
  const found = matched >= 0 ? matched : nearest(one.row, one.col, truth.map(centred));
  return found < 0 ? null : { layer: 'truth', index: found };
}

const centred = (region: Region) => {
  const [row, col] = centre(region);
  return { row, col };
};

function nearest(row: number, col: number, points: readonly { readonly row: number; readonly col: number }[]): number {
  let best = -1;
  let least = Number.POSITIVE_INFINITY;
  points.forEach((point, i) => {
    const distance = Math.hypot(point.row - row, point.col - col);
    if (distance < least) {
      least = distance;
      best = i;
    }
  });
  return best;
}
