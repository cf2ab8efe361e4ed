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

/** A part of the channels: the block and its context for a worker of its own. */
export function channelsOfContext(context: ChannelContext, first: number, count: number): ChannelContext {
  const { rate, positions, shanks, sampleShifts } = context;
  return {
    rate,
    positions: positions.slice(2 * first, 2 * (first + count)),
    ...(shanks && { shanks: shanks.slice(first, first + count) }),
    ...(sampleShifts && { sampleShifts: sampleShifts.slice(first, first + count) }),
  };
}

/** Channels [first, first + count) of a block, copied. */
export function channelsOfBlock<T extends Samples>(
  { data, frames, channels }: TraceBlock<T>,
  first: number,
  count: number,
): TraceBlock<T> {
  const part = new (data.constructor as new (length: number) => T)(frames * count);
  for (let t = 0; t < frames; t++) part.set(data.subarray(t * channels + first, t * channels + first + count), t * count);
  return { data: part, frames, channels: count };
}

/** Blocks of neighbouring channels side by side again. */
export function joinChannels(parts: readonly FloatBlock[]): FloatBlock {
  const frames = parts[0]?.frames ?? 0;
  const channels = parts.reduce((sum, part) => sum + part.channels, 0);
  const data = new Float32Array(frames * channels);
  let first = 0;
  for (const part of parts) {
    for (let t = 0; t < frames; t++)
      data.set(part.data.subarray(t * part.channels, (t + 1) * part.channels), t * channels + first);
    first += part.channels;
  }
  return { data, frames, channels };
}
