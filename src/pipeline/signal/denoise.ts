// A trace without its noise: what the deconvolved events would give by themselves, each decaying with the indicator. Events
// smaller than the noise are left out, since without a sparsity penalty the deconvolution follows noise as well (Friedrich, Zhou and
// Paninski 2017 set such a least spike, s_min). Same unit as the trace; linear time.
import { acrossGaps, bridgeGaps } from './gaps.ts';
import { noiseFft } from './noise-fft.ts';
import { deconvolve } from './oasis.ts';

/** Least event, in noise standard deviations. */
const LEAST_EVENT = 1.5;

/**
 * `trace`: ΔF or ΔF/F, baseline 0, sampled at `rateHz`; `tauSeconds`: decay of the indicator. Missing samples (NaN) stay missing.
 */
export function denoise(trace: ArrayLike<number>, rateHz: number, tauSeconds = 1): Float32Array<ArrayBuffer> {
  const bridged = bridgeGaps(trace);
  const least = bridged ? LEAST_EVENT * noiseFft(bridged.trace) : 0;
  const decay = Math.exp(-1 / (tauSeconds * rateHz));
  return acrossGaps(trace, (whole) => {
    let state = 0;
    return deconvolve(whole, rateHz, tauSeconds).map((event) => {
      state = state * decay + (event >= least ? event : 0);
      return state;
    });
  });
}
