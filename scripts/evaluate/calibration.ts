// Does the confidence say how often a region is right? A reliability table in ten equal steps of confidence, and the expected
// calibration error: the mean distance between confidence and share of right ones, weighted by the number of regions.
import { centre, type Region } from '../../src/base/region.ts';

export interface Judged {
  readonly confidence: number;
  readonly right: boolean;
}

export interface ReliabilityRow {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** Mean confidence and share of right ones. */
  readonly confidence: number;
  readonly right: number;
}

const STEPS = 10;

/** Best first, each region takes the nearest truth nearer than `threshold` px that is still free; it is right if there is one. */
export function judge(
  found: readonly { readonly region: Region; readonly confidence: number }[],
  truth: readonly Region[],
  threshold: number,
): Judged[] {
  const centres = truth.map(centre);
  const free = new Set(centres.keys());
  return [...found]
    .sort((a, b) => b.confidence - a.confidence)
    .map(({ region, confidence }) => {
      const [row, col] = centre(region) as [number, number];
      let best = -1;
      let least = threshold;
      for (const i of free) {
        const distance = Math.hypot(centres[i]![0]! - row, centres[i]![1]! - col);
        if (distance < least) [best, least] = [i, distance];
      }
      free.delete(best);
      return { confidence, right: best >= 0 };
    });
}

/** Rows without a region are left out. */
export function reliability(judged: readonly Judged[]): ReliabilityRow[] {
  const step = (confidence: number) => Math.min(STEPS - 1, Math.floor(confidence * STEPS));
  return Array.from({ length: STEPS }, (_, i) => judged.filter(({ confidence }) => step(confidence) === i)).flatMap((row, i) => {
    if (row.length === 0) return [];
    const sum = row.reduce((total, { confidence }) => total + confidence, 0);
    const right = row.filter((one) => one.right).length;
    const mean = { confidence: sum / row.length, right: right / row.length };
    return [{ from: i / STEPS, to: (i + 1) / STEPS, count: row.length, ...mean }];
  });
}

/** NaN without regions. */
export function calibrationError(judged: readonly Judged[]): number {
  const off = reliability(judged).reduce((sum, row) => sum + row.count * Math.abs(row.confidence - row.right), 0);
  return judged.length > 0 ? off / judged.length : Number.NaN;
}

/** Chance that a right region of a movie stands above a wrong one of it: 0.5 says nothing, 1 puts all right ones first. NaN without
 *  regions of both kinds. */
export function ordering(judged: readonly Judged[]): number {
  const right = judged.filter((one) => one.right);
  const wrong = judged.filter((one) => !one.right);
  const above = (a: Judged, b: Judged) => (a.confidence > b.confidence ? 1 : a.confidence === b.confidence ? 0.5 : 0);
  const won = right.reduce((sum, a) => sum + wrong.reduce((own, b) => own + above(a, b), 0), 0);
  return won / (right.length * wrong.length);
}
