// The probe as a map: every electrode where it is, shaded by its activity, what is on the traces framed, units beside it. Shanks lie
// side by side, a gap between them. Depth runs upwards, in µm.
import { colourOf } from '../../../render/colormap.ts';
import type { EphysDataset } from './datasets.ts';
import { rowsOf } from './electrodes.ts';
import type { Painting } from './plain-canvas.ts';
import { colourIndex } from './series-colours.ts';

const LEFT = 42;
const RIGHT = 18;
const TOP = 10;
const BOTTOM = 26;
/** CSS px from a shank's side to the frame around it. */
const FRAME = 2;

export interface ProbeMap {
  /** CSS px of an electrode's middle, and how large one is drawn. */
  place(electrode: number): { readonly x: number; readonly y: number };
  yOf(depth: number): number;
  readonly contact: { readonly width: number; readonly height: number };
  readonly right: number;
  /** CSS px of a shank's left and right side. */
  sides(shank: number): readonly [left: number, right: number];
}

/** Between two shanks, in widths of a column. */
const SHANK_GAP = 0.8;

export function probeMap({ electrodes }: Pick<EphysDataset, 'electrodes'>, width: number, height: number): ProbeMap {
  const { x, y, shank, count } = electrodes;
  const { columns, total } = columnsOf(electrodes);
  const rowsHere = new Set(y).size;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const depth of y) {
    low = Math.min(low, depth);
    high = Math.max(high, depth);
  }
  const span = Math.max(1, high - low);
  const tall = height - TOP - BOTTOM;
  const wide = Math.max(10, Math.min(width - LEFT - RIGHT, total * 14));
  const slot = wide / Math.max(1, total);
  const middle = (column: number) => LEFT + slot * (columns.get(column)! + 0.5);
  const yOf = (depth: number) => TOP + tall * (1 - (depth - low) / span);
  const contact = {
    width: Math.max(2, Math.min(12, slot - 2)),
    height: Math.max(1.5, Math.min(10, tall / Math.max(1, rowsHere) - 1)),
  };
  return {
    yOf,
    contact,
    right: LEFT + wide,
    place: (electrode) => ({ x: middle(x[electrode]!), y: count > 1 ? yOf(y[electrode]!) : TOP + tall / 2 }),
    sides: (wanted) => {
      const places = Array.from(
        x.filter((_, i) => shank[i] === wanted),
        middle,
      );
      const side = (place: number, to: -1 | 1) => place + (to * slot) / 2;
      return [
        side(
          places.reduce((a, b) => Math.min(a, b)),
          -1,
        ),
        side(
          places.reduce((a, b) => Math.max(a, b)),
          1,
        ),
      ];
    },
  };
}

/** Where each column of electrodes stands, counted in columns from the left, and how many there is room for. */
function columnsOf({ x, shank }: EphysDataset['electrodes']): { columns: ReadonlyMap<number, number>; total: number } {
  const shanks = new Map(Array.from(x, (column, i) => [column, shank[i]!]));
  const columns = new Map<number, number>();
  let total = 0;
  let last: number | undefined;
  for (const column of [...shanks.keys()].sort((a, b) => a - b)) {
    const own = shanks.get(column);
    if (last !== undefined && own !== last) total += SHANK_GAP;
    columns.set(column, total++);
    last = own;
  }
  return { columns, total };
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
  /** Per shank from the uppermost to the lowest of what is on the traces. */
  const framed = new Map<number, readonly [first: number, last: number]>();
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
    const [first, last] = framed.get(electrodes.shank[i]!) ?? [y, y];
    framed.set(electrodes.shank[i]!, [Math.min(first, y), Math.max(last, y)]);
    if (!picked) continue;
    context.strokeStyle = css.text;
    context.lineWidth = 1;
    context.strokeRect(x - contact.width / 2 - 1, y - contact.height / 2 - 1, contact.width + 2, contact.height + 2);
  }
  if (!picked && shown.size > 0 && shown.size < electrodes.count) {
    context.strokeStyle = css.text;
    context.lineWidth = 1.5;
    for (const [shank, [first, last]] of framed) {
      const [left, right] = map.sides(shank);
      context.strokeRect(left - FRAME, first - contact.height, right - left + 2 * FRAME, last - first + 2 * contact.height);
    }
  }
  context.textAlign = 'right';
  context.fillStyle = css.text3;
  for (const depth of depthTicks(electrodes.y)) context.fillText(depth.toLocaleString('en-US'), LEFT - 8, map.yOf(depth));
  context.textAlign = 'left';
  context.fillText(electrodes.placed ? 'Depth µm' : 'No places', 4, height - 9);
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
