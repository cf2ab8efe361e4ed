// Discrete Fourier transform of any length n, X[k] = Σ x[t] exp(−2πi kt/n): fft.js for powers of two, mixed radices for
// factors 3 and 5, those joined for factors 7 to 13, Bluestein's chirp algorithm (1970) otherwise. Complex numbers are interleaved: re, im, re, im …
import FFT from 'fft.js';
import { makeMixed, radicesOf } from './mixed-fourier.ts';

export interface Fourier {
  readonly length: number;
  /** Writes the transform of `input` (2n numbers) to `output` (2n numbers, another array). */
  transform(output: Float64Array, input: Float64Array): void;
}

/** Prime factors up to this one are joined; a length with a larger one is a convolution. */
const LARGEST_JOINED = 13;

export function makeFourier(length: number): Fourier {
  if (length === 1) return { length, transform: (output, input) => output.set(input) };
  let rest = length;
  while (rest % 2 === 0) rest /= 2;
  if (rest === 1) {
    const fft = new FFT(length);
    return { length, transform: (output, input) => fft.transform(output, input) };
  }
  const radices = radicesOf(length);
  if (radices) return { length, transform: makeMixed(length, radices) };
  let smallest = 0;
  for (let factor = 3; factor <= LARGEST_JOINED; factor += 2) {
    for (; rest % factor === 0; rest /= factor) smallest ||= factor;
  }
  return rest === 1 ? makeJoined(length, smallest) : makeBluestein(length);
}

/**
 * `odd` transforms of every odd-th sample, joined: X[k + m n/odd] = Σ_r w^(rk) X_r[k] exp(−2πi rm/odd), where the terms of r and
 * odd − r share their products.
 */
function makeJoined(length: number, odd: number): Fourier {
  const part = length / odd;
  const half = (odd - 1) / 2;
  const fft = makeFourier(part);
  const [cos, sin] = roots(length, (k) => k);
  const samples = new Float64Array(2 * part);
  const spectra = Array.from({ length: odd }, () => new Float64Array(2 * part));
  // Sums and differences of the terms r and odd − r: re, im each.
  const sum = new Float64Array(2 * (half + 1));
  const difference = new Float64Array(2 * (half + 1));
  return {
    length,
    transform(output, input) {
      for (let r = 0; r < odd; r++) {
        for (let t = 0, at = 2 * r; t < part; t++, at += 2 * odd) {
          samples[2 * t] = input[at]!;
          samples[2 * t + 1] = input[at + 1]!;
        }
        fft.transform(spectra[r]!, samples);
      }
      const first = spectra[0]!;
      for (let k = 0; k < part; k++) {
        const re0 = first[2 * k]!;
        const im0 = first[2 * k + 1]!;
        let re = re0;
        let im = im0;
        for (let r = 1; r <= half; r++) {
          const a = spectra[r]!;
          const b = spectra[odd - r]!;
          const [ca, sa] = [cos[r * k]!, sin[r * k]!];
          const [cb, sb] = [cos[(odd - r) * k]!, sin[(odd - r) * k]!];
          const ar = a[2 * k]! * ca + a[2 * k + 1]! * sa;
          const ai = a[2 * k + 1]! * ca - a[2 * k]! * sa;
          const br = b[2 * k]! * cb + b[2 * k + 1]! * sb;
          const bi = b[2 * k + 1]! * cb - b[2 * k]! * sb;
          sum[2 * r] = ar + br;
          sum[2 * r + 1] = ai + bi;
          difference[2 * r] = ar - br;
          difference[2 * r + 1] = ai - bi;
          re += ar + br;
          im += ai + bi;
        }
        output[2 * k] = re;
        output[2 * k + 1] = im;
        for (let m = 1; m <= half; m++) {
          let evenRe = re0;
          let evenIm = im0;
          let oddRe = 0;
          let oddIm = 0;
          for (let r = 1, turn = m; r <= half; r++, turn = turn + m >= odd ? turn + m - odd : turn + m) {
            const c = cos[turn * part]!;
            const s = sin[turn * part]!;
            evenRe += sum[2 * r]! * c;
            evenIm += sum[2 * r + 1]! * c;
            oddRe += difference[2 * r + 1]! * s;
            oddIm -= difference[2 * r]! * s;
          }
          const up = 2 * (k + m * part);
          const down = 2 * (k + (odd - m) * part);
          output[up] = evenRe + oddRe;
          output[up + 1] = evenIm + oddIm;
          output[down] = evenRe - oddRe;
          output[down + 1] = evenIm - oddIm;
        }
      }
    },
  };
}

/** kt = (k² + t² − (k − t)²) / 2 turns the transform into a convolution, done with a power of two. */
function makeBluestein(length: number): Fourier {
  let size = 2;
  while (size < 2 * length - 1) size *= 2;
  const fft = new FFT(size);
  // k² mod 2n keeps the angle exact for large k.
  const [cos, sin] = roots(2 * length, (k) => (k * k) % (2 * length));
  const work = new Float64Array(2 * size);
  const spectrum = new Float64Array(2 * size);
  const chirp = new Float64Array(2 * size);
  for (let k = 0; k < length; k++) {
    for (const at of k === 0 ? [0] : [k, size - k]) {
      work[2 * at] = cos[k]!;
      work[2 * at + 1] = sin[k]!;
    }
  }
  fft.transform(chirp, work);
  return {
    length,
    transform(output, input) {
      work.fill(0);
      for (let t = 0; t < length; t++) {
        const re = input[2 * t]!;
        const im = input[2 * t + 1]!;
        work[2 * t] = re * cos[t]! + im * sin[t]!;
        work[2 * t + 1] = im * cos[t]! - re * sin[t]!;
      }
      fft.transform(spectrum, work);
      // The inverse is a forward transform of the conjugate, conjugated.
      for (let i = 0; i < 2 * size; i += 2) {
        const re = spectrum[i]!;
        const im = spectrum[i + 1]!;
        spectrum[i] = re * chirp[i]! - im * chirp[i + 1]!;
        spectrum[i + 1] = -(re * chirp[i + 1]! + im * chirp[i]!);
      }
      fft.transform(work, spectrum);
      for (let k = 0; k < length; k++) {
        const re = work[2 * k]! / size;
        const im = -work[2 * k + 1]! / size;
        output[2 * k] = re * cos[k]! + im * sin[k]!;
        output[2 * k + 1] = im * cos[k]! - re * sin[k]!;
      }
    },
  };
}

/** cos and sin of 2π turn(k) / n for k < n. */
function roots(n: number, turn: (k: number) => number): [cos: Float64Array, sin: Float64Array] {
  const angle = (_: unknown, k: number) => (2 * Math.PI * turn(k)) / n;
  return [
    Float64Array.from({ length: n }, (_, k) => Math.cos(angle(_, k))),
    Float64Array.from({ length: n }, (_, k) => Math.sin(angle(_, k))),
  ];
}
