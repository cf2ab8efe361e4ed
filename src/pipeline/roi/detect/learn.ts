// Learns the dictionary from the image itself, without labels: pursue, cut the patch at every hit (what no other hit explains),
// take each patch in eight orientations, and replace the templates of a block by the leading eigenvectors of its patches.
// After Pachitariu et al. 2013 (K-SVD steps); the start and the orientations are our own.
import { type Steps, within } from '../../../base/steps.ts';
import { leadingEigen } from '../../linalg/symmetric-eigen.ts';
import { BLOBS, type Dictionary, expectedCells, firstOnly, RINGS, startDictionary, TEMPLATES } from './dictionary.ts';
import { dihedralMaps, symmetrised } from './dihedral.ts';
import { type Picks, pursue, type WhiteImage } from './pursuit.ts';

/** Rounds that use one template a block, so that the ring settles before it gets companions. */
const SINGLE_ROUNDS = 2;
const FEWEST_PATCHES = 20;
/** Other structure that is explained beside each expected cell. */
const OTHERS = 1.67;

/** `rounds` of pursuit and update from the drawn dictionary of this radius. */
export function* learnDictionary(white: WhiteImage, radius: number, rounds: number): Steps<Dictionary> {
  const { height, width } = white.image;
  const cells = expectedCells(height, width, radius);
  let dictionary = startDictionary(radius);
  const maps = dihedralMaps(dictionary.disc, dictionary.side);
  for (let round = 0; round < rounds; round++) {
    const used = round < SINGLE_ROUNDS ? firstOnly(dictionary) : dictionary;
    const limit = cells + Math.floor(OTHERS * cells);
    const picks = yield* within(pursue(white, used, limit, 0), round / rounds, (round + 0.8) / rounds);
    const cutter = makeCutter(white, used, picks);
    const blobs = yield* update(dictionary.templates.slice(0, BLOBS), cutter, 0, Infinity, maps, (round + 0.8) / rounds);
    const rings = yield* update(dictionary.templates.slice(BLOBS), cutter, 1, cells, maps, (round + 0.9) / rounds);
    dictionary = { ...dictionary, templates: [...blobs, ...rings] };
  }
  return dictionary;
}

interface Cutter {
  readonly picks: Picks;
  readonly dictionary: Dictionary;
  /** Picks of a block whose patch lies inside the field. */
  inside(block: number): number[];
  /** Patch of a pick over the disc: the residual plus its own explanation. */
  cut(pick: number): Float64Array<ArrayBuffer>;
}

function makeCutter({ image }: WhiteImage, dictionary: Dictionary, picks: Picks): Cutter {
  const { height, width } = image;
  const { half, side, disc, templates } = dictionary;
  const padded = width + 2 * half;
  const residual = new Float64Array((height + 2 * half) * padded);
  for (let y = 0; y < height; y++) residual.set(image.data.subarray(y * width, (y + 1) * width), (y + half) * padded + half);
  const parts = Array.from({ length: picks.count }, (_, pick) => {
    const part = new Float64Array(side * side);
    for (let k = 0; k < TEMPLATES; k++) {
      const weight = picks.coef[pick * TEMPLATES + k]!;
      if (weight !== 0) for (let i = 0; i < part.length; i++) part[i]! += weight * templates[k]![i]!;
    }
    for (let y = 0; y < side; y++) {
      const to = (picks.row[pick]! + y) * padded + picks.col[pick]!;
      for (let x = 0; x < side; x++) residual[to + x]! -= part[y * side + x]!;
    }
    return part;
  });
  const offsets = disc.map((at) => Math.floor(at / side) * padded + (at % side));
  const fits = (at: number, extent: number) => at >= half && at < extent - half;
  return {
    picks,
    dictionary,
    inside: (block) =>
      [...parts.keys()].filter((k) => picks.block[k] === block && fits(picks.row[k]!, height) && fits(picks.col[k]!, width)),
    cut(pick) {
      const origin = picks.row[pick]! * padded + picks.col[pick]!;
      const part = parts[pick]!;
      const patch = new Float64Array(disc.length);
      for (let i = 0; i < disc.length; i++) patch[i] = residual[origin + offsets[i]!]! + part[disc[i]!]!;
      return patch;
    },
  };
}

/** The templates of one block, renewed from at most `most` patches; the old ones where there are too few. */
function* update(
  old: readonly Float64Array<ArrayBuffer>[],
  cutter: Cutter,
  block: number,
  most: number,
  maps: readonly Int32Array[],
  share: number,
): Steps<readonly Float64Array<ArrayBuffer>[]> {
  const { disc, side } = cutter.dictionary;
  const n = disc.length;
  const chosen = cutter.inside(block).slice(0, most);
  if (chosen.length < FEWEST_PATCHES) return old;
  const products = new Float64Array(n * n);
  const mean = new Float64Array(n);
  for (let first = 0; first < chosen.length; first += 4) {
    const patches = [0, 1, 2, 3].map((k) => (first + k < chosen.length ? cutter.cut(chosen[first + k]!) : new Float64Array(n)));
    addProducts(products, patches as [Float64Array, Float64Array, Float64Array, Float64Array], n);
    for (const patch of patches) for (let i = 0; i < n; i++) mean[i]! += patch[i]!;
    if (first % 40 === 0) yield share;
  }
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) products[i * n + j] = products[j * n + i]!;
  yield share;
  const covariance = symmetrised(products, n, maps);
  const evenMean = Float64Array.from({ length: n }, (_, i) => maps.reduce((sum, map) => sum + mean[map[i]!]!, 0));
  const warm = old
    .filter((template) => template.some((value) => value !== 0))
    .map((template) => Float64Array.from(disc, (at) => template[at]!));
  yield share;
  const { vectors } = yield* within(leadingEigen(covariance, n, block === 0 ? BLOBS : RINGS, warm), share, share);
  return vectors.map((vector) => {
    const projection = vector.reduce((sum, value, i) => sum + value * evenMean[i]!, 0);
    const template = new Float64Array(side * side);
    disc.forEach((at, i) => {
      template[at] = projection < 0 ? -vector[i]! : vector[i]!;
    });
    return template;
  });
}

/** products[i, j ≥ i] += Σ of four patches. */
function addProducts(
  products: Float64Array,
  [a, b, c, d]: readonly [Float64Array, Float64Array, Float64Array, Float64Array],
  n: number,
): void {
  for (let i = 0; i < n; i++) {
    const ai = a[i]!;
    const bi = b[i]!;
    const ci = c[i]!;
    const di = d[i]!;
    for (let j = i, at = i * n + i; j < n; j++, at++) products[at]! += ai * a[j]! + bi * b[j]! + ci * c[j]! + di * d[j]!;
  }
}
