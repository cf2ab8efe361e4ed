// The binned movie [bin, row, column], 16-bit: bin b is the mean of the good frames among frames b·k … b·k + k − 1.
// Stored as uint16 = round((mean − offset) / scale). A chunk of the movie finishes the bins that lie inside it and hands on the
// partial sums of those that straddle its borders, so the result is the same for any number of workers.
import { SomascopeError } from '../../base/errors.ts';
import type { DType, NumericArray } from '../../base/ndarray.ts';
import { type Steps, within } from '../../base/steps.ts';

export interface BinScheme {
  readonly height: number;
  readonly width: number;
  /** Frames per bin, k. */
  readonly factor: number;
  /** Bins of the whole movie: an incomplete last one is dropped, as suite2p does. */
  readonly bins: number;
  /** mean = stored × scale + offset. */
  readonly scale: number;
  readonly offset: number;
}

/** What a chunk knows of one bin: the stored image where it is complete, else the sum of its good frames. */
export interface BinPart {
  readonly bin: number;
  /** Frames covered, damaged ones included, and good ones. */
  readonly covered: number;
  readonly good: number;
  readonly stored: Uint16Array<ArrayBuffer> | null;
  readonly sum: Float64Array<ArrayBuffer> | null;
}

/** Bins in order; a bin without a good frame holds the nearest earlier image (at the start: the first one), and `good` says 0. */
export interface FinishedBins {
  readonly first: number;
  /** Good frames of each bin. */
  readonly good: Uint16Array<ArrayBuffer>;
  /** [bin, row, column]. */
  readonly data: Uint16Array<ArrayBuffer>;
}

export interface BinMerger {
  /** Adds the parts of the next chunk. */
  add(parts: readonly BinPart[]): void;
  /** The bins that were completed since the last call. */
  take(): FinishedBins;
}

const BINNED_BYTES = 256e6;

/** Frames per bin: the larger of round(0.5 s × rate) and what keeps the binned movie within `bytes`; at least 1. */
export function binFactor(frames: number, height: number, width: number, rateHz: number | null, bytes = BINNED_BYTES): number {
  const affordable = Math.max(1, Math.floor(bytes / (2 * height * width)));
  const wanted = Math.max(Math.round(0.5 * (rateHz ?? 0)), Math.ceil(frames / affordable), 1);
  return Math.min(wanted, Math.max(1, frames));
}

/**
 * How the bins of a movie are stored. 8-bit movies keep 1/256 of a grey level, 16-bit ones whole levels; others need `range`,
 * the [lowest, highest] value to keep: means beyond it are clipped.
 */
export function binScheme(
  movie: { frames: number; height: number; width: number; dtype: DType },
  factor: number,
  range: readonly [low: number, high: number] | null = null,
): BinScheme {
  const { frames, height, width, dtype } = movie;
  const common = { height, width, factor, bins: Math.floor(frames / factor) };
  if (range) return { ...common, scale: (range[1] - range[0]) / 65535 || 1, offset: range[0] };
  if (dtype === 'uint8') return { ...common, scale: 1 / 256, offset: 0 };
  if (dtype === 'int8') return { ...common, scale: 1 / 256, offset: -128 };
  if (dtype === 'uint16') return { ...common, scale: 1, offset: 0 };
  if (dtype === 'int16') return { ...common, scale: 1, offset: -32768 };
  throw new SomascopeError('Bug', `Bins of a ${dtype} movie need the range of its values.`);
}

/** Bins one chunk: frames `start`, `start` + 1 …, [row, column]; null where damaged. */
export function* binChunk(scheme: BinScheme, frames: readonly (NumericArray | null)[], start: number): Steps<BinPart[]> {
  const { factor, bins } = scheme;
  const parts: BinPart[] = [];
  for (let i = 0; i < frames.length; ) {
    const bin = Math.floor((start + i) / factor);
    const end = Math.min(frames.length, (bin + 1) * factor - start);
    if (bin >= bins) break;
    const good = frames.slice(i, end).filter((frame) => frame !== null);
    const sum = yield* within(summingFrames(good, scheme.height * scheme.width), i / frames.length, end / frames.length);
    const whole = end - i === factor;
    const stored = whole && good.length > 0 ? store(scheme, sum, good.length) : null;
    parts.push({ bin, covered: end - i, good: good.length, stored, sum: whole ? null : sum });
    i = end;
  }
  return parts;
}

/** Joins the parts of successive chunks. */
export function makeBinMerger(scheme: BinScheme): BinMerger {
  const pixels = scheme.height * scheme.width;
  let open: { covered: number; good: number; sum: Float64Array<ArrayBuffer> } | null = null;
  let finished: { good: number; stored: Uint16Array<ArrayBuffer> | null }[] = [];
  let taken = 0;
  let held: Uint16Array<ArrayBuffer> | null = null;
  const finish = (good: number, stored: Uint16Array<ArrayBuffer> | null) => finished.push({ good, stored });
  const add = (part: BinPart) => {
    const next = taken + finished.length;
    if (part.bin !== next) throw new SomascopeError('Bug', `Bin ${part.bin} came when bin ${next} was due.`);
    if (!part.sum) {
      finish(part.good, part.stored);
      return;
    }
    open ??= { covered: 0, good: 0, sum: new Float64Array(pixels) };
    for (let i = 0; i < pixels; i++) open.sum[i]! += part.sum[i]!;
    open.covered += part.covered;
    open.good += part.good;
    if (open.covered < scheme.factor) return;
    finish(open.good, open.good > 0 ? store(scheme, open.sum, open.good) : null);
    open = null;
  };
  const take = (): FinishedBins => {
    const firstGood = finished.find(({ stored }) => stored)?.stored ?? null;
    held ??= firstGood;
    // Nothing can be shown before the first image, so leading bins without frames wait for it.
    const batch = held ? finished : [];
    const data = new Uint16Array(batch.length * pixels);
    for (const [i, { stored }] of batch.entries()) {
      held = stored ?? held;
      data.set(held!, i * pixels);
    }
    const bins = { first: taken, good: Uint16Array.from(batch, ({ good }) => good), data };
    taken += batch.length;
    if (batch.length > 0) finished = [];
    return bins;
  };
  return { add: (parts) => parts.forEach(add), take };
}

/** Sum over frames, four at a time so that the sums are touched seldom. */
function* summingFrames(frames: readonly NumericArray[], pixels: number): Steps<Float64Array<ArrayBuffer>> {
  const sum = new Float64Array(pixels);
  for (let f = 0; f < frames.length; ) {
    const [a, b, c, d] = frames.slice(f, f + 4);
    if (a && b && c && d) {
      addFour(sum, a, b, c, d);
      f += 4;
    } else if (a) {
      addOne(sum, a);
      f++;
    }
    yield f / frames.length;
  }
  return sum;
}

function addFour(sum: Float64Array, a: NumericArray, b: NumericArray, c: NumericArray, d: NumericArray): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += a[i]! + b[i]! + c[i]! + d[i]!;
}

function addOne(sum: Float64Array, a: NumericArray): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += a[i]!;
}

function store({ scale, offset }: BinScheme, sum: Float64Array, frames: number): Uint16Array<ArrayBuffer> {
  const stored = new Uint16Array(sum.length);
  const factor = 1 / scale;
  for (let i = 0; i < sum.length; i++) {
    const value = (sum[i]! / frames - offset) * factor + 0.5;
    stored[i] = Math.max(0, Math.min(65535, value));
  }
  return stored;
}
