// Brushes for strokes: discs in a plane, balls in the volume, and lines of them. Positions and radii in voxels; the rows and columns of
// a plane are those of `slicePlane`.
import type { Triple } from '../../../base/volume.ts';
import { type PlaneName, planeWalk } from '../slice/orthogonal.ts';
import type { Stroke } from './stroke.ts';

export interface PlanePoint {
  readonly row: number;
  readonly column: number;
}

/** Voxels of a plane whose centre is within `radius` of a point. Radius 0 is the one voxel under the point. */
export function stampDisc(stroke: Stroke, name: PlaneName, index: number, point: PlanePoint, radius: number): void {
  brushLine(stroke, name, index, point, point, radius);
}

/** Voxels of a plane within `radius` of the line from one point to another: what a brush paints between two pointer events. */
export function brushLine(
  stroke: Stroke,
  name: PlaneName,
  index: number,
  from: PlanePoint,
  to: PlanePoint,
  radius: number,
): void {
  const walk = planeWalk(stroke.labels.shape, name);
  // Half a voxel's diagonal at least, so that a thin line has no gaps.
  const reach = Math.max(radius, Math.SQRT1_2);
  const [down, along] = [to.row - from.row, to.column - from.column];
  const length = down * down + along * along;
  const first = (a: number, b: number) => Math.max(0, Math.ceil(Math.min(a, b) - reach));
  const last = (a: number, b: number, count: number) => Math.min(count - 1, Math.floor(Math.max(a, b) + reach));
  const lastColumn = last(from.column, to.column, walk.width);
  for (let row = first(from.row, to.row); row <= last(from.row, to.row, walk.height); row++) {
    for (let column = first(from.column, to.column); column <= lastColumn; column++) {
      const share = length === 0 ? 0 : ((row - from.row) * down + (column - from.column) * along) / length;
      const near = Math.min(1, Math.max(0, share));
      const away = Math.hypot(row - from.row - near * down, column - from.column - near * along);
      if (away <= reach) stroke.paint(index * walk.plane + row * walk.row + column * walk.column, 1);
    }
  }
}

/** Voxels whose centre is within `radius` of a place. */
export function stampBall(stroke: Stroke, [z, y, x]: Triple, radius: number): void {
  const [depth, height, width] = stroke.labels.shape;
  for (let c = Math.max(0, Math.ceil(z - radius)); c <= z + radius && c < depth; c++) {
    for (let b = Math.max(0, Math.ceil(y - radius)); b <= y + radius && b < height; b++) {
      const square = radius * radius - (c - z) ** 2 - (b - y) ** 2;
      if (square < 0) continue;
      const half = Math.sqrt(square);
      const first = Math.max(0, Math.ceil(x - half));
      const end = Math.min(width - 1, Math.floor(x + half)) + 1;
      if (end > first) stroke.paint((c * height + b) * width + first, end - first);
    }
  }
}
