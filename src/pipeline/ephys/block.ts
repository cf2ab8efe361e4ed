// A stretch of a recording: samples [frame][channel] as they lie on disk, in counts or µV, whatever the caller works in.
// Steps along time take a few channels out into float64 series [channel][frame] and put them back.

export type Samples = Int16Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

export interface TraceBlock<T extends Samples = Samples> {
  readonly data: T;
  readonly frames: number;
  readonly channels: number;
}

export type FloatBlock = TraceBlock<Float32Array<ArrayBuffer>>;

/** What is known about the channels of a block, in the order of its columns. */
export interface ChannelContext {
  /** Hz. */
  readonly rate: number;
  /** µm, [channel][x, y]. */
  readonly positions: Float64Array<ArrayBuffer>;
  /** Shank of each channel; missing: all on one. */
  readonly shanks?: Int32Array<ArrayBuffer>;
  /** When each channel is sampled, as a fraction of a sample; missing: all at once. */
  readonly sampleShifts?: Float64Array<ArrayBuffer>;
  /** [channel][channel], needed for whitening; see `whiteningMatrix`. */
  readonly whitening?: Float64Array<ArrayBuffer>;
}

/** Channels that are taken out together: one cache line of int16 twice over. */
export const CHANNEL_GROUP = 16;

export function toFloatBlock({ data, frames, channels }: TraceBlock): FloatBlock {
  return { data: new Float32Array(data), frames, channels };
}

/** Frames [from, to) of a block, without copying. */
export function framesOfBlock<T extends Samples>({ data, channels }: TraceBlock<T>, from: number, to: number): TraceBlock<T> {
  return { data: data.subarray(from * channels, to * channels) as T, frames: to - from, channels };
}

/** Writes channels [first, first + count) as series: channel c at `target[(c − first) · stride + offset …]`. */
export function takeSeries(
  { data, frames, channels }: TraceBlock,
  first: number,
  count: number,
  target: Float64Array,
  stride: number,
  offset: number,
): void {
  for (let t = 0, row = first; t < frames; t++, row += channels) {
    for (let c = 0, to = offset + t; c < count; c++, to += stride) target[to] = data[row + c]!;
  }
}

/** The way back: frames [from, from + frames of the block) of the series. */
export function putSeries(
  { data, frames, channels }: FloatBlock,
  first: number,
  count: number,
  source: Float64Array,
  stride: number,
  offset: number,
): void {
  for (let t = 0, row = first; t < frames; t++, row += channels) {
    for (let c = 0, at = offset + t; c < count; c++, at += stride) data[row + c] = source[at]!;
  }
}
