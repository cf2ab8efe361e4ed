// Spikes from a calcium trace: OASIS (Friedrich, Zhou and Paninski 2017) as suite2p runs it, non-negative, first-order decay,
// no sparsity penalty; with a least spike where one is asked for. Amplitudes are in the units of the trace, a spike per sample.
// Linear time.
import { acrossGaps } from './gaps.ts';

/**
 * `deltaF`: baseline-corrected trace sampled at `rateHz`; `tauSeconds`: decay of the indicator (GCaMP6f 0.7, 6m 1.0, 6s 1.25–1.5).
 * Missing samples (NaN) are bridged and stay NaN.
 */
export function deconvolve(deltaF: ArrayLike<number>, rateHz: number, tauSeconds = 1): Float32Array<ArrayBuffer> {
  const decay = Math.exp(-1 / (tauSeconds * rateHz));
  return acrossGaps(deltaF, (trace) => {
    const { count, value, start, length } = fitPools(trace, decay);
    // The first pool has nothing to rise from, so its spike stays 0, as in the reference.
    const spikes = new Float64Array(trace.length);
    for (let i = 1; i < count; i++) spikes[start[i]!] = value[i]! - value[i - 1]! * decay ** length[i - 1]!;
    return spikes;
  });
}

/** Samples that decay together: the first sample of each pool, its length, and the value it begins with. */
export interface Pools {
  readonly count: number;
  readonly value: Float64Array;
  readonly start: Int32Array;
  readonly length: Int32Array;
}

/** `decay` a sample; every pool begins at least `least` above what the one before has decayed to. */
export function fitPools(trace: Float64Array, decay: number, least = 0): Pools {
  const value = new Float64Array(trace.length);
  const weight = new Float64Array(trace.length);
  const start = new Int32Array(trace.length);
  const length = new Int32Array(trace.length);
  let last = -1;
  for (let t = 0; t < trace.length; t++) {
    last++;
    value[last] = trace[t]!;
    weight[last] = 1;
    start[last] = t;
    length[last] = 1;
    while (last > 0 && value[last - 1]! * decay ** length[last - 1]! + least > value[last]!) {
      const kept = last - 1;
      const fade = decay ** length[kept]!;
      const joined = weight[kept]! + weight[last]! * fade * fade;
      value[kept] = (value[kept]! * weight[kept]! + value[last]! * weight[last]! * fade) / joined;
      weight[kept] = joined;
      length[kept]! += length[last]!;
      last = kept;
    }
  }
  return { count: last + 1, value, start, length };
}
