// The two movies that the activity search peels, in units of the pixel's noise, 16-bit, × 32, time contiguous [pixel, bin]:
// `local` is the movie minus a wide local mean, `matched` the band-passed movie through a decay filter.
// The binned movie is first freed of its 60 s running mean and divided by the noise of each pixel, so its offset and gain do
// not matter. Filters run bin by bin, because a frame is small and stays in the cache.
import type { Steps } from '../../../base/steps.ts';
import { type Band, margin } from './bands.ts';
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
/** Numbers between the bins that are turned together: at a distance of a power of two they would push each other out of the cache. */
const APART = 32;

export interface MovieField {
  /** Rows and columns of the whole field. */
  readonly height: number;
  readonly width: number;
  readonly bins: number;
  /** Bins per second. */
  readonly binRate: number;
}

/** `binned` is [bin, row of the band, column]. */
export function* makeBandMovies(
  binned: Uint16Array,
  band: Band,
  { height, width, bins, binRate }: MovieField,
  radius: number,
): Steps<BandMovies> {
  const firstRow = Math.max(0, band.coreFirst - margin(radius));
  const rows = Math.min(height, band.coreFirst + band.coreRows + margin(radius)) - firstRow;
  const pixels = rows * width;
  const local = new Int16Array(pixels * bins);
  const matched = new Int16Array(pixels * bins);
  const write = yield* makeDetrender(binned, band.rows * width, bins, binRate);
  const pass = makeBandPass(radius);
  const wide = Math.floor(6 * radius) | 1;
  const decay = Math.exp(-1 / (TAU_S * binRate));
  const drive = Math.sqrt(1 - decay * decay) * pass.scale * UNITS;
  const kept = { from: firstRow - band.firstRow, to: firstRow - band.firstRow + rows };
  const [z, centre, around, wider] = [0, 1, 2, 3].map(() => new Float32Array(band.rows * width)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const ofKept = (image: Float32Array) => image.subarray(kept.from * width, kept.to * width);
  const state = new Float32Array(pixels);
  const stride = pixels + APART;
  const localTurn = new Int16Array(stride * TURN);
  const matchedTurn = new Int16Array(stride * TURN);
  for (let bin = 0; bin < bins; bin++) {
    write(bin, z);
    gaussianFilter(z, band.rows, width, pass.taps, centre, kept);
    boxFilter(z, band.rows, width, pass.surround, around, kept);
    boxFilter(z, band.rows, width, wide, wider, kept);
    const slot = (bin % TURN) * stride;
    decayed(state, decay, drive, ofKept(centre), ofKept(around), matchedTurn, slot);
    difference(ofKept(z), ofKept(wider), localTurn, slot, pixels);
    if (bin % TURN === TURN - 1 || bin === bins - 1) {
      const begun = bin - (bin % TURN);
      turn(localTurn, stride, local, pixels, bins, begun, bin - begun + 1);
      yield bin / bins;
      turn(matchedTurn, stride, matched, pixels, bins, begun, bin - begun + 1);
    }
    yield bin / bins;
  }
  return { firstRow, rows, width, bins, local, matched, decay };
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

/** Bins of `stride` numbers to [pixel, bin]: `count` of them from bin `first`. */
function turn(
  source: Int16Array,
  stride: number,
  target: Int16Array,
  pixels: number,
  bins: number,
  first: number,
  count: number,
): void {
  for (let i = 0; i < pixels; i++) {
    const to = i * bins + first;
    for (let k = 0, from = i; k < count; k++, from += stride) target[to + k] = source[from]!;
  }
}
