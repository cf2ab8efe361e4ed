// Shape of a waveform on its main channel: peak, tip before and trough after it, half width, recovery, slopes. The peak is the
// largest deflection; a positive one is turned round for the search. Source: ibl-neuropixel `waveforms.compute_spike_features`.
import type { Template } from './waveforms.ts';

export type PeakSign = 'neg' | 'pos' | 'both';

/** Channel of the largest deflection of the given sign; `sample`: its place. */
export function mainPeak(
  { mean, samples, channels }: Pick<Template, 'mean' | 'samples' | 'channels'>,
  sign: PeakSign,
): { readonly channel: number; readonly sample: number; readonly value: number } {
  let best = 0;
  let size = -Infinity;
  for (let i = 0; i < samples * channels; i++) {
    const x = mean[i]!;
    const own = sign === 'neg' ? -x : sign === 'pos' ? x : Math.abs(x);
    if (own > size) {
      size = own;
      best = i;
    }
  }
  return { channel: best % channels, sample: Math.floor(best / channels), value: mean[best] ?? Number.NaN };
}

/** One channel of a template, [sample]. */
export function channelOf({ mean, samples, channels }: Template, channel: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: samples }, (_, t) => mean[t * channels + channel]!);
}

export interface WaveformShape {
  readonly peakIndex: number;
  readonly peak: number;
  /** Largest opposite deflection after the peak. */
  readonly troughIndex: number;
  readonly trough: number;
  /** Largest opposite deflection before the peak. */
  readonly tipIndex: number;
  readonly tip: number;
  readonly recoveryIndex: number;
  readonly recovery: number;
  readonly halfBeforeIndex: number;
  readonly halfAfterIndex: number;
  /** |peak / trough|. */
  readonly peakToTroughRatio: number;
  /** Seconds. */
  readonly peakToTroughDuration: number;
  readonly halfWidth: number;
  /** Units per second. */
  readonly depolarisationSlope: number;
  readonly repolarisationSlope: number;
  readonly recoverySlope: number;
}

const RECOVERY_SECONDS = 0.00016;

/** A positive peak that is not this many times its trough is the way up to a negative one. */
const CLEARLY_POSITIVE = 1.5;

/** `wave` [sample] at `rate` Hz; the peak is the largest deflection either way. NaN for what a cut-off waveform does not show. */
export function waveformShape(wave: ArrayLike<number>, rate: number): WaveformShape {
  const n = wave.length;
  let peakIndex = 0;
  for (let t = 1; t < n; t++) if (Math.abs(wave[t]!) > Math.abs(wave[peakIndex]!)) peakIndex = t;
  let troughIndex = extremeOf(wave, wave[peakIndex]! > 0 ? -1 : 1, peakIndex, n);
  if (wave[peakIndex]! > 0 && Math.abs(wave[peakIndex]! / wave[troughIndex]!) <= CLEARLY_POSITIVE) {
    peakIndex = troughIndex;
    troughIndex = extremeOf(wave, 1, peakIndex, n);
  }
  const sign = wave[peakIndex]! > 0 ? -1 : 1;
  const tipIndex = extremeOf(wave, sign, 0, Math.max(1, peakIndex));
  const at = (t: number) => sign * wave[t]!;
  const half = at(peakIndex) / 2;
  let halfAfterIndex = peakIndex;
  while (halfAfterIndex < n - 1 && at(halfAfterIndex) <= half) halfAfterIndex++;
  let halfBeforeIndex = peakIndex;
  while (halfBeforeIndex > 0 && at(halfBeforeIndex) <= half) halfBeforeIndex--;
  const recoveryIndex = Math.min(n - 1, troughIndex + Math.round(RECOVERY_SECONDS * rate));
  const slope = (from: number, to: number) => ((wave[to]! - wave[from]!) / (to - from)) * rate;
  return {
    peakIndex,
    peak: wave[peakIndex] ?? Number.NaN,
    troughIndex,
    trough: wave[troughIndex] ?? Number.NaN,
    tipIndex,
    tip: wave[tipIndex] ?? Number.NaN,
    recoveryIndex,
    recovery: wave[recoveryIndex] ?? Number.NaN,
    halfBeforeIndex,
    halfAfterIndex,
    peakToTroughRatio: Math.abs(wave[peakIndex]! / wave[troughIndex]!),
    peakToTroughDuration: (troughIndex - peakIndex) / rate,
    halfWidth: (halfAfterIndex - halfBeforeIndex) / rate,
    depolarisationSlope: slope(tipIndex, peakIndex),
    repolarisationSlope: slope(peakIndex, troughIndex),
    recoverySlope: slope(troughIndex, recoveryIndex),
  };
}

/** Index of the highest of `sign` × wave in [from, to). */
function extremeOf(wave: ArrayLike<number>, sign: 1 | -1, from: number, to: number): number {
  let best = from;
  for (let t = from + 1; t < to; t++) if (sign * wave[t]! > sign * wave[best]!) best = t;
  return best;
}

/** Largest deflection over the noise of its channel. */
export function signalToNoise(template: Template, noise: ArrayLike<number>, sign: PeakSign = 'both'): number {
  const { channel, value } = mainPeak(template, sign);
  return Math.abs(value) / noise[channel]!;
}

/** Highest minus lowest sample of each channel between samples [from, to). */
export function peakToPeak(
  mean: ArrayLike<number>,
  channels: number,
  from: number,
  to: number,
  offset = 0,
): Float64Array<ArrayBuffer> {
  const out = new Float64Array(channels);
  for (let c = 0; c < channels; c++) {
    let low = Infinity;
    let high = -Infinity;
    for (let t = from; t < to; t++) {
      const x = mean[offset + t * channels + c]!;
      if (x < low) low = x;
      if (x > high) high = x;
    }
    out[c] = high - low;
  }
  return out;
}
