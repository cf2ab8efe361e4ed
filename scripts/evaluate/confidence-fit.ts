// The weights of the confidence (pipeline/roi/detect/calibrate.ts), fitted on movies with truth: what every candidate's figures are,
// whether it is right, and the logistic regression of one on the other. Every family counts the same.
import type { Region } from '../../src/base/region.ts';
import { figuresOf, type Purpose, type Traits } from '../../src/pipeline/roi/detect/calibrate.ts';
import { gather, type Labels, type UniteInput } from '../../src/pipeline/roi/detect/unite.ts';
import { judge } from './calibration.ts';
import { fitLogistic } from './logistic.ts';

export interface Evidence {
  readonly family: string;
  readonly purpose: Purpose;
  readonly traits: Traits;
  readonly right: boolean;
}

const LABELS: readonly Labels[] = ['both', 'visible', 'active'];
/** What stands lower is never shown by default, whatever the movie. */
const LOWEST = 0.15;
/** A family's candidates together weigh as much as so many. */
const FAMILY_WEIGHT = 1000;

export function evidenceOf(
  searches: Omit<UniteInput, 'labels' | 'sensitivity'>,
  truth: readonly Region[],
  threshold: number,
  family: string,
): Evidence[] {
  return LABELS.flatMap((labels) => {
    const ordered = gather({ ...searches, labels, sensitivity: 0.5 }).candidates.toSorted((a, b) => b.standing - a.standing);
    const judged = judge(
      ordered.map(({ region, standing }) => ({ region, confidence: standing })),
      truth,
      threshold,
    );
    const purpose: Purpose = labels === 'active' ? 'active' : 'any';
    return ordered.map((traits, i) => ({ family, purpose, traits, right: judged[i]!.right }));
  });
}

export function fitWeights(all: readonly Evidence[], purpose: Purpose, carrier: Traits['carrier']): number[] {
  const used = all.filter((one) => one.purpose === purpose && one.traits.carrier === carrier && one.traits.standing > LOWEST);
  const counts = new Map<string, number>();
  for (const { family } of used) counts.set(family, (counts.get(family) ?? 0) + 1);
  return fitLogistic(
    used.map(({ family, traits, right }) => ({
      figures: figuresOf(traits, purpose),
      right,
      weight: FAMILY_WEIGHT / Math.max(50, counts.get(family)!),
    })),
  );
}
