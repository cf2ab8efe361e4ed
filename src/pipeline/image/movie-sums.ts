// The one pass over a movie behind every summary image: sums, squares, products with the forward neighbours, extremes and
// squared differences of consecutive frames, as planes [row, column] in the movie's units.
// A chunk is summed on its own and the chunks are merged in order, so the result is the same for any number of workers.
// Sums of 8- and 16-bit movies are exact integers below 2^53; wider ones are summed as v − v₀, v₀ being the first good frame.
import { SomascopeError } from '../../base/errors.ts';
import { type DType, dtypeOf, type NumericArray } from '../../base/ndarray.ts';
import { complete, type Steps } from '../../base/steps.ts';
import {
  addFourRows,
  addOneRow,
  type FourRows,
  makeRow,
  type PaddedRow,
  type SumPlanes,
  subtractRow,
  trackFourRows,
  trackOneRow,
} from './sum-kernels.ts';

/** Plain data of one stretch of a movie: it can be posted to another thread. */
export interface MovieSums extends SumPlanes {
  readonly height: number;
  readonly width: number;
  readonly dtype: DType;
  /** v₀, or null where the plain values are summed. */
  readonly offset: Float64Array<ArrayBuffer> | null;
  /** Extremes of the plain values. */
  readonly maximum: Float64Array<ArrayBuffer>;
  readonly minimum: Float64Array<ArrayBuffer>;
  /** Number of the first frame in the movie: it decides what is even. */
  readonly start: number;
  /** Frames covered, damaged ones included. */
  length: number;
  /** Good frames, those of them with even number, and pairs of consecutive good frames. */
  frames: number;
  evenFrames: number;
  pairs: number;
  /** Copies of the first and the last frame covered, null where damaged: the difference over a chunk border needs them. */
  first: NumericArray | null;
  last: NumericArray | null;
}

export interface SumsOptions {
  /** Number of the first frame in the movie; a multiple of 4. */
  readonly start?: number;
  /** v₀ [row, column]: the first good frame of the movie. Required where `needsOffset(dtype)`. */
  readonly offset?: ArrayLike<number>;
}

/** True for dtypes whose plain sums would lose precision. */
export function needsOffset(dtype: DType): boolean {
  return dtype === 'int32' || dtype === 'uint32' || dtype === 'float32' || dtype === 'float64';
}

/** Empty sums of a movie of `height` × `width` pixels. */
export function makeSums(height: number, width: number, dtype: DType, options: SumsOptions = {}): MovieSums {
  const pixels = height * width;
  const wide = needsOffset(dtype);
  if (wide && options.offset?.length !== pixels) {
    throw new SomascopeError('Bug', `Sums of ${dtype} frames need the first good frame (${pixels} pixels) as their offset.`);
  }
  const plane = () => new Float64Array(pixels);
  return {
    height,
    width,
    dtype,
    offset: wide && options.offset ? Float64Array.from(options.offset) : null,
    even: plane(),
    odd: plane(),
    squares: plane(),
    right: plane(),
    down: plane(),
    downRight: plane(),
    downLeft: plane(),
    squaredDifferences: plane(),
    maximum: plane().fill(Number.NEGATIVE_INFINITY),
    minimum: plane().fill(Number.POSITIVE_INFINITY),
    start: options.start ?? 0,
    length: 0,
    frames: 0,
    evenFrames: 0,
    pairs: 0,
    first: null,
    last: null,
  };
}

/** Adds the frames that follow those already in `sums`; null is a damaged frame, left out everywhere. See `addingFrames`. */
export function addFrames(sums: MovieSums, frames: readonly (NumericArray | null)[]): void {
  complete(addingFrames(sums, frames));
}

/**
 * The same in steps of at most four frames. Frames are [row, column] in the dtype of `sums`. Four frames at a multiple of 4
 * are added together, so calls with multiples of four frames give the same bytes as one call. Throws `Invalid` on a wrong size.
 */
export function* addingFrames(sums: MovieSums, frames: readonly (NumericArray | null)[]): Steps<void> {
  const rows = makeRows(sums.width);
  for (let i = 0; i < frames.length; ) {
    const number = sums.start + sums.length;
    const frame = frames[i] ?? null;
    if (frame) checkFrame(sums, frame, number);
    if (sums.length === 0) sums.first = frame?.slice() ?? null;
    const [b, c, d] = [frames[i + 1], frames[i + 2], frames[i + 3]];
    if (number % 4 === 0 && frame && b && c && d) {
      for (const [k, other] of [b, c, d].entries()) checkFrame(sums, other, number + 1 + k);
      addFour(sums, rows, [frame, b, c, d]);
      i += 4;
    } else {
      if (frame) addOne(sums, rows, frame, number);
      sums.last = frame;
      sums.length++;
      i++;
    }
    yield i / frames.length;
  }
  sums.last = sums.last?.slice() ?? null;
}

/** Adds `from`, the stretch that begins where `into` ends. */
export function mergeSums(into: MovieSums, from: MovieSums): void {
  const same = into.height === from.height && into.width === from.width && into.dtype === from.dtype;
  if (!same || from.start !== into.start + into.length) {
    throw new SomascopeError('Bug', `Sums of frames from ${from.start} cannot follow those up to ${into.start + into.length}.`);
  }
  if (from.length === 0) return;
  if (into.last && from.first) addDifferences(into.squaredDifferences, into.last, from.first);
  into.pairs += from.pairs + (into.last && from.first ? 1 : 0);
  for (const name of SUMMED) addPlane(into[name], from[name]);
  for (let i = 0; i < into.maximum.length; i++) {
    if (from.maximum[i]! > into.maximum[i]!) into.maximum[i] = from.maximum[i]!;
    if (from.minimum[i]! < into.minimum[i]!) into.minimum[i] = from.minimum[i]!;
  }
  if (into.length === 0) into.first = from.first;
  into.length += from.length;
  into.frames += from.frames;
  into.evenFrames += from.evenFrames;
  into.last = from.last;
}

const SUMMED = ['even', 'odd', 'squares', 'right', 'down', 'downRight', 'downLeft', 'squaredDifferences'] as const;

/** Row buffers: of the frame before, of four frames now and below, and the zeros below the last row. */
interface Rows {
  readonly previous: PaddedRow;
  readonly now: FourRows;
  readonly below: FourRows;
  readonly zeros: FourRows;
}

function makeRows(width: number): Rows {
  const four = (): FourRows => [makeRow(width), makeRow(width), makeRow(width), makeRow(width)];
  const zero = makeRow(width);
  return { previous: makeRow(width), now: four(), below: four(), zeros: [zero, zero, zero, zero] };
}

function addFour(sums: MovieSums, rows: Rows, frames: readonly [NumericArray, NumericArray, NumericArray, NumericArray]): void {
  const { height, width, maximum, minimum, offset, last } = sums;
  let { now, below } = rows;
  const load = (target: FourRows, at: number) => {
    for (let k = 0; k < 4; k++) widenRow(target[k]!, frames[k]!, at, width);
    trackFourRows(maximum, minimum, at, width, target);
    if (offset) for (let k = 0; k < 4; k++) subtractRow(target[k]!, offset, at, width);
  };
  load(now, 0);
  for (let y = 0; y < height; y++) {
    const at = y * width;
    if (y + 1 < height) load(below, at + width);
    addFourRows(sums, at, width, previousRow(sums, rows, at) ?? now[0], now, y + 1 < height ? below : rows.zeros);
    [now, below] = [below, now];
  }
  sums.pairs += last ? 4 : 3;
  sums.frames += 4;
  sums.evenFrames += 2;
  sums.length += 4;
  sums.last = frames[3];
}

function addOne(sums: MovieSums, rows: Rows, frame: NumericArray, number: number): void {
  const { height, width, maximum, minimum, offset, last } = sums;
  let [now] = rows.now;
  let [below] = rows.below;
  const half = number % 2 === 0 ? sums.even : sums.odd;
  const load = (target: PaddedRow, at: number) => {
    widenRow(target, frame, at, width);
    trackOneRow(maximum, minimum, at, width, target);
    if (offset) subtractRow(target, offset, at, width);
  };
  load(now, 0);
  for (let y = 0; y < height; y++) {
    const at = y * width;
    if (y + 1 < height) load(below, at + width);
    addOneRow(sums, half, at, width, previousRow(sums, rows, at) ?? now, now, y + 1 < height ? below : rows.zeros[0]);
    [now, below] = [below, now];
  }
  sums.pairs += last ? 1 : 0;
  sums.frames++;
  sums.evenFrames += number % 2 === 0 ? 1 : 0;
}

/** That row of the frame before, or null where it is damaged. */
function previousRow({ last, offset, width }: MovieSums, { previous }: Rows, at: number): PaddedRow | null {
  if (!last) return null;
  widenRow(previous, last, at, width);
  if (offset) subtractRow(previous, offset, at, width);
  return previous;
}

// The engine's own conversion: it is four times faster than a loop, and keeps the kernels free of dtypes.
function widenRow(target: PaddedRow, frame: NumericArray, at: number, width: number): void {
  target.set(frame.subarray(at, at + width), 1);
}

function addPlane(into: Float64Array, from: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i]! += from[i]!;
}

function addDifferences(into: Float64Array, before: NumericArray, after: NumericArray): void {
  for (let i = 0; i < into.length; i++) {
    const difference = after[i]! - before[i]!;
    into[i]! += difference * difference;
  }
}

function checkFrame(sums: MovieSums, frame: NumericArray, index: number): void {
  const pixels = sums.height * sums.width;
  if (frame.length !== pixels) {
    throw new SomascopeError('Invalid', `Frame ${index} has ${frame.length} pixels instead of ${sums.height} × ${sums.width}.`, {
      index,
    });
  }
  if (dtypeOf(frame) !== sums.dtype)
    throw new SomascopeError('Bug', `Frame ${index} is ${dtypeOf(frame)}, not ${sums.dtype}.`, { index });
}
