// What lies on the traces: names of the channels, the axis of time, spikes of units, detected and compared spikes, the crosshair and
// the scale bar. Painted with each frame on a plain canvas.

import { niceBelow } from '../../../base/number-format.ts';
import type { CanvasSize } from '../../../render/canvas-size.ts';
import type { Pen } from '../../../ui/pen.ts';
import { type Electrodes, rowsOf } from './electrodes.ts';
import { colourIndex, type Palette } from './series-colours.ts';
import type { EphysState } from './store.ts';
import type { UnitSpikes } from './trace-pieces.ts';
import { AXIS, GUTTER, type Pane, type TimeMap, tickStep, tickText, xOf } from './traces-layout.ts';

/** A mark at the foot of the traces, or on an electrode. */
export interface TickMark {
  readonly frame: number;
  readonly electrode: number | null;
  readonly kind: 'detected' | 'tp' | 'fp' | 'fn';
}

export interface Overlay {
  readonly size: CanvasSize;
  readonly palette: Palette;
  readonly state: EphysState;
  readonly panes: readonly Pane[];
  /** Electrodes of the lines. */
  readonly lanes: readonly number[];
  readonly electrodes: Electrodes;
  readonly time: TimeMap;
  readonly rate: number;
  /** CSS px a unit of the data. */
  readonly pxPerUnit: number;
  readonly unit: string;
  readonly ticks: readonly TickMark[];
  readonly spikes: readonly UnitSpikes[];
  readonly hover: { readonly x: number; readonly y: number } | null;
}

const LABEL_PX = 34;
const BAR_PX = 44;
const MOST_MARKS = 4000;
/** Beyond, dots on a heat map would only hide it. */
const MOST_DOTS = 300;
/** Matched solid, extra open, missed as a cross: never by colour alone. */
const SHAPES = { detected: 'dash', tp: 'full', fp: 'open', fn: 'cross' } as const;

export function paintOverlay(canvas: HTMLCanvasElement, overlay: Overlay): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { size } = overlay;
  context.setTransform(size.pixelRatio, 0, 0, size.pixelRatio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  context.font = `11px ${getComputedStyle(canvas).fontFamily}`;
  context.textBaseline = 'middle';
  paintOver(context, overlay);
}

/** The same with any pen. */
export function paintOver(context: Pen, overlay: Overlay): void {
  const { size, palette } = overlay;
  context.fillStyle = palette.css.plot;
  context.fillRect(0, 0, GUTTER, size.height);
  context.fillRect(0, size.height - AXIS, size.width, AXIS);
  for (const pane of overlay.panes) paintNames(context, overlay, pane);
  paintAxis(context, overlay);
  paintMarks(context, overlay);
  paintSpikes(context, overlay);
  paintHover(context, overlay);
  paintScale(context, overlay);
}

function paintNames(context: Pen, { electrodes, lanes, state, palette, size, panes }: Overlay, pane: Pane): void {
  const rows = pane.kind === 'lines' ? lanes : rowsOf(electrodes, state.order);
  if (rows.length === 0) return;
  const pitch = pane.height / rows.length;
  const every = Math.max(1, Math.ceil(18 / pitch), Math.ceil(rows.length / Math.max(1, Math.floor(pane.height / LABEL_PX))));
  const nice = [1, 2, 5, 10, 20, 50, 100, 200].find((step) => step >= every) ?? every;
  context.textAlign = 'right';
  context.fillStyle = palette.css.text3;
  for (let i = 0; i < rows.length; i += nice) {
    const name = electrodes.ids[rows[i]!]!;
    context.fillText(name.length > 7 ? name.slice(-7) : name, GUTTER - 6, pane.top + pitch * (i + 0.5), GUTTER - 8);
  }
  if (state.side !== 'split') return;
  const title = pane.side === 'raw' ? 'Raw' : 'Result';
  context.textAlign = 'left';
  context.globalAlpha = 0.86;
  context.fillStyle = palette.css.plot;
  context.fillRect(GUTTER + 4, pane.top + 3, context.measureText(title).width + 10, 18);
  context.globalAlpha = 1;
  context.fillStyle = palette.css.text;
  context.fillText(title, GUTTER + 9, pane.top + 12);
  context.fillStyle = palette.css.line2;
  if (pane !== panes[0]) context.fillRect(0, pane.top - 3, size.width, 1);
}

function paintAxis(context: Pen, { size, palette, time, rate, panes }: Overlay): void {
  const seconds = time.span / rate;
  const step = tickStep(seconds, Math.max(2, (size.width - GUTTER) / 80));
  context.textAlign = 'left';
  for (let i = 0; i * step < seconds; i++) {
    const x = xOf(time, time.from + i * step * rate);
    context.fillStyle = palette.css.line;
    context.globalAlpha = 0.8;
    for (const { top, height } of panes) context.fillRect(Math.round(x), top, 1, height);
    context.globalAlpha = 1;
    context.fillStyle = palette.css.text3;
    context.fillText(tickText(i * step, step), x + 4, size.height - AXIS / 2 + 1);
  }
}

function paintMarks(context: Pen, { ticks, time, palette, panes, lanes, electrodes, state, size }: Overlay): void {
  const { css } = palette;
  for (const { frame, electrode, kind } of ticks.slice(0, MOST_MARKS)) {
    const x = xOf(time, frame + 0.5);
    if (x < GUTTER) continue;
    context.strokeStyle = kind === 'detected' ? css.text : css[kind];
    context.fillStyle = context.strokeStyle;
    context.lineWidth = 1.5;
    if (kind !== 'detected') {
      const y = size.height - AXIS - 7;
      context.beginPath();
      if (SHAPES[kind] === 'cross') {
        context.moveTo(x - 3, y - 3);
        context.lineTo(x + 3, y + 3);
        context.moveTo(x + 3, y - 3);
        context.lineTo(x - 3, y + 3);
      } else context.arc(x, y, 3.2, 0, 7);
      if (SHAPES[kind] === 'full') context.fill();
      else context.stroke();
      continue;
    }
    for (const pane of panes) {
      const rows = pane.kind === 'lines' ? lanes : rowsOf(electrodes, state.order);
      const row = electrode === null ? -1 : rows.indexOf(electrode);
      if (row < 0) continue;
      const y = pane.top + (pane.height * (row + 0.5)) / rows.length;
      context.strokeRect(
        x - 3,
        y - Math.max(3, pane.height / rows.length / 3),
        6,
        2 * Math.max(3, pane.height / rows.length / 3),
      );
    }
  }
}

function paintSpikes(context: Pen, { spikes, time, palette, panes, electrodes, state, size }: Overlay): void {
  const foot = size.height - AXIS;
  for (const { place, frames, electrode } of spikes) {
    context.fillStyle = palette.css.series[colourIndex(place)]!;
    for (let i = 0; i < Math.min(frames.length, MOST_MARKS); i++) {
      const x = xOf(time, frames[i]! + 0.5);
      if (x < GUTTER) continue;
      context.beginPath();
      context.moveTo(x - 4, foot);
      context.lineTo(x + 4, foot);
      context.lineTo(x, foot - 6);
      context.fill();
      for (const pane of panes) {
        if (pane.kind !== 'heat' || electrode === null || frames.length > MOST_DOTS) continue;
        const rows = rowsOf(electrodes, state.order);
        context.beginPath();
        context.arc(x, pane.top + (pane.height * (rows.indexOf(electrode) + 0.5)) / rows.length, 2.5, 0, 7);
        context.fill();
      }
    }
  }
}

function paintHover(context: Pen, { hover, palette, size }: Overlay): void {
  if (!hover || hover.x < GUTTER) return;
  context.fillStyle = palette.css.line3;
  context.globalAlpha = 0.7;
  context.fillRect(Math.round(hover.x), 0, 1, size.height - AXIS);
  context.globalAlpha = 1;
}

/** At the foot of the first pane of lines. */
function paintScale(context: Pen, { size, palette, panes, pxPerUnit, unit }: Overlay): void {
  const pane = panes.find(({ kind }) => kind === 'lines');
  if (!pane) return;
  const length = niceBelow(BAR_PX / pxPerUnit);
  const px = length * pxPerUnit;
  const bottom = pane.top + pane.height - 16;
  const text = `${Number(length.toPrecision(2)).toLocaleString('en-US')} ${unit}`;
  const wide = context.measureText(text).width + 22;
  context.globalAlpha = 0.86;
  context.fillStyle = palette.css.plot;
  context.fillRect(size.width - wide - 10, bottom - px - 6, wide + 4, px + 12);
  context.globalAlpha = 1;
  context.fillStyle = palette.css.text;
  context.fillRect(size.width - 18, bottom - px, 2, px);
  context.textAlign = 'right';
  context.fillText(text, size.width - 24, bottom - px / 2);
}
