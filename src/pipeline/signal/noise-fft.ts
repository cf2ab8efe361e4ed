// Noise of a trace from the upper half of its spectrum: sqrt of the mean power in 0.25 < f ≤ 0.5 cycles a sample
// (CaImAn `get_noise_fft`, noise_method 'mean'), in the units of the trace. Calcium signals are slow, so what is left is noise.
import { makeFourier } from './fourier.ts';

/** Of traces longer than this three pieces stand for the whole. */
const LONGEST = 3072;

export interface NoiseMeter {
  /** Noise of two traces of the length the meter was made for: one complex transform serves two real traces. */
  measure(first: ArrayLike<number>, second: ArrayLike<number>): [first: number, second: number];
}

/** `length` in samples. Without a frequency in the band (length < 2) the noise is NaN. */
export function makeNoiseMeter(length: number): NoiseMeter {
  const picked = pickSamples(length);
  const n = picked.length;
  const fourier = makeFourier(Math.max(1, n));
  const samples = new Float64Array(2 * n);
  const spectrum = new Float64Array(2 * n);
  return {
    measure(first, second) {
      for (let t = 0; t < n; t++) {
        samples[2 * t] = first[picked[t]!]!;
        samples[2 * t + 1] = second[picked[t]!]!;
      }
      if (n > 0) fourier.transform(spectrum, samples);
      let powerFirst = 0;
      let powerSecond = 0;
      let bins = 0;
      for (let k = Math.floor(n / 4) + 1; 2 * k <= n; k++) {
        const re = spectrum[2 * k]!;
        const im = spectrum[2 * k + 1]!;
        const mirrorRe = spectrum[2 * (n - k)]!;
        const mirrorIm = spectrum[2 * (n - k) + 1]!;
        powerFirst += (re + mirrorRe) ** 2 + (im - mirrorIm) ** 2;
        powerSecond += (im + mirrorIm) ** 2 + (mirrorRe - re) ** 2;
        bins++;
      }
      return [Math.sqrt(powerFirst / (4 * n * bins)), Math.sqrt(powerSecond / (4 * n * bins))];
    },
  };
}

/** Noise of one trace without gaps. */
export function noiseFft(trace: ArrayLike<number>): number {
  return makeNoiseMeter(trace.length).measure(trace, trace)[0];
}

function pickSamples(length: number): Int32Array {
  if (length <= LONGEST) return Int32Array.from({ length }, (_, t) => t);
  const piece = LONGEST / 3;
  const starts = [1, Math.floor(length / 2) - piece / 2, length - piece];
  return Int32Array.from({ length: LONGEST }, (_, t) => starts[Math.floor(t / piece)]! + (t % piece));
}
