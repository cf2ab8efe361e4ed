// Drift from the spikes alone, decentralised (Varol et al. 2021, Windolf et al. 2022): displacement of each pair of time bins by
// windowed, centred, normalised cross-correlation of their depth profiles, then the motion that explains all pairs best, by least
// squares weighted by the correlations, reweighted against pairs that do not fit.
import type { Motion } from '../../../base/motion.ts';
import { type Steps, within } from '../../../base/steps.ts';
import { medianOf } from '../reference/median.ts';
import { type DepthGrid, motionHistogram, type SpikeRaster, suitableHistogram } from './histogram.ts';
import { type PairLag, solveMotion } from './solve.ts';

export interface RegistrationOptions {
  /** Largest displacement between two bins, µm. */
  readonly reach: number;
  /** Pairs of bins farther apart than this are thinned out, so that the work grows with the length of the recording only. */
  readonly nearSeconds: number;
  /** Centre-to-centre distance of depth windows, µm; Infinity: the same motion at all depths. */
  readonly windowStep: number;
  /** Standard deviation of a window, µm. */
  readonly windowSigma: number;
  /** Pairs that correlate less are left out. */
  readonly leastCorrelation: number;
}

export const REGISTRATION: RegistrationOptions = {
  reach: 100,
  nearSeconds: 240,
  windowStep: Infinity,
  windowSigma: 200,
  leastCorrelation: 0.1,
};

/** µm around the spikes, into which they may be moved. */
const MARGIN = 50;

/** Motion of a recording of `duration` s, with a histogram that suits its length. No spikes: no motion. */
export function* estimateDrift(
  raster: SpikeRaster,
  duration: number,
  options: RegistrationOptions = REGISTRATION,
): Steps<Motion> {
  let lowest = Infinity;
  let highest = -Infinity;
  for (let i = 0; i < raster.depths.length; i++) {
    const depth = raster.depths[i]!;
    if (depth < lowest) lowest = depth;
    if (depth > highest) highest = depth;
  }
  const range = [lowest, highest].every(Number.isFinite)
    ? ([lowest - MARGIN, highest + MARGIN] as const)
    : ([0, MARGIN] as const);
  return yield* estimateMotion(motionHistogram(raster, duration, range, suitableHistogram(duration)), options);
}

/** `grid`: see `motionHistogram`. The median displacement of each window is 0. Bins that no pair ties down are interpolated. */
export function* estimateMotion(grid: DepthGrid, options: RegistrationOptions = REGISTRATION): Steps<Motion> {
  const { timeEdges, depthEdges } = grid;
  const bins = timeEdges.length - 1;
  const windows = windowsOf(grid, options);
  const displacement = new Float64Array(bins * windows.length);
  const pairs = pairsOf(bins, Math.ceil(options.nearSeconds / (timeEdges[1]! - timeEdges[0]!)));
  const binSize = depthEdges[1]! - depthEdges[0]!;
  for (let w = 0; w < windows.length; w++) {
    const lags: PairLag[] = [];
    const share = (part: number) => (w + part) / windows.length;
    const correlate = yield* within(
      makeCorrelator(grid, windows[w]!.weights, Math.round(options.reach / binSize)),
      share(0),
      share(0.1),
    );
    for (let p = 0; p < pairs.length; p += 2) {
      const [i, j] = [pairs[p]!, pairs[p + 1]!];
      const { lag, correlation } = correlate(i, j);
      if (correlation >= options.leastCorrelation) lags.push({ i, j, lag: lag * binSize, weight: correlation });
      if (p % 64 === 0) yield share(0.1 + (0.8 * p) / pairs.length);
    }
    const own = yield* within(solveMotion(bins, lags), share(0.9), share(1));
    const middle = medianOf(own);
    own.forEach((value, t) => {
      displacement[t * windows.length + w] = value - middle;
    });
  }
  return {
    times: Float64Array.from({ length: bins }, (_, t) => (timeEdges[t]! + timeEdges[t + 1]!) / 2),
    depths: Float64Array.from(windows, ({ centre }) => centre),
    displacement,
  };
}

interface DepthWindow {
  readonly centre: number;
  readonly weights: Float64Array;
}

function windowsOf({ depthEdges }: DepthGrid, { windowStep, windowSigma }: RegistrationOptions): DepthWindow[] {
  const bins = depthEdges.length - 1;
  const [lowest, highest] = [depthEdges[0]!, depthEdges[bins]!];
  const count = Math.max(1, Math.floor((highest - lowest) / windowStep));
  if (count === 1) return [{ centre: (lowest + highest) / 2, weights: new Float64Array(bins).fill(1) }];
  return Array.from({ length: count }, (_, w) => {
    const centre = lowest + ((w + 0.5) * (highest - lowest)) / count;
    const weights = Float64Array.from({ length: bins }, (_, y) => {
      const distance = (depthEdges[y]! + depthEdges[y + 1]!) / 2 - centre;
      return Math.exp(-0.5 * (distance / windowSigma) ** 2);
    });
    return { centre, weights };
  });
}

/** All pairs i < j of near bins, and of far ones every so many: i, j, i, j … */
function pairsOf(bins: number, near: number): Int32Array {
  const pairs: number[] = [];
  for (let i = 0; i < bins; i++) {
    for (let j = i + 1, step = 1; j < bins; j += step) {
      pairs.push(i, j);
      // Beyond `near` the steps grow with the distance.
      step = Math.max(1, Math.floor((j - i) / near) * 8);
    }
  }
  return Int32Array.from(pairs);
}

interface Correlation {
  /** Depth bins by which bin j lies above bin i, fractions by a parabola. */
  readonly lag: number;
  readonly correlation: number;
}

/** The window lies on bin i; bin j is moved under it, and what moves in from beyond the probe is zero. */
function* makeCorrelator(
  { values, depthEdges }: DepthGrid,
  weights: Float64Array,
  reach: number,
): Steps<(i: number, j: number) => Correlation> {
  const depthBins = depthEdges.length - 1;
  const padded = depthBins + 2 * reach;
  const bins = values.length / depthBins;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  // Weighted mean and deviation of bin i under the window at rest.
  const wide = new Float64Array(bins * padded);
  for (let t = 0; t < bins; t++) wide.set(values.subarray(t * depthBins, (t + 1) * depthBins), t * padded + reach);
  const centred = new Float64Array(values.length);
  const norms = new Float64Array(bins);
  for (let t = 0; t < bins; t++) {
    let sum = 0;
    for (let y = 0; y < depthBins; y++) sum += weights[y]! * values[t * depthBins + y]!;
    let square = 0;
    for (let y = 0; y < depthBins; y++) {
      const x = values[t * depthBins + y]! - sum / total;
      centred[t * depthBins + y] = weights[y]! * x;
      square += weights[y]! * x * x;
    }
    norms[t] = square;
  }
  // The same of every bin moved by every lag.
  const lags = 2 * reach + 1;
  const movedNorms = new Float64Array(bins * lags);
  for (let t = 0; t < bins; t++) {
    for (let lag = 0; lag < lags; lag++) {
      let [sum, square] = [0, 0];
      for (let y = 0, at = t * padded + lag; y < depthBins; y++, at++) {
        const x = wide[at]!;
        if (x === 0) continue;
        sum += weights[y]! * x;
        square += weights[y]! * x * x;
      }
      movedNorms[t * lags + lag] = square - (sum * sum) / total;
    }
    yield t / bins;
  }
  // Four lags share one pass over bin i.
  const products = new Float64Array(lags + 3);
  const row = new Float64Array(padded + 3);
  return (i, j) => {
    row.set(wide.subarray(j * padded, (j + 1) * padded));
    for (let lag = 0; lag < lags; lag += 4) {
      let [p0, p1, p2, p3] = [0, 0, 0, 0];
      for (let y = 0, a = i * depthBins, b = lag; y < depthBins; y++, a++, b++) {
        const x = centred[a]!;
        p0 += x * row[b]!;
        p1 += x * row[b + 1]!;
        p2 += x * row[b + 2]!;
        p3 += x * row[b + 3]!;
      }
      products[lag] = p0;
      products[lag + 1] = p1;
      products[lag + 2] = p2;
      products[lag + 3] = p3;
    }
    let best = 0;
    for (let lag = 0; lag < lags; lag++) {
      const norm = norms[i]! * movedNorms[j * lags + lag]!;
      products[lag] = norm > 0 ? products[lag]! / Math.sqrt(norm) : 0;
      if (products[lag]! > products[best]!) best = lag;
    }
    const at = products[best]!;
    const inside = best > 0 && best < lags - 1;
    const [before, after] = inside ? [products[best - 1]!, products[best + 1]!] : [at, at];
    const curve = before - 2 * at + after;
    const shift = curve < 0 ? (0.5 * (before - after)) / curve : 0;
    return { lag: best - reach + shift, correlation: at };
  };
}
