// Outlines that follow the cell: in each direction from the centre the distance at which the hit's own explanation (the sum of its
// templates) is brightest, which is the rim of the soma; smoothed over directions, its departures from the mean widened (templates
// learned from many cells are rounder than each of them) and set on the soma radius. Polar: direction k is 2π k / DIRECTIONS
// from the column axis towards the row axis.
import type { Region } from '../../../base/region.ts';
import type { Dictionary } from './dictionary.ts';

export const DIRECTIONS = 24;

/** Where the rim is looked for, in radii, and where it is expected; leaving that costs brightness a pixel. */
const RIM = { from: 0.45, to: 1.2, expected: 0.76, cost: 0.15 };
const STEP_PX = 0.25;
/** Directions on either side that are averaged, with weights exp(−d² / 8). */
const SMOOTHED = 4;
const WIDENED = 1.6;
/** No outline comes nearer or goes farther than this, in radii. */
const BOUNDS = [0.5, 1.6] as const;

/** Writes `DIRECTIONS` distances (px) of one hit with the given coefficients [template]. */
export function traceOutline({ radius, side, half, templates }: Dictionary, coef: Float64Array, out: Float32Array): void {
  const image = new Float64Array(side * side);
  for (const [k, template] of templates.entries()) {
    if (coef[k] !== 0) for (let i = 0; i < image.length; i++) image[i]! += coef[k]! * template[i]!;
  }
  const smooth = smoothed(image, side);
  const rim = Float64Array.from({ length: DIRECTIONS }, (_, k) => {
    const angle = (2 * Math.PI * k) / DIRECTIONS;
    let best = Number.NEGATIVE_INFINITY;
    let at = RIM.expected * radius;
    for (let d = RIM.from * radius; d <= RIM.to * radius; d += STEP_PX) {
      const value = between(smooth, side, half + d * Math.sin(angle), half + d * Math.cos(angle));
      const worth = value - RIM.cost * Math.abs(d - RIM.expected * radius);
      if (worth > best) {
        best = worth;
        at = d;
      }
    }
    return at;
  });
  const even = rim.map((_, k) => {
    let sum = 0;
    let weights = 0;
    for (let d = -SMOOTHED; d <= SMOOTHED; d++) {
      const weight = Math.exp((-d * d) / 8);
      sum += weight * rim[(k + d + DIRECTIONS) % DIRECTIONS]!;
      weights += weight;
    }
    return sum / weights;
  });
  const mean = even.reduce((sum, value) => sum + value, 0) / DIRECTIONS;
  for (let k = 0; k < DIRECTIONS; k++) {
    out[k] = Math.min(BOUNDS[1] * radius, Math.max(BOUNDS[0] * radius, radius + WIDENED * (even[k]! - mean)));
  }
}

/** Pixels of the field within the outline around a whole pixel. */
export function outlinedRegion(row: number, col: number, outline: Float32Array, height: number, width: number): Region {
  const points: number[] = [];
  const reach = Math.ceil(outline.reduce((largest, value) => Math.max(largest, value), 0));
  for (let y = Math.max(0, row - reach); y <= Math.min(height - 1, row + reach); y++) {
    for (let x = Math.max(0, col - reach); x <= Math.min(width - 1, col + reach); x++) {
      const turn = (Math.atan2(y - row, x - col) / (2 * Math.PI) + 1) * DIRECTIONS;
      const k = Math.floor(turn);
      const [a, b] = [outline[k % DIRECTIONS]!, outline[(k + 1) % DIRECTIONS]!];
      if (Math.hypot(y - row, x - col) <= a + (turn - k) * (b - a)) points.push(y, x);
    }
  }
  return { points: Float64Array.from(points), dims: 2 };
}

/** Weighted mean of 3 × 3 pixels: 1 for the pixel, 0.7 beside, 0.5 across; fewer at the edges. */
function smoothed(image: Float64Array, side: number): Float64Array {
  return image.map((_, i) => {
    const [y, x] = [Math.floor(i / side), i % side];
    let sum = 0;
    let weights = 0;
    for (let dy = -1; dy <= 1; dy++) {
      for (let dx = -1; dx <= 1; dx++) {
        if (y + dy < 0 || x + dx < 0 || y + dy >= side || x + dx >= side) continue;
        const weight = dy !== 0 && dx !== 0 ? 0.5 : dy !== 0 || dx !== 0 ? 0.7 : 1;
        sum += weight * image[i + dy * side + dx]!;
        weights += weight;
      }
    }
    return sum / weights;
  });
}

/** Bilinear; 0 beyond the edges. */
function between(image: Float64Array, side: number, y: number, x: number): number {
  const [top, left] = [Math.floor(y), Math.floor(x)];
  if (top < 0 || left < 0 || top >= side - 1 || left >= side - 1) return 0;
  const at = top * side + left;
  const [fy, fx] = [y - top, x - left];
  return (
    (1 - fy) * ((1 - fx) * image[at]! + fx * image[at + 1]!) + fy * ((1 - fx) * image[at + side]! + fx * image[at + side + 1]!)
  );
}
