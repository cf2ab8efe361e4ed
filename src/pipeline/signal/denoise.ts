// A trace without its noise: events that decay with the indicator. Neither the decay nor the least event that counts is known, so
// OASIS (Friedrich, Zhou and Paninski 2017) runs with several of both, and what it gives is averaged by how well each explains the
// trace for the number of events it takes (Bayesian information criterion). Same unit as the trace; linear time.
import { acrossGaps } from './gaps.ts';
import { noiseFft } from './noise-fft.ts';
import { fitPools } from './oasis.ts';

/** Decays in seconds, from the fastest to the slowest indicator; least events in noise standard deviations. */
const DECAYS = [0.35, 0.5, 0.7, 1, 1.4, 2];
const LEAST_EVENTS = [1, 2, 3];
/** The baseline lies below the noise's middle: each fit is made twice, the second time above what the first one left over. */
const FITS = 2;
/** An event has a time and a size. */
const EVENT_PARAMETERS = 2;
/** Differences of the criterion count this many times less, since no model holds exactly; found on simulated movies. */
const DOUBT = 30;

/** `trace`: ΔF or ΔF/F sampled at `rateHz`, baseline near 0. Missing samples (NaN) stay missing. */
export function denoise(trace: ArrayLike<number>, rateHz: number): Float32Array<ArrayBuffer> {
  return acrossGaps(trace, (whole) => {
    const noise = noiseFft(whole);
    if (!(noise > 0)) return whole;
    const fits = DECAYS.flatMap((tau) =>
      LEAST_EVENTS.map((least) => explain(whole, Math.exp(-1 / (tau * rateHz)), least * noise, noise)),
    );
    const best = fits.reduce((low, { criterion }) => Math.min(low, criterion), Number.POSITIVE_INFINITY);
    const weights = fits.map(({ criterion }) => Math.exp((best - criterion) / (2 * DOUBT)));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return whole.map((_, t) => fits.reduce((sum, { course }, i) => sum + weights[i]! * course[t]!, 0) / total);
  });
}

interface Fit {
  readonly course: Float64Array;
  readonly criterion: number;
}

function explain(trace: Float64Array, decay: number, least: number, noise: number): Fit {
  const course = new Float64Array(trace.length);
  let base = 0;
  let events = 0;
  for (let again = 0; again < FITS; again++) {
    const from = base;
    const { count, value, start, length } = fitPools(
      trace.map((sample) => sample - from),
      decay,
      least,
    );
    for (let i = 0; i < count; i++) {
      for (let k = 0, level = Math.max(0, value[i]!); k < length[i]!; k++, level *= decay) course[start[i]! + k] = level;
    }
    events = count - 1;
    base = trace.reduce((sum, sample, t) => sum + sample - course[t]!, 0) / trace.length;
  }
  const rest = trace.reduce((sum, sample, t) => sum + (sample - base - course[t]!) ** 2, 0);
  return { course, criterion: rest / noise ** 2 + EVENT_PARAMETERS * events * Math.log(trace.length) };
}
