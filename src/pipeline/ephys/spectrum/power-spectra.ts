// Power spectra of channels by Welch's method: Hann windows half overlapping, the mean of each taken out, one-sided density in
// (unit of the samples)² / Hz. Source: scipy.signal.welch.
import type { Steps } from '../../../base/steps.ts';
import { makeFourier } from '../../signal/fourier.ts';
import { type FloatBlock, type TraceBlock, toFloatBlock } from '../block.ts';
import { butterworth } from '../filter/butterworth.ts';
import { filterBlock } from '../filter/filter-block.ts';

export interface Spectra {
  /** [channel][frequency]. */
  readonly density: Float32Array<ArrayBuffer>;
  readonly channels: number;
  /** Hz, from 0. */
  readonly frequencies: Float64Array<ArrayBuffer>;
}

/** `segment` samples a window (at most the block's frames); frequencies up to `highest` Hz are kept. */
export function* powerSpectra(block: TraceBlock, rate: number, segment: number, highest = Infinity): Steps<Spectra> {
  const { data, frames, channels } = block;
  const length = Math.max(2, Math.min(segment, frames));
  const bins = Math.min(Math.floor(length / 2), Math.floor((highest * length) / rate + 1e-9)) + 1;
  const frequencies = Float64Array.from({ length: bins }, (_, k) => (k * rate) / length);
  const window = Float64Array.from({ length }, (_, t) => 0.5 - 0.5 * Math.cos((2 * Math.PI * t) / length));
  const power = window.reduce((sum, w) => sum + w * w, 0) * rate;
  const fourier = makeFourier(length);
  const wave = new Float64Array(2 * length);
  const spectrum = new Float64Array(2 * length);
  const step = length - Math.floor(length / 2);
  const segments = Math.max(0, Math.floor((frames - length) / step) + 1);
  const sums = new Float64Array(channels * bins);
  for (let c = 0; c < channels; c += 2) {
    // Two channels share one complex transform.
    const second = c + 1 < channels ? c + 1 : c;
    for (let s = 0; s < segments; s++) {
      fill(wave, 0, data, s * step * channels + c, channels, window);
      fill(wave, 1, data, s * step * channels + second, channels, window);
      fourier.transform(spectrum, wave);
      for (let k = 0; k < bins; k++) {
        const mirror = k === 0 ? 0 : length - k;
        const [re, im] = [spectrum[2 * k]!, spectrum[2 * k + 1]!];
        const [mirrorRe, mirrorIm] = [spectrum[2 * mirror]!, spectrum[2 * mirror + 1]!];
        sums[c * bins + k]! += ((re + mirrorRe) ** 2 + (im - mirrorIm) ** 2) / 4;
        if (second !== c) sums[second * bins + k]! += ((im + mirrorIm) ** 2 + (re - mirrorRe) ** 2) / 4;
      }
    }
    yield (c + 1) / channels;
  }
  const density = new Float32Array(sums.length);
  for (let i = 0; i < sums.length; i++) {
    const k = i % bins;
    const sides = k === 0 || 2 * k === length ? 1 : 2;
    density[i] = segments === 0 ? Number.NaN : (sides * sums[i]!) / power / segments;
  }
  return { density, channels, frequencies };
}

function fill(
  wave: Float64Array,
  part: 0 | 1,
  data: ArrayLike<number>,
  from: number,
  stride: number,
  window: Float64Array,
): void {
  let sum = 0;
  for (let t = 0, at = from; t < window.length; t++, at += stride) sum += data[at]!;
  const mean = sum / window.length;
  for (let t = 0, at = from; t < window.length; t++, at += stride) wave[2 * t + part] = window[t]! * (data[at]! - mean);
}

/** Every `factor`-th frame after a zero-phase low-pass at 80 % of the new half rate. */
export function decimateBlock(block: TraceBlock, rate: number, factor: number): FloatBlock {
  if (factor === 1) return toFloatBlock(block);
  const { channels } = block;
  const smooth = filterBlock(block, butterworth(5, { type: 'lowpass', cutoff: (0.4 * rate) / factor }, rate));
  const frames = Math.ceil(block.frames / factor);
  const data = new Float32Array(frames * channels);
  for (let t = 0; t < frames; t++) {
    data.set(smooth.data.subarray(t * factor * channels, (t * factor + 1) * channels), t * channels);
  }
  return { data, frames, channels };
}

/** 10 log10 of densities, for pictures: −Infinity of nothing, NaN of what is missing. */
export function decibels(density: ArrayLike<number>): Float32Array<ArrayBuffer> {
  return Float32Array.from(density, (value) => 10 * Math.log10(value));
}
