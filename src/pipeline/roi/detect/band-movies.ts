// The two movies that the activity search peels, in units of the pixel's noise, 16-bit, × 32, time contiguous [pixel, bin]:
// `local` is the movie minus a wide local mean, `matched` the band-passed movie through a decay filter.
// The binned movie is first freed of its 60 s running mean and divided by the noise of each pixel, so its offset and gain do
// not matter. Filters run bin by bin, because a frame is small and stays in the cache.
import type { Steps } from '../../../base/steps.ts';
import { type BandRun, filterReach, margin } from './bands.ts';
import { makeDetrender } from './detrend.ts';
import { boxFilter, gaussianFilter, makeBandPass } from './frame-filters.ts';

/** Stored numbers a noise standard deviation. */
export const UNITS = 32;

export interface BandMovies {
  /** First row of the field, and rows that are stored: core and margin. */
  readonly firstRow: number;
  readonly rows: number;
  readonly width: number;
  readonly bins: number;
  readonly local: Int16Array<ArrayBuffer>;
  readonly matched: Int16Array<ArrayBuffer>;
  /** Share of a value that is left after one bin. */
  readonly decay: number;
}

/** The time constant of the decay filter, s. */
const TAU_S = 1;
/** Bins that are turned to [pixel, bin] at a time, so that writes fill a cache line. */
const TURN = 32;

/** Makes the movies of the bands of a run, one after the other, in the same two arrays; rows that neighbours share are made once. */
export interface MovieMaker {
  /** The movies of the next band; those of the one before are gone then. */
  next(): Steps<BandMovies>;
}

export interface MovieField {
  /** Rows and columns of the whole field. */
  readonly height: number;
  readonly width: number;
  readonly bins: number;
  /** Bins per second. */
  readonly binRate: number;
}

/** `binned` is [bin, row of the run, column]. */
export function* makeMovieMaker(
  binned: Uint16Array,
  run: BandRun,
  { height, width, bins, binRate }: MovieField,
  radius: number,
): Steps<MovieMaker> {
  const stored = run.bands.map(({ coreFirst, coreRows }) => ({
    from: Math.max(0, coreFirst - margin(radius)),
    to: Math.min(height, coreFirst + coreRows + margin(radius)),
  }));
  const most = Math.max(...stored.map(({ from, to }) => to - from));
  const local = new Int16Array(most * width * bins);
  const matched = new Int16Array(most * width * bins);
  const detrender = yield* makeDetrender(binned, run.rows * width, bins, binRate);
  const pass = makeBandPass(radius);
  const wide = Math.floor(6 * radius) | 1;
  const decay = Math.exp(-1 / (TAU_S * binRate));
  const drive = Math.sqrt(1 - decay * decay) * pass.scale * UNITS;
  /** The next band's first rows, before this one is peeled. */
  let common: readonly Int16Array<ArrayBuffer>[] = [];

  /** Rows from … to − 1 of the field into the arrays, whose first row is `first`. */
  function* fill(first: number, from: number, to: number): Steps<void> {
    const top = Math.max(run.firstRow, from - filterReach(radius));
    const rows = Math.min(run.firstRow + run.rows, to + filterReach(radius)) - top;
    const kept = { from: from - top, to: to - top };
    const pixels = (to - from) * width;
    const write = detrender.over((top - run.firstRow) * width, (top + rows - run.firstRow) * width);
    const [z, centre, around, wider] = [0, 1, 2, 3].map(() => new Float32Array(rows * width)) as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    const state = new Float32Array(pixels);
    const localTurn = new Int16Array(pixels * TURN);
    const matchedTurn = new Int16Array(pixels * TURN);
    const at = (from - first) * width * bins;
    const [toLocal, toMatched] = [local.subarray(at), matched.subarray(at)];
    for (let bin = 0; bin < bins; bin++) {
      write(bin, z);
      gaussianFilter(z, rows, width, pass.taps, centre, kept);
      boxFilter(z, rows, width, pass.surround, around, kept);
      boxFilter(z, rows, width, wide, wider, kept);
      const slot = (bin % TURN) * pixels;
      decayed(state, decay, drive, centre.subarray(kept.from * width), around.subarray(kept.from * width), matchedTurn, slot);
      difference(z.subarray(kept.from * width), wider.subarray(kept.from * width), localTurn, slot, pixels);
      if (bin % TURN === TURN - 1 || bin === bins - 1) {
        const begun = bin - (bin % TURN);
        turn(localTurn, toLocal, pixels, bins, begun, bin - begun + 1);
        yield bin / bins;
        turn(matchedTurn, toMatched, pixels, bins, begun, bin - begun + 1);
      }
      yield bin / bins;
    }
  }

  let index = 0;
  return {
    *next() {
      const { from, to } = stored[index]!;
      const made = index === 0 ? from : stored[index - 1]!.to;
      for (const [k, values] of common.entries()) [local, matched][k]!.set(values);
      if (to > made) yield* fill(from, made, to);
      index++;
      const following = stored[index];
      common = following
        ? [local, matched].map((movie) => movie.slice((following.from - from) * width * bins, (to - from) * width * bins))
        : [];
      return { firstRow: from, rows: to - from, width, bins, local, matched, decay };
    },
  };
}

/** state ← decay · state + drive · (centre − around), and the same as stored numbers. */
function decayed(
  state: Float32Array,
  decay: number,
  drive: number,
  centre: Float32Array,
  around: Float32Array,
  out: Int16Array,
  from: number,
): void {
  for (let i = 0; i < state.length; i++) {
    const value = decay * state[i]! + drive * (centre[i]! - around[i]!);
    state[i] = value;
    out[from + i] = toStored(value);
  }
}

function difference(a: Float32Array, b: Float32Array, out: Int16Array, from: number, count: number): void {
  for (let i = 0; i < count; i++) out[from + i] = toStored((a[i]! - b[i]!) * UNITS);
}

/** Rounded and clipped to 16 bits. */
export function toStored(value: number): number {
  const clipped = Math.min(32767, Math.max(-32768, value));
  // Shifted above zero, cutting off the fraction is rounding down.
  return ((clipped + 32768.5) | 0) - 32768;
}

function turn(source: Int16Array, target: Int16Array, pixels: number, bins: number, first: number, count: number): void {
  for (let i = 0; i < pixels; i++) {
    const to = i * bins + first;
    for (let k = 0, from = i; k < count; k++, from += pixels) target[to + k] = source[from]!;
  }
}
