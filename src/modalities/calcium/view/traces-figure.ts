// The traces as a figure for a page: each lane's name above its curve, events below it, a scale bar at its right, one time axis, what the
// lines mean, and where it comes from. Dark on white; lengths in CSS px, times in fractional frames.
import type { Pen } from '../../../ui/pen.ts';
import { EVENT_SIGMA, KIND_TITLES, type LaneCurves } from './lane-curves.ts';
import { type ScaleBar, scaleBar, type ValueRange } from './lane-scale.ts';
import { type TimeRange, xOfFrame } from './time-range.ts';
import { timeTicks } from './time-ticks.ts';

export interface FigureLane {
  /** "Region 112". */
  readonly title: string;
  /** "matches truth, 0.5 px · SNR 13.8". */
  readonly text: string;
  readonly curves: LaneCurves;
}

export interface TracesFigure {
  readonly title: string;
  readonly lanes: readonly FigureLane[];
  readonly range: TimeRange;
  /** Null: the axis counts frames. */
  readonly rateHz: number | null;
  /** The last line, small. */
  readonly source: string;
}

const WIDTH = 960;
const MARGIN = 12;
const RIGHT = 96;
const HEAD = 28;
const NAME = 24;
const CURVE = 110;
const TICK = 6;
const AXIS = 24;
const FOOT = 44;
const PLOT = WIDTH - 2 * MARGIN - RIGHT;
export const FIGURE_PAPER = '#ffffff';
const INK = { text: '#111111', dim: '#555555', grid: '#dddddd', main: '#111111', neuropil: '#888888', event: '#555555' };
const DASH = [4, 3];

export function tracesFigureSize({ lanes }: TracesFigure): { readonly width: number; readonly height: number } {
  return { width: WIDTH, height: 2 * MARGIN + HEAD + lanes.length * (NAME + CURVE) + AXIS + FOOT };
}

/** `family`: of the texts. */
export function paintTraces(pen: Pen, figure: TracesFigure, family: string): void {
  const { title, lanes, range, rateHz, source } = figure;
  pen.textBaseline = 'middle';
  pen.lineJoin = 'round';
  const write = (text: string, x: number, y: number, size: number, colour: string, weight = '') => {
    pen.font = `${weight}${size}px ${family}`;
    pen.fillStyle = colour;
    pen.fillText(text, x, y);
  };
  write(title, MARGIN, MARGIN + HEAD / 2 - 4, 14, INK.text, '600 ');
  const top = MARGIN + HEAD;
  const bottom = top + lanes.length * (NAME + CURVE);
  for (const { frame, label } of timeTicks(range, PLOT, rateHz)) {
    const x = MARGIN + xOfFrame(range, frame, PLOT);
    lanes.forEach((_, i) => {
      const head = top + i * (NAME + CURVE);
      line(pen, INK.grid, 1, [x, x], [head + NAME, head + NAME + CURVE]);
    });
    pen.textAlign = 'center';
    write(label, x, bottom + AXIS / 2, 11, INK.dim);
  }
  pen.textAlign = 'left';
  lanes.forEach(({ title: name, text, curves }, i) => {
    const head = top + i * (NAME + CURVE);
    write(`${name}: ${text}`, MARGIN, head + NAME / 2, 12, INK.text);
    const limits = limitsOf(curves, range);
    if (!limits) return;
    const box = { top: head + NAME, height: CURVE - 2 * TICK };
    if (curves.neuropil) {
      pen.setLineDash(DASH);
      curve(pen, { ...curves, main: curves.neuropil }, range, limits, box, INK.neuropil, 1);
      pen.setLineDash([]);
    }
    curve(pen, curves, range, limits, box, INK.main, 1.25);
    for (const frame of curves.eventFrames ?? []) {
      if (frame < range.from || frame > range.to) continue;
      const x = MARGIN + xOfFrame(range, frame, PLOT);
      line(pen, INK.event, 1, [x, x], [head + NAME + CURVE - TICK - 2, head + NAME + CURVE - 2]);
    }
    const bar: ScaleBar = scaleBar(limits, curves.unit);
    const right = MARGIN + PLOT + 10;
    line(pen, INK.text, 1.5, [right, right], [box.top + box.height * (1 - bar.share), box.top + box.height]);
    write(bar.label, right + 6, box.top + box.height * (1 - bar.share / 2), 11, INK.text);
  });
  legend(pen, lanes, bottom + AXIS + 12, write);
  write(source, MARGIN, bottom + AXIS + 34, 9, INK.dim);
}

type Write = (text: string, x: number, y: number, size: number, colour: string) => void;

function legend(pen: Pen, lanes: readonly FigureLane[], y: number, write: Write): void {
  let x = MARGIN;
  const entry = (text: string, sample: (x: number) => void) => {
    sample(x);
    write(text, x + 30, y, 11, INK.text);
    x += 30 + pen.measureText(text).width + 20;
  };
  const sampleLine = (colour: string, width: number) => (at: number) => line(pen, colour, width, [at, at + 24], [y, y]);
  const first = lanes[0]?.curves;
  if (first) entry(KIND_TITLES[first.kind], sampleLine(INK.main, 1.25));
  if (lanes.some(({ curves }) => curves.neuropil)) {
    pen.setLineDash(DASH);
    const dashed = sampleLine(INK.neuropil, 1);
    entry('Neuropil', (at) => {
      dashed(at);
      pen.setLineDash([]);
    });
  }
  if (lanes.some(({ curves }) => curves.eventFrames)) {
    entry(`Events larger than ${EVENT_SIGMA} σ of the noise`, (at) =>
      line(pen, INK.event, 1, [at + 12, at + 12], [y - 4, y + 4]),
    );
  }
}

function line(pen: Pen, colour: string, width: number, [x0, x1]: [number, number], [y0, y1]: [number, number]): void {
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  pen.moveTo(x0, y0);
  pen.lineTo(x1, y1);
  pen.stroke();
}

/** The samples that lie within the range, first and last index; first > last where there is none. */
function visible({ main, step, start }: LaneCurves, { from, to }: TimeRange): readonly [first: number, last: number] {
  return [Math.max(0, Math.ceil((from - start) / step)), Math.min(main.length - 1, Math.floor((to - start) / step))];
}

/** All that is seen, peaks as well, with a little room; null where no sample has a value. */
function limitsOf(curves: LaneCurves, range: TimeRange): ValueRange | null {
  const [first, last] = visible(curves, range);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const values of [curves.main, curves.neuropil]) {
    for (let i = first; values && i <= last; i++) {
      const value = values[i]!;
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return null;
  const room = 0.04 * (high - low || Math.abs(high) || 1);
  return { low: low - room, high: high + room };
}

/** More samples than these on a pixel are drawn as the lowest and the highest of each half pixel: nothing that is seen is lost. */
const DENSE = 4;
const COLUMNS = 2 * PLOT;

function curve(
  pen: Pen,
  curves: LaneCurves,
  range: TimeRange,
  { low, high }: ValueRange,
  box: { readonly top: number; readonly height: number },
  colour: string,
  width: number,
): void {
  const { main, step, start } = curves;
  const [first, last] = visible(curves, range);
  const shown = thinned(main, first, last, last - first > DENSE * PLOT ? COLUMNS : Number.POSITIVE_INFINITY);
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.beginPath();
  let apart = true;
  for (const i of shown) {
    const value = main[i]!;
    // A frame that was damaged leaves a gap.
    if (!Number.isFinite(value)) apart = true;
    else {
      const x = MARGIN + xOfFrame(range, start + i * step, PLOT);
      const y = box.top + box.height * (1 - (value - low) / (high - low));
      if (apart) pen.moveTo(x, y);
      else pen.lineTo(x, y);
      apart = false;
    }
  }
  pen.stroke();
}

/** Indices to draw, in order: all of them, or of each of `columns` parts the lowest, the highest and one that has no value. */
export function thinned(values: Float32Array, first: number, last: number, columns: number): number[] {
  const count = Math.max(0, last - first + 1);
  if (count <= 2 * columns) return Array.from({ length: count }, (_, i) => first + i);
  const found: number[] = [];
  for (let column = 0; column < columns; column++) {
    const from = first + Math.floor((column * count) / columns);
    const to = first + Math.floor(((column + 1) * count) / columns);
    let [least, most, gap] = [-1, -1, -1];
    for (let i = from; i < to; i++) {
      if (!Number.isFinite(values[i]!)) gap = i;
      else {
        if (least < 0 || values[i]! < values[least]!) least = i;
        if (most < 0 || values[i]! > values[most]!) most = i;
      }
    }
    found.push(...[...new Set([least, most, gap])].filter((i) => i >= 0).sort((a, b) => a - b));
  }
  return found;
}
