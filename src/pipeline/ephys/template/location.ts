// Where a unit or a spike sits, from how large it is on the channels around its main one: the centre of mass, or the place of a
// monopole whose potential falls with the distance (Boussard et al. 2021). µm.
import { peakToPeak } from './shape.ts';
import type { Template, Waveforms, WaveformWindow } from './waveforms.ts';

export const LOCATION_RADIUS = 75;

/** Channels not farther than `radius` from `channel`, rising. `positions` [channel][x, y]. */
export function channelsWithin(positions: ArrayLike<number>, channel: number, radius: number): Int32Array<ArrayBuffer> {
  const [x, y] = [positions[2 * channel]!, positions[2 * channel + 1]!];
  const near: number[] = [];
  for (let c = 0; 2 * c < positions.length; c++) {
    if (Math.hypot(positions[2 * c]! - x, positions[2 * c + 1]! - y) <= radius) near.push(c);
  }
  return Int32Array.from(near);
}

/** Mean of the channels' positions weighted by the size on each; NaN where all are zero. */
export function centreOfMass(
  sizes: ArrayLike<number>,
  positions: ArrayLike<number>,
  near: ArrayLike<number>,
): readonly [x: number, y: number] {
  let sum = 0;
  let x = 0;
  let y = 0;
  for (let i = 0; i < near.length; i++) {
    const c = near[i]!;
    sum += sizes[c]!;
    x += sizes[c]! * positions[2 * c]!;
    y += sizes[c]! * positions[2 * c + 1]!;
  }
  return [x / sum, y / sum];
}

/** Centre of mass of a template by peak-to-peak size. */
export function templateCentre(
  { mean, samples, channels }: Template,
  positions: ArrayLike<number>,
  main: number,
  radius = LOCATION_RADIUS,
): readonly [x: number, y: number] {
  return centreOfMass(peakToPeak(mean, channels, 0, samples), positions, channelsWithin(positions, main, radius));
}

/** Centre of mass of each waveform within `halfSamples` of its spike, [spike][x, y]. The waveforms hold all channels. */
export function spikeCentres(
  { data, spikes, samples, channels }: Waveforms,
  { before }: WaveformWindow,
  positions: ArrayLike<number>,
  main: number,
  halfSamples: number,
  radius = LOCATION_RADIUS,
): Float32Array<ArrayBuffer> {
  const near = channelsWithin(positions, main, radius);
  const out = new Float32Array(2 * spikes.length);
  const [from, to] = [Math.max(0, before - halfSamples), Math.min(samples, before + halfSamples)];
  for (let k = 0; k < spikes.length; k++) {
    const sizes = peakToPeak(data, channels, from, to, k * samples * channels);
    out.set(centreOfMass(sizes, positions, near), 2 * k);
  }
  return out;
}

export interface Monopole {
  readonly x: number;
  readonly y: number;
  /** Distance from the probe's plane. */
  readonly z: number;
  readonly alpha: number;
}

const REACH = 1000;
const LEAST_Z = 1;
const MOST_Z = 10_000;
const STEPS = 200;

/**
 * Least squares of size = α / √((x − x_c)² + (y − y_c)² + z²) over the near channels, by damped Gauss-Newton steps from the centre
 * of mass and z = 20 µm; z is kept within 1 to 10,000 µm, x and y within 1 mm.
 */
export function monopole(sizes: ArrayLike<number>, positions: ArrayLike<number>, near: ArrayLike<number>): Monopole {
  const [x0, y0] = centreOfMass(sizes, positions, near);
  let largest = 0;
  for (let i = 0; i < near.length; i++) largest = Math.max(largest, sizes[near[i]!]!);
  let best = { x: x0, y: y0, z: 20, alpha: largest * Math.sqrt(20 * 20 + 20 * 20) };
  if (!Number.isFinite(x0)) return { x: Number.NaN, y: Number.NaN, z: Number.NaN, alpha: Number.NaN };
  let error = errorOf(best, sizes, positions, near);
  let damping = 1e-3;
  for (let step = 0; step < STEPS && damping < 1e12; step++) {
    const { normal, gradient } = normalEquations(best, sizes, positions, near);
    const delta = solveDamped(normal, gradient, damping, best.z <= LEAST_Z);
    const next = {
      x: clamp(best.x + delta[0]!, x0 - REACH, x0 + REACH),
      y: clamp(best.y + delta[1]!, y0 - REACH, y0 + REACH),
      z: clamp(best.z + delta[2]!, LEAST_Z, MOST_Z),
      alpha: clamp(best.alpha + delta[3]!, 0, 1000 * largest),
    };
    const nextError = errorOf(next, sizes, positions, near);
    if (nextError < error) {
      const gain = error - nextError;
      best = next;
      error = nextError;
      damping /= 4;
      if (gain < 1e-14 * error) break;
    } else damping *= 5;
  }
  return best;
}

function errorOf(at: Monopole, sizes: ArrayLike<number>, positions: ArrayLike<number>, near: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < near.length; i++) {
    const c = near[i]!;
    sum += (sizes[c]! - at.alpha / distance(at, positions, c)) ** 2;
  }
  return sum;
}

function distance({ x, y, z }: Monopole, positions: ArrayLike<number>, c: number): number {
  return Math.hypot(x - positions[2 * c]!, y - positions[2 * c + 1]!, z);
}

function normalEquations(at: Monopole, sizes: ArrayLike<number>, positions: ArrayLike<number>, near: ArrayLike<number>) {
  const normal = new Float64Array(16);
  const gradient = new Float64Array(4);
  for (let i = 0; i < near.length; i++) {
    const c = near[i]!;
    const d = distance(at, positions, c);
    const rest = sizes[c]! - at.alpha / d;
    const slope = -at.alpha / d ** 3;
    const row = [slope * (at.x - positions[2 * c]!), slope * (at.y - positions[2 * c + 1]!), slope * at.z, 1 / d];
    for (let p = 0; p < 4; p++) {
      gradient[p]! += row[p]! * rest;
      for (let q = 0; q < 4; q++) normal[4 * p + q]! += row[p]! * row[q]!;
    }
  }
  return { normal, gradient };
}

/** (N + λ diag N) δ = g; at the bound z stays where the gradient would push it out. */
function solveDamped(normal: Float64Array, gradient: Float64Array, damping: number, atBound: boolean): Float64Array {
  const free = atBound && gradient[2]! <= 0 ? [0, 1, 3] : [0, 1, 2, 3];
  const n = free.length;
  const m = free.map((p) => [...free.map((q) => normal[4 * p + q]! * (p === q ? 1 + damping : 1)), gradient[p]!]);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) if (Math.abs(m[i]![k]!) > Math.abs(m[pivot]![k]!)) pivot = i;
    [m[k], m[pivot]] = [m[pivot]!, m[k]!];
    if (m[k]![k] === 0) return new Float64Array(4);
    for (let i = 0; i < n; i++) {
      if (i === k) continue;
      const factor = m[i]![k]! / m[k]![k]!;
      for (let j = k; j <= n; j++) m[i]![j]! -= factor * m[k]![j]!;
    }
  }
  const delta = new Float64Array(4);
  free.forEach((p, k) => {
    delta[p] = m[k]![n]! / m[k]![k]!;
  });
  return delta;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
