// Boxes of a volume: [z, y, x] in voxels, half-open.
import type { NumericArray } from '../../../base/ndarray.ts';
import { extentOf, type Triple, voxelsOf } from '../../../base/volume.ts';

export interface Box {
  readonly from: Triple;
  readonly to: Triple;
}

/** The voxels of a box of a whole volume, in new memory. */
export function cutBox<T extends NumericArray>(data: T, [, height, width]: Triple, { from, to }: Box): T {
  const extent = extentOf(from, to);
  const out = new (data.constructor as new (length: number) => T)(voxelsOf(extent));
  let at = 0;
  for (let z = from[0]; z < to[0]; z++) {
    for (let y = from[1]; y < to[1]; y++, at += extent[2]) {
      const start = (z * height + y) * width;
      out.set(data.subarray(start + from[2], start + to[2]) as never, at);
    }
  }
  return out;
}

/** A box and `reach` voxels around it, within `limits`. */
export function widened({ from, to }: Box, reach: number, limits: Box): Box {
  return {
    from: from.map((at, axis) => Math.max(limits.from[axis]!, at - reach)) as unknown as Triple,
    to: to.map((at, axis) => Math.min(limits.to[axis]!, at + reach)) as unknown as Triple,
  };
}

/** Edges of boxes that are whole multiples of `brick` and hold at most `most` voxels, or a single brick where that is more; of bricks
 *  much larger than that, rows of them. Wide ones first, because rows follow each other in most files. */
export function tileEdges([depth, height, width]: Triple, brick: Triple, most: number): Triple {
  const unit: Triple = voxelsOf(brick) > 4 * most ? [1, 1, brick[2]] : brick;
  const room = (voxels: number, step: number, extent: number) => Math.min(extent, Math.max(step, voxels - (voxels % step)));
  const x = room(Math.floor(most / (unit[0] * unit[1])), unit[2], width);
  const y = room(Math.floor(most / (unit[0] * x)), unit[1], height);
  return [room(Math.floor(most / (x * y)), unit[0], depth), y, x];
}

/** Cuts a box into boxes of at most `edges`, in the order of their voxels; none goes across a `seam`, the first plane of another cutout. */
export function tilesOf({ from, to }: Box, edges: Triple, seams: readonly number[]): Box[] {
  const starts = (axis: number, cuts: readonly number[]) => {
    const ends = [...cuts.filter((cut) => cut > from[axis]! && cut < to[axis]!), to[axis]!];
    let first = from[axis]!;
    return ends.flatMap((end) => {
      const spans: [number, number][] = [];
      for (; first < end; first += edges[axis]!) spans.push([first, Math.min(end, first + edges[axis]!)]);
      first = end;
      return spans;
    });
  };
  const [planes, rows, columns] = [starts(0, seams), starts(1, []), starts(2, [])];
  return planes.flatMap(([z0, z1]) =>
    rows.flatMap(([y0, y1]) => columns.map(([x0, x1]): Box => ({ from: [z0, y0, x0], to: [z1, y1, x1] }))),
  );
}
