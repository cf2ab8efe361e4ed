// Points in a small plot: their range, their places, and which lie inside a lasso.
import type { Painting } from './plain-canvas.ts';
import { isInside } from './probe-picture.ts';

export interface Extent {
  readonly low: number;
  readonly high: number;
}

/** From the smallest to the largest of all lists, a little wider; 0 … 1 for none. */
export function extentOf(lists: readonly ArrayLike<number>[]): Extent {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const list of lists) {
    for (let i = 0; i < list.length; i++) {
      const value = list[i]!;
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return { low: 0, high: 1 };
  const room = (high - low) * 0.04 || 1;
  return { low: low - room, high: high + room };
}

export interface ScatterBox {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: Extent;
  readonly y: Extent;
}

export const placeX = ({ left, width, x }: ScatterBox, value: number): number =>
  left + ((value - x.low) / (x.high - x.low)) * width;
export const placeY = ({ top, height, y }: ScatterBox, value: number): number =>
  top + height - ((value - y.low) / (y.high - y.low)) * height;

export function paintPoints(
  { context }: Painting,
  box: ScatterBox,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
  colour: string,
): void {
  context.fillStyle = colour;
  context.globalAlpha = Math.max(0.25, Math.min(0.9, 400 / Math.max(1, xs.length)));
  for (let i = 0; i < xs.length; i++) context.fillRect(placeX(box, xs[i]!) - 0.9, placeY(box, ys[i]!) - 0.9, 1.8, 1.8);
  context.globalAlpha = 1;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export function paintLasso({ context, palette }: Painting, lasso: readonly Point[]): void {
  if (lasso.length < 2) return;
  context.strokeStyle = palette.css.text;
  context.setLineDash([4, 3]);
  context.beginPath();
  for (const { x, y } of lasso) context.lineTo(x, y);
  context.closePath();
  context.stroke();
  context.setLineDash([]);
}

/** Numbers of the points inside a polygon of CSS px. */
export function insideLasso(box: ScatterBox, xs: ArrayLike<number>, ys: ArrayLike<number>, lasso: readonly Point[]): number[] {
  const found: number[] = [];
  for (let i = 0; i < xs.length; i++) if (isInside(lasso, placeX(box, xs[i]!), placeY(box, ys[i]!))) found.push(i);
  return found;
}
