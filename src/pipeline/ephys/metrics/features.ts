// Features of spikes: principal components of their waveforms on one channel, or those that a sorter saved, gathered on a few
// channels so that units can be compared. Points are [spike][dimension].
import { fullEigen } from '../../linalg/full-eigen.ts';
import type { FeaturePoints } from './cluster-quality.ts';

export interface Components {
  /** [component][sample], of length 1, the strongest first. */
  readonly axes: readonly Float64Array[];
  /** Mean waveform, [sample]. */
  readonly mean: Float64Array<ArrayBuffer>;
  /** Share of the variance that each holds. */
  readonly shares: readonly number[];
}

/** Principal components of waves [wave][sample]; fewer where there are fewer samples. */
export function principalComponents(waves: ArrayLike<number>, samples: number, count: number): Components {
  const n = waves.length / samples;
  const mean = new Float64Array(samples);
  for (let i = 0; i < waves.length; i++) mean[i % samples]! += waves[i]! / n;
  const covariance = new Float64Array(samples * samples);
  for (let w = 0; w < n; w++) {
    for (let i = 0; i < samples; i++) {
      const x = waves[w * samples + i]! - mean[i]!;
      for (let j = 0; j <= i; j++) covariance[i * samples + j]! += x * (waves[w * samples + j]! - mean[j]!);
    }
  }
  for (let i = 0; i < samples; i++) for (let j = 0; j < i; j++) covariance[j * samples + i] = covariance[i * samples + j]!;
  addRidge(covariance, samples);
  const { values, vectors } = fullEigen(covariance, samples);
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  return {
    axes: vectors.slice(0, count).map(upright),
    mean,
    shares: Array.from(values.subarray(0, count), (value) => (total > 0 ? Math.max(0, value) / total : 0)),
  };
}

/** Share of the whole variance that is added to every direction. */
const RIDGE = 1e-9;

/** With fewer waves than samples most directions have no variance at all, and the search for them would not settle. */
function addRidge(covariance: Float64Array, n: number): void {
  let trace = 0;
  for (let i = 0; i < n; i++) trace += covariance[i * n + i]!;
  for (let i = 0; i < n; i++) covariance[i * n + i]! += RIDGE * (trace || 1) * (1 + i / n);
}

/** The sign of an eigenvector is arbitrary: its largest element is made positive. */
function upright(axis: Float64Array): Float64Array {
  const largest = axis.reduce((most, x) => (Math.abs(x) > Math.abs(most) ? x : most), 0);
  return largest < 0 ? axis.map((x) => -x) : axis;
}

/** Scores of waves [wave][sample] on the components, [wave][component]. */
export function projectWaves(
  waves: ArrayLike<number>,
  { axes, mean }: Pick<Components, 'axes' | 'mean'>,
): Float32Array<ArrayBuffer> {
  const samples = mean.length;
  const n = waves.length / samples;
  const out = new Float32Array(n * axes.length);
  for (let w = 0; w < n; w++) {
    axes.forEach((axis, k) => {
      let sum = 0;
      for (let t = 0; t < samples; t++) sum += axis[t]! * (waves[w * samples + t]! - mean[t]!);
      out[w * axes.length + k] = sum;
    });
  }
  return out;
}

/** Features as Kilosort and phy store them: each spike's on the channels of its template only. */
export interface SparseFeatures {
  /** [spike][component][local channel]. */
  readonly data: ArrayLike<number>;
  readonly components: number;
  readonly locals: number;
  /** Channels of each template, [template][local channel]. */
  readonly channels: ArrayLike<number>;
  readonly templateOf: ArrayLike<number>;
}

/**
 * Points of the given spikes on `channels`, components of the first channel first. Spikes whose template lacks one of the channels
 * are left out: their features there are unknown, not zero. `kept`: which of the spikes remain.
 */
export function pointsOnChannels(
  { data, components, locals, channels: channelsOf, templateOf }: SparseFeatures,
  spikes: ArrayLike<number>,
  units: ArrayLike<number>,
  channels: readonly number[],
): FeaturePoints & { readonly kept: Uint32Array<ArrayBuffer> } {
  const placesOf = new Map<number, readonly number[] | null>();
  const kept: number[] = [];
  const points: number[] = [];
  for (let i = 0; i < spikes.length; i++) {
    const spike = spikes[i]!;
    const template = templateOf[spike]!;
    let places = placesOf.get(template);
    if (places === undefined) {
      const own = Array.from({ length: locals }, (_, k) => channelsOf[template * locals + k]!);
      const found = channels.map((channel) => own.indexOf(channel));
      places = found.includes(-1) ? null : found;
      placesOf.set(template, places);
    }
    if (!places) continue;
    kept.push(i);
    for (const place of places) {
      for (let k = 0; k < components; k++) points.push(data[(spike * components + k) * locals + place]!);
    }
  }
  return {
    points: Float32Array.from(points),
    dimensions: channels.length * components,
    labels: Int32Array.from(kept, (i) => units[i]!),
    kept: Uint32Array.from(kept),
  };
}
