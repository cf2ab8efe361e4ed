// The shape search: rings (somata with dark nuclei) on a mean image, by a dictionary learned from that image, with a
// false-discovery rate from surrogate images. Needs nothing but the soma radius.
import type { Plane } from '../../../base/ndarray.ts';
import { makeRng } from '../../../base/rng.ts';
import { type Steps, within } from '../../../base/steps.ts';
import { type Dictionary, expectedCells, TEMPLATES } from './dictionary.ts';
import { disc } from './disc.ts';
import { checkedDiscovery, discoveries, falseDiscovery } from './fdr.ts';
import { learnDictionary } from './learn.ts';
import { type Picks, prepareImage, pursue } from './pursuit.ts';
import { DIRECTIONS, traceOutline } from './ring-outline.ts';
import { makeSurrogate } from './surrogate.ts';
import { whiten } from './whiten.ts';

/** Ring hits, best gain first, centres in px. */
export interface ShapeHits {
  readonly row: Int32Array<ArrayBuffer>;
  readonly col: Int32Array<ArrayBuffer>;
  readonly gain: Float64Array<ArrayBuffer>;
  /** [hit, direction]: distances of the outline, px; see ring-outline.ts. */
  readonly outline: Float32Array<ArrayBuffer>;
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
/** Hits with this tail rate are cut out of the texture, with discs of so many radii. */
const SURE_RATE = 0.2;
const CUT_RADII = 1.2;

/** Finds rings of soma radius `radius` (px) on `image` [row, column]. */
export function* shapeBranch(
  image: Plane<Float64Array<ArrayBuffer>>,
  radius: number,
  { surrogates, seed = 1, rounds = 8 }: ShapeOptions,
): Steps<ShapeHits> {
  const learnt = rounds / (rounds + 2 * (2 + surrogates));
  const each = (1 - learnt) / (2 + surrogates);
  const half = Math.round(1.5 * radius);
  const white = yield* within(whiten(image, radius), 0, 0);
  const prepared = yield* within(prepareImage(white, half), 0, 0);
  const dictionary = yield* within(learnDictionary(prepared, radius, rounds), 0, learnt);
  const limit = MOST_HITS * expectedCells(image.height, image.width, radius);
  const search = (target: typeof prepared) => pursue(target, dictionary, limit, LOWEST_GAIN * radius);
  const picks = yield* within(search(prepared), learnt, learnt + each);
  // No cell has its centre where there is no tissue.
  const rings = sortedRings(picks).filter((i) => white.data[picks.row[i]! * image.width + picks.col[i]!] !== 0);
  const hits = outlined(picks, dictionary, rings);
  if (surrogates === 0) return { ...hits, tail: null, real: null };
  const rng = makeRng(seed);
  const nullGains = function* (texture: typeof white, count: number, first: number): Steps<Float64Array<ArrayBuffer>> {
    const gains: number[] = [];
    for (let k = first; k < first + count; k++) {
      const [from, to] = [learnt + each * (k + 1), learnt + each * (k + 2)].map((share) => Math.min(1, share)) as [
        number,
        number,
      ];
      const surrogate = yield* within(makeSurrogate(texture, rng), from, from);
      const target = yield* within(prepareImage(surrogate, half), from, from);
      const picked = yield* within(search(target), from, to);
      for (const pick of sortedRings(picked)) gains.push(picked.gain[pick]!);
    }
    return Float64Array.from(gains);
  };
  // Cells lend their own power to the spectrum, so the sure ones are cut out before the surrogates that count are made.
  const rough = falseDiscovery(hits.gain, yield* nullGains(white, 1, 0), 1);
  const texture = withoutDiscs(white, hits, discoveries(rough.tail, SURE_RATE), CUT_RADII * radius);
  const rates = yield* checkedDiscovery(hits.gain, surrogates, (count, first) => nullGains(texture, count, 1 + first));
  return { ...hits, ...rates };
}

/** The image with 0 in discs around the first `count` hits, and the same mean power again. */
function withoutDiscs(
  image: Plane<Float64Array<ArrayBuffer>>,
  hits: Pick<ShapeHits, 'row' | 'col'>,
  count: number,
  radius: number,
): Plane<Float64Array<ArrayBuffer>> {
  const { height, width } = image;
  const data = image.data.slice();
  let left = data.length;
  for (let i = 0; i < count; i++) {
    const { points } = disc(hits.row[i]!, hits.col[i]!, radius, height, width);
    for (let k = 0; k < points.length; k += 2) {
      const at = points[k]! * width + points[k + 1]!;
      if (data[at] !== 0) left--;
      data[at] = 0;
    }
  }
  const scale = Math.sqrt(data.length / Math.max(left, 1));
  return { data: data.map((value) => value * scale), height, width };
}

/** The picks that are rings, best first. */
function sortedRings({ count, block, gain }: Picks): number[] {
  const rings = Array.from({ length: count }, (_, i) => i).filter((i) => block[i] === 1);
  return rings.sort((a, b) => gain[b]! - gain[a]! || a - b);
}

function outlined(
  { row, col, gain, coef }: Picks,
  dictionary: Dictionary,
  rings: readonly number[],
): Omit<ShapeHits, 'tail' | 'real'> {
  const ints = (source: Int32Array) => Int32Array.from(rings, (i) => source[i]!);
  const outline = new Float32Array(rings.length * DIRECTIONS);
  for (const [rank, i] of rings.entries()) {
    const own = coef.subarray(i * TEMPLATES, (i + 1) * TEMPLATES);
    traceOutline(dictionary, own, outline.subarray(rank * DIRECTIONS, (rank + 1) * DIRECTIONS));
  }
  return { row: ints(row), col: ints(col), gain: Float64Array.from(rings, (i) => gain[i]!), outline };
}
