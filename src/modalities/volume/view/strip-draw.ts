// Draws the scores of the slices: bars under a curve, marks for the slice on screen and the worst one, borders of the areas.
import { fixed } from '../../../base/number-format.ts';
import type { Cutout } from '../shared/types.ts';

const LEFT = 40;
const RIGHT = 10;
const FOOT = 20;
const HEAD = 10;

export interface StripFacts {
  /** By plane of the whole volume; null without scores. */
  readonly values: readonly number[] | null;
  readonly range: Pick<Cutout, 'from' | 'to'>;
  readonly at: number;
  readonly worst: number | undefined;
  readonly cutouts: readonly Cutout[];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/** The slice under `x` CSS px of a strip `width` wide. */
export function sliceAt(x: number, width: number, { from, to }: StripFacts['range']): number {
  const share = (x - LEFT) / Math.max(1, width - LEFT - RIGHT);
  return Math.min(to - 1, Math.max(from, from + Math.floor(share * (to - from))));
}

export function drawStrip(
  pen: CanvasRenderingContext2D,
  size: Size,
  facts: StripFacts,
  token: (name: `--${string}`) => string,
): void {
  const { values, range, at, worst, cutouts } = facts;
  const { width, height } = size;
  const count = range.to - range.from;
  const foot = height - FOOT;
  const x = (z: number) => LEFT + ((z - range.from + 0.5) / count) * (width - LEFT - RIGHT);
  const there = values ? values.slice(range.from, range.to).filter(Number.isFinite) : [];
  const low = there.length > 0 ? Math.max(0, Math.floor(Math.min(...there) * 10 - 0.5) / 10) : 0;
  const y = (value: number) => foot - ((value - low) / (1 - low || 1)) * (foot - HEAD);
  pen.clearRect(0, 0, width, height);
  pen.font = `${token('--t-axis')} ${token('--font')}`;
  pen.textBaseline = 'middle';
  if (there.length > 0) {
    for (const value of [low, (low + 1) / 2, 1]) {
      pen.fillStyle = token('--line');
      pen.fillRect(LEFT, Math.round(y(value)), width - LEFT - RIGHT, 1);
      pen.fillStyle = token('--text-3');
      pen.textAlign = 'right';
      pen.fillText(fixed(value, 2), LEFT - 8, y(value));
    }
    drawBars(pen, { values: values!, range, x, y, foot, step: (width - LEFT - RIGHT) / count }, token);
  }
  for (const { name, from } of cutouts.filter((one) => one.from >= range.from && one.to <= range.to)) {
    pen.fillStyle = token('--line-3');
    pen.fillRect(Math.round(x(from - 0.5)), HEAD, 1, foot - HEAD);
    pen.fillStyle = token('--text-2');
    pen.textAlign = 'left';
    pen.fillText(name, x(from - 0.5) + 4, HEAD + 6);
  }
  drawTicks(pen, { range, x, height, at }, token);
  if (worst !== undefined && values) drawWorst(pen, { x: x(worst), y: y(values[worst]!), value: values[worst]!, width }, token);
  drawAt(pen, { x: x(at), foot, height, at }, token);
}

interface Bars {
  readonly values: readonly number[];
  readonly range: StripFacts['range'];
  readonly x: (z: number) => number;
  readonly y: (value: number) => number;
  readonly foot: number;
  readonly step: number;
}

function drawBars(
  pen: CanvasRenderingContext2D,
  { values, range, x, y, foot, step }: Bars,
  token: (name: `--${string}`) => string,
): void {
  pen.globalAlpha = 0.55;
  pen.fillStyle = token('--line-2');
  for (let z = range.from; z < range.to; z++)
    if (Number.isFinite(values[z])) pen.fillRect(x(z) - step / 2, y(values[z]!), Math.max(1, step - 0.6), foot - y(values[z]!));
  pen.globalAlpha = 1;
  pen.strokeStyle = token('--trace');
  pen.lineWidth = 1.25;
  pen.beginPath();
  let isOpen = false;
  for (let z = range.from; z < range.to; z++) {
    const there = Number.isFinite(values[z]);
    if (there && isOpen) pen.lineTo(x(z), y(values[z]!));
    else if (there) pen.moveTo(x(z), y(values[z]!));
    isOpen = there;
  }
  pen.stroke();
}

interface Ticks {
  readonly range: StripFacts['range'];
  readonly x: (z: number) => number;
  readonly height: number;
  readonly at: number;
}

function drawTicks(pen: CanvasRenderingContext2D, { range, x, height, at }: Ticks, token: (name: `--${string}`) => string): void {
  const count = range.to - range.from;
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].find((one) => count / one <= 9) ?? 5000;
  pen.fillStyle = token('--text-3');
  pen.textAlign = 'center';
  for (let z = Math.ceil(range.from / step) * step; z < range.to; z += step)
    if (Math.abs(x(z) - x(at)) > 44) pen.fillText(`z ${z}`, Math.max(LEFT + 8, x(z)), height - 9);
}

interface Worst {
  readonly x: number;
  readonly y: number;
  readonly value: number;
  readonly width: number;
}

function drawWorst(pen: CanvasRenderingContext2D, { x, y, value, width }: Worst, token: (name: `--${string}`) => string): void {
  pen.fillStyle = token('--fp-ink');
  pen.beginPath();
  pen.moveTo(x, y - 3);
  pen.lineTo(x - 5, y - 11);
  pen.lineTo(x + 5, y - 11);
  pen.fill();
  pen.fillStyle = token('--text-2');
  pen.textAlign = 'center';
  pen.fillText(`worst, ${fixed(value, 2)}`, Math.min(width - 36, Math.max(LEFT + 36, x)), Math.max(8, y - 19));
}

interface At {
  readonly x: number;
  readonly foot: number;
  readonly height: number;
  readonly at: number;
}

function drawAt(pen: CanvasRenderingContext2D, { x, foot, height, at }: At, token: (name: `--${string}`) => string): void {
  pen.fillStyle = token('--text');
  pen.fillRect(Math.round(x), 0, 1, foot);
  pen.beginPath();
  pen.roundRect(x - 24, height - 18, 48, 16, 3);
  pen.fill();
  pen.fillStyle = token('--bg');
  pen.textAlign = 'center';
  pen.fillText(`z ${at}`, x, height - 9.5);
}
