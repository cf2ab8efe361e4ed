// Block matching pursuit on a whitened image: take the place where one block of templates explains most, subtract that
// explanation from the responses of all templates nearby, forbid other centres close by, repeat. Order of picks = order of gain,
// nearly. After Pachitariu et al. 2013. Responses are [pixel, template]; the best of each stretch of a row is kept, so that a
// step costs a window and not the field.
import type { Plane } from '../../../base/ndarray.ts';
import { type Steps, within } from '../../../base/steps.ts';
import { type TiledCorrelator, tileImage } from '../../linalg/tiled-correlation.ts';
import { BLOBS, type Dictionary, exclusion, TEMPLATES } from './dictionary.ts';
import { explain, gainRow, subtractRow } from './gain.ts';
import { type Gram, gramOf } from './gram.ts';

export interface Picks {
  readonly count: number;
  readonly row: Int32Array<ArrayBuffer>;
  readonly col: Int32Array<ArrayBuffer>;
  /** 0 blob, 1 ring. */
  readonly block: Uint8Array<ArrayBuffer>;
  readonly gain: Float64Array<ArrayBuffer>;
  /** [pick, template]. */
  readonly coef: Float64Array<ArrayBuffer>;
}

export interface WhiteImage {
  readonly image: Plane<Float64Array<ArrayBuffer>>;
  readonly correlator: TiledCorrelator;
}

export function* prepareImage(image: Plane<Float64Array<ArrayBuffer>>, half: number): Steps<WhiteImage> {
  return { image, correlator: yield* tileImage(image, half) };
}

/** Pixels of a row that share one kept maximum. */
const STRETCH = 32;
const PICKS_A_STEP = 40;
const ROWS_A_STEP = 64;

/** At most `limit` picks, none with a gain below `stop` or of 0. */
export function* pursue(white: WhiteImage, dictionary: Dictionary, limit: number, stop: number): Steps<Picks> {
  const { height, width } = white.image;
  const gram = yield* within(gramOf(dictionary), 0, 0.1);
  const w = yield* within(respond(white, dictionary), 0.1, 0.4);
  const best = yield* within(makeBest(w, gram, height, width), 0.4, 0.4);
  const reach = dictionary.side - 1;
  const apart = exclusion(dictionary.radius) - 1;
  const picks = emptyPicks(limit);
  const coef = new Float64Array(TEMPLATES);
  let count = 0;
  for (; count < limit; count++) {
    const pixel = best.find();
    const row = Math.floor(pixel / width);
    const col = pixel % width;
    const { block, gain } = explain(w, gram, pixel, coef);
    if (!best.isFree(pixel) || gain < stop || gain <= 1e-12) break;
    picks.row[count] = row;
    picks.col[count] = col;
    picks.block[count] = block;
    picks.gain[count] = gain;
    picks.coef.set(coef, count * TEMPLATES);
    best.forbid(row, col, apart);
    const first = block === 0 ? 0 : BLOBS;
    const left = Math.max(0, col - reach);
    const right = Math.min(width, col + reach + 1);
    for (let y = Math.max(0, row - reach); y <= Math.min(height - 1, row + reach); y++) {
      subtractRow(w, gram, first, coef, y * width + left, (y - row + reach) * gram.span + left - col + reach, right - left);
      best.refresh(y, left, right);
    }
    if (count % PICKS_A_STEP === 0) yield 0.4 + (0.6 * count) / limit;
  }
  return trimmed(picks, count);
}

/** Responses of all templates, [pixel, template]; templates that are all 0 cost nothing. */
function* respond({ image, correlator }: WhiteImage, { templates }: Dictionary): Steps<Float64Array<ArrayBuffer>> {
  const used = templates.flatMap((template, k) => (template.some((value) => value !== 0) ? [k] : []));
  const out = new Float64Array(image.height * image.width * TEMPLATES);
  const kernels = used.map((k) => templates[k]!);
  yield* correlator.correlate(kernels, out, TEMPLATES, used);
  return out;
}

interface Best {
  /** The pixel of the largest gain. */
  find(): number;
  isFree(pixel: number): boolean;
  forbid(row: number, col: number, apart: number): void;
  /** Recomputes the gains of row y, columns left … right − 1. */
  refresh(y: number, left: number, right: number): void;
}

function* makeBest(w: Float64Array, gram: Gram, height: number, width: number): Steps<Best> {
  const stretches = Math.ceil(width / STRETCH);
  const value = new Float64Array(height * width);
  const free = new Uint8Array(height * width).fill(1);
  const stretchAt = new Int32Array(height * stretches);
  const rowAt = new Int32Array(height);
  const refresh = (y: number, left: number, right: number) => {
    gainRow(w, gram, free, value, y * width + left, y * width + right);
    for (let s = Math.floor(left / STRETCH); s * STRETCH < right; s++) {
      const end = Math.min(width, (s + 1) * STRETCH) + y * width;
      let at = s * STRETCH + y * width;
      for (let i = at + 1; i < end; i++) if (value[i]! > value[at]!) at = i;
      stretchAt[y * stretches + s] = at;
    }
    let at = stretchAt[y * stretches]!;
    for (let s = 1; s < stretches; s++)
      if (value[stretchAt[y * stretches + s]!]! > value[at]!) at = stretchAt[y * stretches + s]!;
    rowAt[y] = at;
  };
  for (let y = 0; y < height; y++) {
    refresh(y, 0, width);
    if (y % ROWS_A_STEP === 0) yield y / height;
  }
  return {
    find() {
      let at = rowAt[0]!;
      for (let y = 1; y < height; y++) if (value[rowAt[y]!]! > value[at]!) at = rowAt[y]!;
      return at;
    },
    isFree: (pixel) => free[pixel] === 1,
    forbid(row, col, apart) {
      for (let y = Math.max(0, row - apart); y <= Math.min(height - 1, row + apart); y++) {
        free.fill(0, y * width + Math.max(0, col - apart), y * width + Math.min(width, col + apart + 1));
      }
    },
    refresh,
  };
}

function emptyPicks(limit: number): Picks {
  const ints = () => new Int32Array(limit);
  const gain = new Float64Array(limit);
  return { count: 0, row: ints(), col: ints(), block: new Uint8Array(limit), gain, coef: new Float64Array(limit * TEMPLATES) };
}

function trimmed({ row, col, block, gain, coef }: Picks, count: number): Picks {
  const cut = { row: row.slice(0, count), col: col.slice(0, count), block: block.slice(0, count), gain: gain.slice(0, count) };
  return { count, ...cut, coef: coef.slice(0, count * TEMPLATES) };
}
