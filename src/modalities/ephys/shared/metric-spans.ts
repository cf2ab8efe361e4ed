// Which stretches of a recording the waveform measures read: seconds, evenly over a long one, or all of it.

const PIECE_SECONDS = 1;
/** Seconds that are read of a long recording unless somebody asks for all. */
export const USUAL_SECONDS = 120;

export interface MetricSpan {
  /** Frames [from, to). */
  readonly from: number;
  readonly to: number;
}

/** At most `most` whole seconds of `frames` at `rate` Hz, in order of time; Infinity: all. */
export function metricSpans(frames: number, rate: number, most: number): MetricSpan[] {
  const length = Math.max(1, Math.round(PIECE_SECONDS * rate));
  const count = Math.ceil(frames / length);
  const every = Math.max(1, count / most);
  const spans: MetricSpan[] = [];
  for (let i = 0; Math.floor(i) < count; i += every)
    spans.push({ from: Math.floor(i) * length, to: Math.min(frames, (Math.floor(i) + 1) * length) });
  return spans;
}

/** Seconds that these spans hold. */
export function secondsOfSpans(spans: readonly MetricSpan[], rate: number): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0) / rate;
}
