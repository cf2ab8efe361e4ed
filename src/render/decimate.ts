// A trace as a polyline for a number of pixel columns: the smallest and the largest sample of each column in the order in
// which they come, so that a spike of one sample stays visible at any zoom (min/max decimation).

/**
 * Points x, value, x, value … of the samples `from`…`to` (fractional sample indices) over `columns` px; x in columns from the
 * left edge. Up to two samples a column all are kept, each at its own place. NaN samples are left out; a column of nothing
 * but NaN gives a point of NaN, which breaks the line. One block beyond either edge is included so that lines run on.
 */
export function decimate(values: Float32Array, from: number, to: number, columns: number): Float32Array<ArrayBuffer> {
  const span = to - from;
  if (!(span > 0) || columns < 1 || values.length === 0) return new Float32Array(0);
  const perSample = columns / span;
  const block = span / columns;
  if (block <= 2) {
    const first = Math.max(0, Math.floor(from) - 1);
    const last = Math.min(values.length - 1, Math.ceil(to) + 1);
    const points = new Float32Array(2 * Math.max(0, last - first + 1));
    for (let i = first, at = 0; i <= last; i++) {
      points[at++] = (i - from) * perSample;
      points[at++] = values[i]!;
    }
    return points;
  }
  // Blocks are counted from sample 0, not from the window's edge: the same samples share a block while the window moves.
  const firstBlock = Math.max(0, Math.floor(from / block) - 1);
  const lastBlock = Math.min(Math.ceil(values.length / block), Math.ceil(to / block) + 1);
  const points = new Float32Array(4 * Math.max(0, lastBlock - firstBlock));
  let at = 0;
  for (let b = firstBlock; b < lastBlock; b++) {
    const start = Math.ceil(b * block);
    const end = Math.min(values.length, Math.ceil((b + 1) * block));
    if (start >= end) continue;
    const [early, late] = extremes(values, start, end);
    const x = ((b + 0.5) * block - from) * perSample;
    points[at++] = x;
    points[at++] = early;
    points[at++] = x;
    points[at++] = late;
  }
  return points.slice(0, at);
}

/** Minimum and maximum of the samples [start, end), whichever comes first first; NaN twice where all are NaN. */
function extremes(values: Float32Array, start: number, end: number): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let lowAt = -1;
  let highAt = -1;
  for (let i = start; i < end; i++) {
    const value = values[i]!;
    if (value < low) {
      low = value;
      lowAt = i;
    }
    if (value > high) {
      high = value;
      highAt = i;
    }
  }
  if (lowAt < 0 || highAt < 0) return [Number.NaN, Number.NaN];
  return lowAt <= highAt ? [low, high] : [high, low];
}
