// Waveforms cut out of a block around spikes, and their running means and deviations per unit. Windows hold `before` samples, the
// spike's own, and `after` − 1 more: before + after samples, the spike at index `before`. Spikes whose window leaves the block are skipped.
import { makeRng } from '../../../base/rng.ts';
import type { TraceBlock } from '../block.ts';

export interface WaveformWindow {
  readonly before: number;
  readonly after: number;
}

/** SpikeInterface's 1 ms before and 2 ms after. */
export function waveformWindow(rate: number, beforeMs = 1, afterMs = 2): WaveformWindow {
  return { before: Math.trunc((beforeMs * rate) / 1000 + 1e-9), after: Math.trunc((afterMs * rate) / 1000 + 1e-9) };
}

export interface Waveforms {
  /** [spike][sample][channel], the channels as chosen. */
  readonly data: Float32Array<ArrayBuffer>;
  /** Which of the spikes asked for, in order. */
  readonly spikes: Int32Array<ArrayBuffer>;
  readonly samples: number;
  readonly channels: number;
}

/** Waveforms of `times` (samples of the recording) from a block whose first frame is `firstFrame`. */
export function extractWaveforms(
  { data, frames, channels }: TraceBlock,
  firstFrame: number,
  times: ArrayLike<number>,
  { before, after }: WaveformWindow,
  chosen: ArrayLike<number> | null = null,
): Waveforms {
  const samples = before + after;
  const width = chosen?.length ?? channels;
  const inside: number[] = [];
  for (let i = 0; i < times.length; i++) {
    const start = times[i]! - firstFrame - before;
    if (start >= 0 && start + samples <= frames) inside.push(i);
  }
  const out = new Float32Array(inside.length * samples * width);
  inside.forEach((i, k) => {
    const start = times[i]! - firstFrame - before;
    let to = k * samples * width;
    for (let t = 0; t < samples; t++) {
      const row = (start + t) * channels;
      for (let c = 0; c < width; c++) out[to++] = data[row + (chosen ? chosen[c]! : c)]!;
    }
  });
  return { data: out, spikes: Int32Array.from(inside), samples, channels: width };
}

/** The average waveform and its deviation, [sample][channel], in the unit of the samples. */
export interface Template {
  readonly mean: Float32Array<ArrayBuffer>;
  /** Population standard deviation. */
  readonly std: Float32Array<ArrayBuffer>;
  readonly count: number;
  readonly samples: number;
  readonly channels: number;
}

/** Sums that grow block by block. */
export interface TemplateSums {
  readonly sum: Float64Array<ArrayBuffer>;
  /** Null where nobody asks for deviations. */
  readonly squares: Float64Array<ArrayBuffer> | null;
  count: number;
  readonly samples: number;
  readonly channels: number;
}

/** Half a megabyte for 384 channels and 3 ms, half of it for the deviations. */
export function makeTemplateSums(samples: number, channels: number, withDeviations = true): TemplateSums {
  const size = samples * channels;
  return { sum: new Float64Array(size), squares: withDeviations ? new Float64Array(size) : null, count: 0, samples, channels };
}

export function addToTemplate(sums: TemplateSums, { data, spikes, samples, channels }: Waveforms): void {
  const size = samples * channels;
  for (let k = 0, at = 0; k < spikes.length; k++) {
    for (let i = 0; i < size; i++, at++) {
      const x = data[at]!;
      sums.sum[i]! += x;
      if (sums.squares) sums.squares[i]! += x * x;
    }
  }
  sums.count += spikes.length;
}

/** NaN throughout where no spike was added; deviations only where they were asked for. */
export function finishTemplate({ sum, squares, count, samples, channels }: TemplateSums): Template {
  const mean = new Float32Array(sum.length);
  const std = new Float32Array(squares?.length ?? 0);
  for (let i = 0; i < sum.length; i++) {
    const centre = sum[i]! / count;
    mean[i] = centre;
    if (squares) std[i] = Math.sqrt(Math.max(0, squares[i]! / count - centre * centre));
  }
  return { mean, std, count, samples, channels };
}

/** At most `most` of `count` spikes, chosen uniformly, rising; the same for the same seed. */
export function chooseSpikes(count: number, most: number, seed: number): Uint32Array<ArrayBuffer> {
  if (count <= most) return Uint32Array.from({ length: count }, (_, i) => i);
  // Floyd's algorithm: each subset is equally likely.
  const rng = makeRng(seed);
  const chosen = new Set<number>();
  for (let j = count - most; j < count; j++) {
    const pick = rng.below(j + 1);
    chosen.add(chosen.has(pick) ? j : pick);
  }
  return Uint32Array.from(chosen).sort();
}

export interface ReadStretch {
  readonly from: number;
  readonly to: number;
  /** Spikes [first, end) of those asked for. */
  readonly first: number;
  readonly end: number;
}

/** Stretches that hold the windows of all `times` (rising), those closer than `gap` frames together; cut to the recording. */
export function stretchesOf(
  times: ArrayLike<number>,
  { before, after }: WaveformWindow,
  frames: number,
  gap: number,
): ReadStretch[] {
  const stretches: ReadStretch[] = [];
  for (let i = 0; i < times.length; i++) {
    const from = Math.max(0, times[i]! - before);
    const to = Math.min(frames, times[i]! + after);
    const last = stretches.at(-1);
    if (last && from - last.to <= gap) stretches[stretches.length - 1] = { ...last, to: Math.max(last.to, to), end: i + 1 };
    else stretches.push({ from, to, first: i, end: i + 1 });
  }
  return stretches;
}

/** Amplitude of each spike: the sample of `channel` at time + `shift`; NaN outside of the block. */
export function spikeAmplitudes(
  { data, frames, channels }: TraceBlock,
  firstFrame: number,
  times: ArrayLike<number>,
  channel: number,
  shift: number,
): Float32Array<ArrayBuffer> {
  const out = new Float32Array(times.length);
  for (let i = 0; i < times.length; i++) {
    const t = times[i]! - firstFrame + shift;
    out[i] = t >= 0 && t < frames ? data[t * channels + channel]! : Number.NaN;
  }
  return out;
}
