// Slow baselines of fluorescence traces, in the units of the trace. "Maximin": a Gaussian, then the rolling minimum, then the
// rolling maximum of it over a minute (suite2p). Missing samples (NaN) are bridged and stay NaN.
import { acrossGaps } from './gaps.ts';

/**
 * How the ends are treated. 'replicate': suite2p of 2026 (Gaussian cut at 3 deviations, odd window, end values repeated);
 * 'reflect': its older releases with scipy filters (cut at 4 deviations, window as given, mirrored ends).
 */
export type BaselineEnds = 'replicate' | 'reflect';

export interface MaximinOptions {
  readonly ends?: BaselineEnds;
  readonly windowSeconds?: number;
  /** Standard deviation of the Gaussian in frames. */
  readonly sigmaFrames?: number;
}

/** Maximin baseline of a trace sampled at `rateHz`. */
export function maximinBaseline(
  trace: ArrayLike<number>,
  rateHz: number,
  options: MaximinOptions = {},
): Float32Array<ArrayBuffer> {
  const { ends = 'replicate', windowSeconds = 60, sigmaFrames = 10 } = options;
  const samples = Math.max(1, Math.trunc(windowSeconds * rateHz));
  const window = ends === 'replicate' ? samples | 1 : samples;
  const radius = Math.trunc((ends === 'replicate' ? 3 : 4) * sigmaFrames + 0.5);
  return acrossGaps(trace, (bridged) => {
    const smooth = gaussianFilter(bridged, sigmaFrames, radius, ends);
    return rollingMaximum(rollingMinimum(smooth, window, ends), window, ends);
  });
}

/** Index of the sample that stands at `i`, which may lie beyond the ends. */
function endIndex(i: number, length: number, ends: BaselineEnds): number {
  if (ends === 'replicate') return Math.min(length - 1, Math.max(0, i));
  const turn = ((i % (2 * length)) + 2 * length) % (2 * length);
  return turn < length ? turn : 2 * length - 1 - turn;
}

function extended(trace: Float64Array, before: number, after: number, ends: BaselineEnds): Float64Array {
  return Float64Array.from({ length: trace.length + before + after }, (_, i) => trace[endIndex(i - before, trace.length, ends)]!);
}

export function gaussianFilter(
  trace: Float64Array,
  sigma: number,
  radius: number,
  ends: BaselineEnds,
): Float64Array<ArrayBuffer> {
  const weights = Float64Array.from({ length: 2 * radius + 1 }, (_, i) => Math.exp(-((i - radius) ** 2) / (2 * sigma * sigma)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const long = extended(trace, radius, radius, ends);
  const smooth = new Float64Array(trace.length);
  for (let t = 0; t < trace.length; t++) {
    let sum = 0;
    for (let i = 0; i < weights.length; i++) sum += weights[i]! * long[t + i]!;
    smooth[t] = sum / total;
  }
  return smooth;
}

/** Smallest of the `window` samples around each; an even window reaches one further back, as in scipy. */
export function rollingMinimum(trace: Float64Array, window: number, ends: BaselineEnds): Float64Array<ArrayBuffer> {
  const before = Math.floor(window / 2);
  const long = extended(trace, before, window - 1 - before, ends);
  const result = new Float64Array(trace.length);
  // Candidates in rising order of place and value: each sample enters and leaves once.
  const queue = new Int32Array(long.length);
  let head = 0;
  let tail = 0;
  for (let i = 0; i < long.length; i++) {
    while (tail > head && long[queue[tail - 1]!]! >= long[i]!) tail--;
    queue[tail++] = i;
    const t = i - window + 1;
    if (queue[head]! < t) head++;
    if (t >= 0) result[t] = long[queue[head]!]!;
  }
  return result;
}

export function rollingMaximum(trace: Float64Array, window: number, ends: BaselineEnds): Float64Array<ArrayBuffer> {
  return rollingMinimum(
    trace.map((value) => -value),
    window,
    ends,
  ).map((value) => -value);
}
