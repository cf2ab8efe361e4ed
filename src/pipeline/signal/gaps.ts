// Traces with missing samples (NaN, where a frame is damaged). Filters need every sample, so gaps are bridged first and cut out again.

export interface Bridged {
  /** The trace with gaps filled by straight lines, at the ends by the nearest value. */
  readonly trace: Float64Array<ArrayBuffer>;
  /** Samples that were missing. */
  readonly missing: Int32Array<ArrayBuffer>;
}

/** Null where no sample has a value. */
export function bridgeGaps(trace: ArrayLike<number>): Bridged | null {
  const filled = Float64Array.from(trace);
  const missing: number[] = [];
  let before = -1;
  for (let t = 0; t <= filled.length; t++) {
    if (t < filled.length && Number.isNaN(filled[t]!)) {
      missing.push(t);
      continue;
    }
    const from = before >= 0 ? filled[before]! : filled[t];
    const to = t < filled.length ? filled[t]! : from;
    if (from === undefined || to === undefined) return null;
    for (let gap = before + 1; gap < t; gap++) {
      filled[gap] = from + ((to - from) * (gap - before)) / (t - before);
    }
    before = t;
  }
  return { trace: filled, missing: Int32Array.from(missing) };
}

/** Runs `work` on the bridged trace; the result is NaN where the trace is. */
export function acrossGaps(
  trace: ArrayLike<number>,
  work: (bridged: Float64Array<ArrayBuffer>) => ArrayLike<number>,
): Float32Array<ArrayBuffer> {
  const bridged = bridgeGaps(trace);
  if (!bridged) return new Float32Array(trace.length).fill(Number.NaN);
  const result = Float32Array.from(work(bridged.trace));
  for (const t of bridged.missing) result[t] = Number.NaN;
  return result;
}
