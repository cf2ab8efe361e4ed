// Logistic regression with a little shrinkage, by Newton's method.
import { invert } from '../../src/pipeline/linalg/inverse.ts';

export interface Sample {
  /** The first is 1. */
  readonly figures: readonly number[];
  readonly right: boolean;
  readonly weight: number;
}

const SHRINK = 1;
const STEPS = 30;

/** The weights of the figures; those of figures that are 0 throughout stay 0. */
export function fitLogistic(samples: readonly Sample[]): number[] {
  const n = samples[0]?.figures.length ?? 0;
  const found = new Array<number>(n).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const slope = found.map((value, i) => (i === 0 ? 0 : SHRINK * value));
    const bend = new Float64Array(n * n);
    for (let i = 0; i < n; i++) bend[i * n + i] = i === 0 ? 1e-9 : SHRINK;
    for (const { figures, right, weight } of samples) {
      const share = 1 / (1 + Math.exp(-figures.reduce((sum, figure, i) => sum + figure * found[i]!, 0)));
      for (let i = 0; i < n; i++) {
        slope[i]! += weight * (share - Number(right)) * figures[i]!;
        for (let j = 0; j < n; j++) bend[i * n + j]! += weight * share * (1 - share) * figures[i]! * figures[j]!;
      }
    }
    const inverse = invert(bend, n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) found[i]! -= inverse[i * n + j]! * slope[j]!;
  }
  return found;
}
