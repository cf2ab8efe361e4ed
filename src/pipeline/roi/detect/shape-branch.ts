// The shape search: rings (somata with dark nuclei) on a mean image, by a dictionary learned from that image, with a
// false-discovery rate from surrogate images. Needs nothing but the soma radius.
import type { Plane } from '../../../base/ndarray.ts';
import { makeRng } from '../../../base/rng.ts';
import { type Steps, within } from '../../../base/steps.ts';
import { expectedCells } from './dictionary.ts';
import { falseDiscovery } from './fdr.ts';
import { learnDictionary } from './learn.ts';
import { type Picks, prepareImage, pursue } from './pursuit.ts';
import { makeSurrogate } from './surrogate.ts';
import { whiten } from './whiten.ts';

/** Ring hits, best gain first, centres in px. */
export interface ShapeHits {
  readonly row: Int32Array<ArrayBuffer>;
  readonly col: Int32Array<ArrayBuffer>;
  readonly gain: Float64Array<ArrayBuffer>;
  /** By rank: tail false-discovery rate, and 1 − local rate; null without surrogates. */
  readonly tail: Float64Array<ArrayBuffer> | null;
  readonly real: Float64Array<ArrayBuffer> | null;
}

export interface ShapeOptions {
  /** Surrogate images: 3 for an answer, 0 where only places and gains are wanted. */
  readonly surrogates: number;
  readonly seed?: number;
  /** Learning rounds, 8. */
  readonly rounds?: number;
}

/** Gains below half a radius are never cells; at most this many hits a wanted cell are looked at. */
const LOWEST_GAIN = 0.5;
const MOST_HITS = 6;

/** Finds rings of soma radius `radius` (px) on `image` [row, column]. */
export function* shapeBranch(
  image: Plane<Float64Array<ArrayBuffer>>,
  radius: number,
  { surrogates, seed = 1, rounds = 8 }: ShapeOptions,
): Steps<ShapeHits> {
  const learnt = rounds / (rounds + 2 * (1 + surrogates));
  const each = (1 - learnt) / (1 + surrogates);
  const half = Math.round(1.5 * radius);
  const white = yield* within(whiten(image, radius), 0, 0);
  const prepared = yield* within(prepareImage(white, half), 0, 0);
  const dictionary = yield* within(learnDictionary(prepared, radius, rounds), 0, learnt);
  const limit = MOST_HITS * expectedCells(image.height, image.width, radius);
  const search = (target: typeof prepared) => pursue(target, dictionary, limit, LOWEST_GAIN * radius);
  const hits = sortedRings(yield* within(search(prepared), learnt, learnt + each));
  if (surrogates === 0) return { ...hits, tail: null, real: null };
  const nullGains: number[] = [];
  const rng = makeRng(seed);
  for (let k = 0; k < surrogates; k++) {
    const [from, to] = [learnt + each * (k + 1), learnt + each * (k + 2)];
    const surrogate = yield* within(makeSurrogate(white, rng), from, from);
    const target = yield* within(prepareImage(surrogate, half), from, from);
    nullGains.push(...sortedRings(yield* within(search(target), from, to)).gain);
  }
  return { ...hits, ...falseDiscovery(hits.gain, Float64Array.from(nullGains), surrogates) };
}

function sortedRings({ count, block, row, col, gain }: Picks): Pick<ShapeHits, 'row' | 'col' | 'gain'> {
  const rings = Array.from({ length: count }, (_, i) => i).filter((i) => block[i] === 1);
  rings.sort((a, b) => gain[b]! - gain[a]! || a - b);
  const ints = (source: Int32Array) => Int32Array.from(rings, (i) => source[i]!);
  return { row: ints(row), col: ints(col), gain: Float64Array.from(rings, (i) => gain[i]!) };
}
