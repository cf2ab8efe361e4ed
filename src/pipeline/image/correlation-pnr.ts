// The exact correlation and peak-to-noise images of CNMF-E (CaImAn `correlation_pnr`; Zhou et al. 2018), which its detector
// seeds from. Works on a band of rows, because the filtered movie is held as float32: 4 bytes × frames × rows × columns.
// Images are [row, column]; the peak-to-noise ratio has no unit.
import { SomascopeError } from '../../base/errors.ts';
import type { NumericArray } from '../../base/ndarray.ts';
import { type Steps, within } from '../../base/steps.ts';
import { makeNoiseMeter } from '../signal/noise-fft.ts';
import { addingFrames, makeSums } from './movie-sums.ts';
import { compilePnrFilter, makePnrFilter, pnrRadius } from './pnr-filter.ts';
import { localCorrelation } from './summary-images.ts';

/** Some consecutive rows of a movie, from whatever source. */
export interface RowBand {
  /** Good frames in order, each [row, column] of `height` × `width` pixels. */
  readonly frames: readonly NumericArray[];
  readonly height: number;
  readonly width: number;
}

export interface PnrImages {
  readonly correlation: Float32Array<ArrayBuffer>;
  /** Largest filtered value above the mean, over the noise; 0 where the pixel never varies. */
  readonly peakToNoise: Float32Array<ArrayBuffer>;
}

/** Rows that a band needs above and below those asked for, unless the image ends there. */
export function pnrHalo(gSig: number | null): number {
  return 1 + (gSig === null ? 0 : pnrRadius(gSig));
}

/** Samples below this many noise levels are set to 0 before correlating. */
const THRESHOLD = 3;

/**
 * Images of the rows `first` … `first + rows − 1` of the band (default all); a row nearer than `pnrHalo(gSig)` to the band's
 * edge is right only where that edge is the image's. `gSig`: standard deviation of the filter in pixels, null for none.
 */
export function* correlationPnr(band: RowBand, gSig: number | null, first = 0, rows = band.height): Steps<PnrImages> {
  const { height, width } = band;
  if (band.frames.length < 2) {
    throw new SomascopeError(
      'Invalid',
      'A peak-to-noise image needs at least two readable frames.',
      {},
      'Open a movie, not a single image.',
    );
  }
  const filtered: Float32Array<ArrayBuffer>[] = [];
  const filter = gSig === null ? null : compilePnrFilter(makePnrFilter(gSig), height, width);
  for (const frame of band.frames) {
    const output = new Float32Array(height * width);
    if (filter) filter(frame, output);
    else output.set(frame);
    filtered.push(output);
    yield (0.4 * filtered.length) / band.frames.length;
  }
  const peaks = new Float32Array(height * width);
  yield* within(thresholdTraces(filtered, peaks), 0.4, 0.9);
  const sums = makeSums(height, width, 'float32', { offset: new Float32Array(height * width) });
  yield* within(addingFrames(sums, filtered), 0.9, 1);
  const cut = (image: Float32Array<ArrayBuffer>) => image.slice(first * width, (first + rows) * width);
  return { correlation: cut(localCorrelation(sums, 8)), peakToNoise: cut(peaks) };
}

/** Pixels whose traces are gathered together: 64 floats are four cache lines of a frame. */
const TILE = 64;

/** Replaces every trace by what exceeds three times its noise, in units of that noise, and writes the peaks. */
function* thresholdTraces(frames: readonly Float32Array[], peaks: Float32Array): Steps<void> {
  const length = frames.length;
  const meter = makeNoiseMeter(length);
  const traces = Array.from({ length: TILE }, () => new Float64Array(length));
  for (let from = 0; from < peaks.length; from += TILE) {
    const count = Math.min(TILE, peaks.length - from);
    for (let t = 0; t < length; t++) {
      const frame = frames[t]!;
      for (let k = 0; k < count; k++) traces[k]![t] = frame[from + k]!;
    }
    for (let k = 0; k < count; k += 2) {
      const one = traces[k]!;
      const other = traces[Math.min(k + 1, count - 1)]!;
      centreOnMean(one);
      if (other !== one) centreOnMean(other);
      const noise = meter.measure(one, other);
      peaks[from + k] = threshold(one, noise[0]);
      if (other !== one) peaks[from + k + 1] = threshold(other, noise[1]);
      yield (from + k) / peaks.length;
    }
    for (let t = 0; t < length; t++) {
      const frame = frames[t]!;
      for (let k = 0; k < count; k++) frame[from + k] = traces[k]![t]!;
    }
  }
}

function centreOnMean(trace: Float64Array): void {
  let sum = 0;
  for (let t = 0; t < trace.length; t++) sum += trace[t]!;
  const mean = sum / trace.length;
  for (let t = 0; t < trace.length; t++) trace[t]! -= mean;
}

/** Returns the largest value in units of the noise, at least 0. */
function threshold(trace: Float64Array, noise: number): number {
  const scale = noise > 0 ? 1 / noise : 0;
  let peak = 0;
  for (let t = 0; t < trace.length; t++) {
    const value = trace[t]! * scale;
    if (value > peak) peak = value;
    trace[t] = value < THRESHOLD ? 0 : value;
  }
  return peak;
}
