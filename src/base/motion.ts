// Motion of the tissue along the probe: displacement in µm at times and depths, linear between and constant beyond. Positive
// where spikes appear at larger depth coordinates: a corrected depth is the depth minus the displacement.

export interface Motion {
  /** Seconds, rising. */
  readonly times: Float64Array<ArrayBuffer>;
  /** µm, rising; one for motion that is the same at all depths. */
  readonly depths: Float64Array<ArrayBuffer>;
  /** [time][depth]. */
  readonly displacement: Float64Array<ArrayBuffer>;
}

/** Motion that is the same at all depths: `displacement` µm at rising `times` s, each as long as the other. */
export function rigidMotion(times: Float64Array<ArrayBuffer>, displacement: Float64Array<ArrayBuffer>): Motion {
  return { times, depths: Float64Array.of(0), displacement };
}

/** Displacement at `time` s and `depth` µm; NaN of a motion without times. */
export function displacementAt({ times, depths, displacement }: Motion, time: number, depth: number): number {
  const [t, timeShare] = placeIn(times, time);
  const [y, depthShare] = placeIn(depths, depth);
  const width = depths.length;
  const at = (i: number, j: number) => displacement[Math.min(i, times.length - 1) * width + Math.min(j, width - 1)]!;
  const first = at(t, y) + (depthShare === 0 ? 0 : depthShare * (at(t, y + 1) - at(t, y)));
  if (timeShare === 0) return first;
  const second = at(t + 1, y) + (depthShare === 0 ? 0 : depthShare * (at(t + 1, y + 1) - at(t + 1, y)));
  return first + timeShare * (second - first);
}

/** Index and share towards the next one, within the ends. */
function placeIn(rising: Float64Array, value: number): readonly [number, number] {
  const last = rising.length - 1;
  if (last <= 0 || !(value > rising[0]!)) return [0, 0];
  if (value >= rising[last]!) return [last, 0];
  let low = 0;
  let high = last;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (rising[middle]! <= value) low = middle;
    else high = middle;
  }
  return [low, (value - rising[low]!) / (rising[high]! - rising[low]!)];
}

/** Depths (µm) of spikes at `times` (s) without the motion, in the order of the spikes. */
export function correctDepths(times: ArrayLike<number>, depths: ArrayLike<number>, motion: Motion): Float32Array<ArrayBuffer> {
  const out = new Float32Array(times.length);
  for (let i = 0; i < out.length; i++) out[i] = depths[i]! - displacementAt(motion, times[i]!, depths[i]!);
  return out;
}

export interface MotionError {
  /** Root mean square and largest difference in µm, the constant between them (which no spikes tell) removed. */
  readonly rms: number;
  readonly most: number;
  readonly offset: number;
}

/** An estimate against a known motion, at the estimate's times within [from, to] s and at one depth. */
export function motionError(estimate: Motion, known: Motion, depth: number, [from, to] = [-Infinity, Infinity]): MotionError {
  const differences: number[] = [];
  for (const time of estimate.times) {
    if (time >= from && time <= to) differences.push(displacementAt(estimate, time, depth) - displacementAt(known, time, depth));
  }
  const offset = differences.reduce((sum, value) => sum + value, 0) / differences.length;
  const square = differences.reduce((sum, value) => sum + (value - offset) ** 2, 0);
  return {
    rms: Math.sqrt(square / differences.length),
    most: differences.reduce(
      (most, value) => Math.max(most, Math.abs(value - offset)),
      differences.length === 0 ? Number.NaN : 0,
    ),
    offset,
  };
}
