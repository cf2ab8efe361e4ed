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
/** Bins that are turned to [pixel, bin] at a time, so that writes fill half a cache line. */
const TURN = 16;

/** `binned` is [bin, row of the band, column]; `height` the rows of the field, `binRate` bins a second. */
export function* makeBandMovies(
  binned: Uint16Array,
  band: Band,
  field: { height: number; width: number; bins: number; binRate: number },
  radius: number,
): Steps<BandMovies> {
  const { height, width, bins, binRate } = field;
  const coreEnd = band.coreFirst + band.coreRows;
  const firstRow = Math.max(0, band.coreFirst - margin(radius));
  const rows = Math.min(height, coreEnd + margin(radius)) - firstRow;
  const kept = { from: firstRow - band.firstRow, to: firstRow - band.firstRow + rows };
  const pixels = rows * width;
  const skipped = kept.from * width;
  const detrender = yield* makeDetrender(binned, band.rows * width, bins, binRate);
  const pass = makeBandPass(radius);
  const wide = Math.floor(6 * radius) | 1;
  const [z, centre, around, wider] = [0, 1, 2, 3].map(() => new Float32Array(band.rows * width)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  const state = new Float32Array(pixels);
  const decay = Math.exp(-1 / (TAU_S * binRate));
  const drive = Math.sqrt(1 - decay * decay) * pass.scale * UNITS;
  const local = new Int16Array(pixels * bins);
  const matched = new Int16Array(pixels * bins);
  const localTurn = new Int16Array(pixels * TURN);
  const matchedTurn = new Int16Array(pixels * TURN);
  for (let bin = 0; bin < bins; bin++) {
    detrender.write(bin, z);
    gaussianFilter(z, band.rows, width, pass.taps, centre, kept);
    boxFilter(z, band.rows, width, pass.surround, around, kept);
    boxFilter(z, band.rows, width, wide, wider, kept);
    const slot = (bin % TURN) * pixels;
    for (let i = 0, from = skipped; i < pixels; i++, from++) {
      const value = decay * state[i]! + drive * (centre[from]! - around[from]!);
      state[i] = value;
      matchedTurn[slot + i] = toStored(value);
      localTurn[slot + i] = toStored((z[from]! - wider[from]!) * UNITS);
    }
    if (bin % TURN === TURN - 1 || bin === bins - 1) {
      const first = bin - (bin % TURN);
      turn(localTurn, local, pixels, bins, first, bin - first + 1);
      yield 0.1 + (0.9 * bin) / bins;
      turn(matchedTurn, matched, pixels, bins, first, bin - first + 1);
    }
    yield 0.1 + (0.9 * bin) / bins;
  }
  return { firstRow, rows, width, bins, local, matched, decay };
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
