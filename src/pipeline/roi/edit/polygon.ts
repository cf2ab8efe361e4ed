// Pixels inside a drawn outline, and under a stroke. Vertices are row, column, row, column … in image coordinates, where pixel
// (r, c) covers [r, r+1) × [c, c+1) and its centre is (r + ½, c + ½). Pixels come row by row.
import type { Region } from '../../../base/region.ts';
import { regionOf } from './pixels.ts';

/**
 * The pixels of a `height` × `width` field whose centres are inside the closed polygon by the even-odd rule. A crossing belongs
 * to the pixels right of it, so neighbours that share an edge never share a pixel.
 */
export function rasterisePolygon(vertices: ArrayLike<number>, height: number, width: number): Region {
  const count = vertices.length / 2;
  const pixels: number[] = [];
  let top = height;
  let bottom = -1;
  for (let i = 0; i < count; i++) {
    top = Math.min(top, Math.floor(vertices[2 * i]!));
    bottom = Math.max(bottom, Math.ceil(vertices[2 * i]!));
  }
  for (let row = Math.max(0, top); row <= Math.min(height - 1, bottom); row++) {
    const crossings = crossingsOf(vertices, count, row + 0.5);
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const from = Math.max(0, Math.ceil(crossings[k]! - 0.5));
      const to = Math.min(width, Math.ceil(crossings[k + 1]! - 0.5));
      for (let col = from; col < to; col++) pixels.push(row * width + col);
    }
  }
  return regionOf(pixels, width);
}

/** Columns at which the outline crosses the line `row`, from left to right. */
function crossingsOf(vertices: ArrayLike<number>, count: number, row: number): number[] {
  const crossings: number[] = [];
  for (let i = 0, before = count - 1; i < count; before = i++) {
    const [r0, c0] = [vertices[2 * before]!, vertices[2 * before + 1]!];
    const [r1, c1] = [vertices[2 * i]!, vertices[2 * i + 1]!];
    if (r0 <= row === r1 <= row) continue;
    crossings.push(c0 + ((row - r0) / (r1 - r0)) * (c1 - c0));
  }
  return crossings.sort((a, b) => a - b);
}

/** The pixels whose centres are within `radius` px of the polyline: what a round brush covers. One vertex makes a disc. */
export function strokePixels(vertices: ArrayLike<number>, radius: number, height: number, width: number): Region {
  const pixels = new Set<number>();
  const count = vertices.length / 2;
  for (let i = 0; i < count; i++) {
    const after = Math.min(i + 1, count - 1);
    const [r0, c0] = [vertices[2 * i]!, vertices[2 * i + 1]!];
    const [r1, c1] = [vertices[2 * after]!, vertices[2 * after + 1]!];
    const first = Math.max(0, Math.floor(Math.min(r0, r1) - radius));
    const last = Math.min(height - 1, Math.ceil(Math.max(r0, r1) + radius));
    const left = Math.max(0, Math.floor(Math.min(c0, c1) - radius));
    const right = Math.min(width - 1, Math.ceil(Math.max(c0, c1) + radius));
    for (let row = first; row <= last; row++)
      for (let col = left; col <= right; col++)
        if (distanceTo(row + 0.5, col + 0.5, r0, c0, r1, c1) <= radius) pixels.add(row * width + col);
  }
  return regionOf(
    [...pixels].sort((a, b) => a - b),
    width,
  );
}

/** From a point to the piece of a line from (r0, c0) to (r1, c1). */
function distanceTo(row: number, col: number, r0: number, c0: number, r1: number, c1: number): number {
  const [dr, dc] = [r1 - r0, c1 - c0];
  const square = dr * dr + dc * dc;
  const along = square > 0 ? Math.min(1, Math.max(0, ((row - r0) * dr + (col - c0) * dc) / square)) : 0;
  return Math.hypot(row - r0 - along * dr, col - c0 - along * dc);
}
