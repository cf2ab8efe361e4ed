// The stretch of the movie that the time strip shows, in frames (fractional). Frame f covers f − ½ … f + ½, so that each frame
// has its own width on screen. Pure functions; x in CSS px from the plot's left edge.

export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Nothing shorter is shown, unless the movie itself is. */
const LEAST_FRAMES = 8;
/** Where a page that follows the playhead puts it, as a share of the range. */
const LEAD = 0.1;

export function wholeRange(frames: number): TimeRange {
  return { from: -0.5, to: Math.max(1, frames) - 0.5 };
}

export function spanOf({ from, to }: TimeRange): number {
  return to - from;
}

/** A range of `span` frames that begins at `from`, moved and cut so that it lies within the movie. */
function within(from: number, span: number, frames: number): TimeRange {
  const whole = wholeRange(frames);
  const least = Math.min(LEAST_FRAMES, spanOf(whole));
  const size = Math.max(least, Math.min(spanOf(whole), span));
  const start = Math.max(whole.from, Math.min(whole.to - size, from));
  return { from: start, to: start + size };
}

/** Zooms by `factor` (above 1: less time) while the frame `at` stays where it is on screen. */
export function zoomRange(range: TimeRange, at: number, factor: number, frames: number): TimeRange {
  const whole = spanOf(wholeRange(frames));
  const span = Math.max(Math.min(LEAST_FRAMES, whole), Math.min(whole, spanOf(range) / factor));
  const share = (at - range.from) / spanOf(range);
  return within(at - share * span, span, frames);
}

/** Moves the range by `by` frames, later when positive. */
export function panRange(range: TimeRange, by: number, frames: number): TimeRange {
  return within(range.from + by, spanOf(range), frames);
}

/** The same range where it shows the frame, else the page that begins a little before it. */
export function revealFrame(range: TimeRange, frame: number, frames: number): TimeRange {
  if (frame >= range.from && frame <= range.to) return range;
  return within(frame - LEAD * spanOf(range), spanOf(range), frames);
}

/** Fractional frame at x. */
export function frameAtX(range: TimeRange, x: number, width: number): number {
  return range.from + (x / Math.max(1, width)) * spanOf(range);
}

export function xOfFrame(range: TimeRange, frame: number, width: number): number {
  return ((frame - range.from) / spanOf(range)) * width;
}

export function isWhole(range: TimeRange, frames: number): boolean {
  const whole = wholeRange(frames);
  return range.from <= whole.from && range.to >= whole.to;
}
