// The probe as a map: every electrode where it is, shaded by its activity, what is on the traces framed, units beside it. Shanks lie
// side by side. Depth runs upwards, in µm.
import { colourOf } from '../../../render/colormap.ts';
import type { EphysDataset } from './datasets.ts';
import { rowsOf } from './electrodes.ts';
import type { Painting } from './plain-canvas.ts';
import { colourIndex } from './series-colours.ts';

const LEFT = 42;
const RIGHT = 18;
const TOP = 10;
const BOTTOM = 26;

export interface ProbeMap {
  /** CSS px of an electrode's middle, and how large one is drawn. */
  place(electrode: number): { readonly x: number; readonly y: number };
  yOf(depth: number): number;
  readonly contact: { readonly width: number; readonly height: number };
  readonly right: number;
}

export function probeMap({ electrodes }: EphysDataset, width: number, height: number): ProbeMap {
  const { x, y, count } = electrodes;
  const columns = [...new Set(x)].sort((a, b) => a - b);
  const rowsHere = new Set(y).size;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const depth of y) {
    low = Math.min(low, depth);
    high = Math.max(high, depth);
  }
  const span = Math.max(1, high - low);
  const tall = height - TOP - BOTTOM;
  const wide = Math.max(10, Math.min(width - LEFT - RIGHT, columns.length * 14));
  const yOf = (depth: number) => TOP + tall * (1 - (depth - low) / span);
  const contact = {
    width: Math.max(2, Math.min(12, wide / Math.max(1, columns.length) - 2)),
    height: Math.max(1.5, Math.min(10, tall / Math.max(1, rowsHere) - 1)),
  };
  return {
    yOf,
    contact,
    right: LEFT + wide,
    place: (electrode) => ({
      x: LEFT + (wide * (columns.indexOf(x[electrode]!) + 0.5)) / columns.length,
      y: count > 1 ? yOf(y[electrode]!) : TOP + tall / 2,
    }),
  };
}

export interface ProbeLook {
  /** Activity of each electrode, null where nobody knows it yet. */
  readonly activity: Float32Array | null;
  readonly units: readonly { readonly place: number; readonly depth: number }[];
  /** Corners of the lasso that is being drawn. */
  readonly lasso: readonly { readonly x: number; readonly y: number }[];
}

export function paintProbe(
  { context, width, height, palette }: Painting,
  dataset: EphysDataset,
  { activity, units, lasso }: ProbeLook,
): void {
  const { electrodes, store } = dataset;
  const { css } = palette;
  const { picked, order, firstRow, rows } = store.getState();
  const map = probeMap(dataset, width, height);
  const { contact } = map;
  const top = activity ? quantile(activity, 0.98) : 1;
  const shown = new Set(picked ?? rowsOf(electrodes, order).slice(firstRow, firstRow + rows));
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < electrodes.count; i++) {
    const { x, y } = map.place(i);
    const value = activity?.[i] ?? Number.NaN;
    const [r, g, b] = colourOf(Number.isNaN(value) ? 0.25 : 0.1 + 0.85 * Math.min(1, value / (top || 1)), {
      low: 0,
      high: 1,
      gamma: 1,
      map: 'magma',
    });
    context.fillStyle = activity ? `rgb(${r},${g},${b})` : css.line3;
    context.fillRect(x - contact.width / 2, y - contact.height / 2, contact.width, contact.height);
    if (!shown.has(i)) continue;
    first = Math.min(first, y);
    last = Math.max(last, y);
    if (!picked) continue;
    context.strokeStyle = css.text;
    context.lineWidth = 1;
    context.strokeRect(x - contact.width / 2 - 1, y - contact.height / 2 - 1, contact.width + 2, contact.height + 2);
  }
  if (!picked && shown.size > 0 && shown.size < electrodes.count) {
    context.strokeStyle = css.text;
    context.lineWidth = 1.5;
    context.strokeRect(LEFT - 4, first - contact.height, map.right - LEFT + 8, last - first + 2 * contact.height);
  }
  context.textAlign = 'right';
  context.fillStyle = css.text3;
  for (const depth of depthTicks(electrodes.y)) context.fillText(depth.toLocaleString('en-US'), LEFT - 8, map.yOf(depth));
  context.textAlign = 'left';
  context.fillText(electrodes.placed ? 'Depth µm' : 'No places known', 4, height - 9);
  for (const { place, depth } of units) {
    const y = map.yOf(depth);
    context.fillStyle = css.series[colourIndex(place)]!;
    context.beginPath();
    context.moveTo(map.right + 3, y);
    context.lineTo(map.right + 10, y - 4);
    context.lineTo(map.right + 10, y + 4);
    context.fill();
  }
  if (lasso.length < 2) return;
  context.strokeStyle = css.text;
  context.setLineDash([4, 3]);
  context.beginPath();
  for (const { x, y } of lasso) context.lineTo(x, y);
  context.closePath();
  context.stroke();
  context.setLineDash([]);
}

/** Five round depths from the lowest to the highest electrode. */
function depthTicks(y: Float64Array): number[] {
  if (y.length === 0) return [];
  const low = y.reduce((a, b) => Math.min(a, b));
  const high = y.reduce((a, b) => Math.max(a, b));
  return Array.from({ length: 5 }, (_, i) => Math.round(low + ((high - low) * i) / 4));
}

export function quantile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  return sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
}

/** Whether a point lies in a polygon (even-odd). */
export function isInside(polygon: readonly { readonly x: number; readonly y: number }[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [a, b] = [polygon[i]!, polygon[j]!];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}
