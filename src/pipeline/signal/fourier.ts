// Discrete Fourier transform of any length n, X[k] = Σ x[t] exp(−2πi kt/n): fft.js for powers of two, a few of those joined
// for small odd factors, Bluestein's chirp algorithm (1970) otherwise. Complex numbers are interleaved: re, im, re, im …
import FFT from 'fft.js';

export interface Fourier {
  readonly length: number;
  /** Writes the transform of `input` (2n numbers) to `output` (2n numbers, another array). */
  transform(output: Float64Array, input: Float64Array): void;
}

const LARGEST_JOINED = 9;

export function makeFourier(length: number): Fourier {
  if (length === 1) return { length, transform: (output, input) => output.set(input) };
  let odd = length;
  while (odd % 2 === 0) odd /= 2;
  if (odd === 1) {
    const fft = new FFT(length);
    return { length, transform: (output, input) => fft.transform(output, input) };
  }
  return odd <= LARGEST_JOINED && odd < length ? makeJoined(length, odd) : makeBluestein(length);
}

/** `odd` transforms of every odd-th sample, joined: X[k] = Σ_r w^(rk) X_r[k mod n/odd]. */
function makeJoined(length: number, odd: number): Fourier {
  const part = length / odd;
  const fft = makeFourier(part);
  const [cos, sin] = roots(length, (k) => k);
  const samples = new Float64Array(2 * part);
  const spectrum = new Float64Array(2 * part);
  return {
    length,
    transform(output, input) {
      output.fill(0);
      for (let r = 0; r < odd; r++) {
        for (let t = 0; t < part; t++) {
          samples[2 * t] = input[2 * (t * odd + r)]!;
          samples[2 * t + 1] = input[2 * (t * odd + r) + 1]!;
        }
        fft.transform(spectrum, samples);
        for (let k = 0, turn = 0, from = 0; k < length; k++) {
          const re = spectrum[2 * from]!;
          const im = spectrum[2 * from + 1]!;
          output[2 * k]! += re * cos[turn]! + im * sin[turn]!;
          output[2 * k + 1]! += im * cos[turn]! - re * sin[turn]!;
          turn = (turn + r) % length;
          from = from + 1 === part ? 0 : from + 1;
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
