// Strips as polylines for the channel lines: (frame after the strip's first, value, lane, colour) a point.
import type { Strip } from '../shared/strip.ts';

const FLOATS = 4;

export interface Lane {
  /** Electrode, by its place among the recording's. */
  readonly electrode: number;
  readonly colour: number;
}

/** Mean of each lane's electrode over the strip where `centred`, else 0: raw traces are drawn about their own level. */
export function levelsOf({ low, high, columns }: Strip, lanes: readonly Lane[], centred: boolean): Float64Array {
  return Float64Array.from(lanes, ({ electrode }) => {
    if (!centred) return 0;
    let sum = 0;
    let count = 0;
    for (let i = electrode * columns; i < (electrode + 1) * columns; i++) {
      const middle = (low[i]! + high[i]!) / 2;
      if (Number.isNaN(middle)) continue;
      sum += middle;
      count++;
    }
    return count === 0 ? 0 : sum / count;
  });
}

/** Points of the columns [first, last) of one electrode, written at `at`; returns where the next would go. */
function writeColumns(
  strip: Strip,
  electrode: number,
  first: number,
  last: number,
  lane: number,
  colour: number,
  level: number,
  out: Float32Array,
  at: number,
): number {
  const { low, high, columns, step } = strip;
  const row = electrode * columns;
  const put = (x: number, y: number) => {
    out[at++] = x;
    out[at++] = y - level;
    out[at++] = lane;
    out[at++] = colour;
  };
  for (let i = first; i < last; i++) {
    const x = (i + 0.5) * step;
    if (step === 1) put(x, low[row + i]!);
    else {
      // Up and down in turn, so that each column is one stroke that goes on where the last one ended.
      put(x, i % 2 === 0 ? low[row + i]! : high[row + i]!);
      put(x, i % 2 === 0 ? high[row + i]! : low[row + i]!);
    }
  }
  return at;
}

/** All lanes over the whole strip. */
export function linePoints(strip: Strip, lanes: readonly Lane[], levels: Float64Array): Float32Array<ArrayBuffer> {
  const out = new Float32Array(FLOATS * lanes.length * strip.columns * (strip.step === 1 ? 1 : 2));
  let at = 0;
  lanes.forEach(({ electrode, colour }, lane) => {
    at = writeColumns(strip, electrode, 0, strip.columns, lane, colour, levels[lane]!, out, at);
  });
  return out;
}

export interface SpikeMark {
  /** Frame of the recording. */
  readonly frame: number;
  readonly colour: number;
  /** Lanes on which the spike is coloured. */
  readonly lanes: readonly number[];
}

/** The stretches of the strip around spikes, from `before` frames before each to `after` frames after it. */
export function spikePoints(
  strip: Strip,
  lanes: readonly Lane[],
  levels: Float64Array,
  marks: readonly SpikeMark[],
  before: number,
  after: number,
): Float32Array<ArrayBuffer> {
  const each = (Math.ceil((before + after) / strip.step) + 2) * 2;
  const count = marks.reduce((sum, mark) => sum + mark.lanes.length, 0);
  const out = new Float32Array(FLOATS * each * count + FLOATS * count);
  let at = 0;
  for (const { frame, colour, lanes: of } of marks) {
    const first = Math.max(0, Math.floor((frame - before - strip.from) / strip.step));
    const last = Math.min(strip.columns, Math.ceil((frame + after - strip.from) / strip.step) + 1);
    if (last <= first) continue;
    for (const lane of of) {
      at = writeColumns(strip, lanes[lane]!.electrode, first, last, lane, colour, levels[lane]!, out, at);
      // A gap, so that two spikes of one unit are not joined.
      out.set([0, Number.NaN, lane, colour], at);
      at += FLOATS;
    }
  }
  return out.slice(0, at);
}
