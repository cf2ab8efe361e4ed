// From standing to confidence, 0…1: how often detections like this one are right. Logistic in two figures: the standing, which tells
// texture from rings, and for rings the clearness, which tells clear rings from faint ones. The weights are those that
// scripts/evaluate/fit-confidence.ts prints for simulated movies of all families; nothing is fitted to a real movie.
import { HIGHEST, LOWEST } from './standing.ts';

export interface Traits {
  /** Whether the ring carries it, or activity alone. */
  readonly carrier: 'ring' | 'activity';
  readonly standing: number;
  /** Mean gain over all searches by the squared radius: the share of a disc's whitened power that a ring explains, up to a factor. */
  readonly clearness: number;
}

/** Weights of 1, of the odds of the standing and of the logarithm of the clearness. */
export type Weights = readonly [bias: number, standing: number, clearness: number];
export type Purpose = 'any' | 'active';

/** Null: the belief that was measured in the movie itself is taken as it is, because simulated movies hold too few to fit. */
export const WEIGHTS: Readonly<Record<Purpose, Readonly<Record<Traits['carrier'], Weights | null>>>> = {
  any: { ring: [-0.52, 0.77, 1.29], activity: null },
  active: { ring: [-0.26, 0.59, 0.86], activity: [0.29, 0.86, 0] },
};

/** Standings so near the ends tell nothing more. */
const EXTREME = 0.02;
/** Log odds above which texture is excluded far enough: then only the clearness of rings differs. */
const SURE_RING = 0.5;
const FAINTEST = 0.01;

/** What the weights are multiplied with. */
export function figuresOf({ carrier, standing, clearness }: Traits, purpose: Purpose): Weights {
  const share = Math.min(1 - EXTREME, Math.max(EXTREME, (standing - LOWEST) / (HIGHEST - LOWEST)));
  const odds = Math.log(share / (1 - share));
  if (carrier === 'activity') return [1, odds, 0];
  return [1, purpose === 'any' ? Math.min(SURE_RING, odds) : odds, Math.log(Math.max(FAINTEST, clearness))];
}

function expected(traits: Traits, purpose: Purpose): number {
  const weights = WEIGHTS[purpose][traits.carrier];
  if (!weights) return traits.standing;
  return 1 / (1 + Math.exp(-figuresOf(traits, purpose).reduce((sum, figure, i) => sum + figure * weights[i]!, 0)));
}

/** What keeps those apart that the cut would make equal, and the steps that a person's cut comes in. */
const TINY = 1e-6;
const STEPS = 100;

/**
 * Confidences, and the cut on them that keeps as many as have a standing of at least `asked`. What is kept by default (a standing
 * of at least `middle`) stands above the default cut and what is not below it, so that both orders agree there; that cut is a whole
 * number of steps, so that a person who moved it comes back to the same regions.
 */
export function calibrate(
  all: readonly Traits[],
  purpose: Purpose,
  middle: number,
  asked: number,
): { readonly confidence: readonly number[]; readonly cut: number } {
  const raw = all.map((traits) => expected(traits, purpose));
  const line = Math.round(STEPS * cutAfter(raw, all.filter(({ standing }) => standing >= middle).length)) / STEPS;
  const confidence = raw.map((value, i) => {
    const { standing } = all[i]!;
    return standing >= middle ? Math.max(value, line + TINY * standing) : Math.min(value, line - TINY * (1 - standing));
  });
  return {
    confidence,
    cut: asked === middle ? line : cutAfter(confidence, all.filter(({ standing }) => standing >= asked).length),
  };
}

/** Half way between the last of the `count` highest and the next. */
function cutAfter(values: readonly number[], count: number): number {
  const sorted = values.toSorted((a, b) => b - a);
  return ((count > 0 ? sorted[count - 1]! : 1) + (sorted[count] ?? 0)) / 2;
}
