// A plane through a volume [z, y, x] at any angle. A frame holds its centre and the directions of a step to the right and
// downwards, in voxels, order z, y, x; voxel (z, y, x) has its centre at those whole numbers.

import type { NumericArray, Plane } from '../../../base/ndarray.ts';
import type { Triple } from '../../../base/volume.ts';
import { sameKind, type Volume } from '../volume.ts';

/** Planes along the axes. */
export type Upright = 'XY' | 'XZ' | 'YZ';

export interface ObliqueFrame {
  readonly centre: Triple;
  /** Unit vectors at right angles. */
  readonly right: Triple;
  readonly down: Triple;
}

export interface ObliquePlane<T extends NumericArray> extends Plane<T> {
  /** 1 where the pixel lies within the volume; the others are 0 in `data` and have no value. */
  readonly inside: Uint8Array<ArrayBuffer>;
}

const AXES: Readonly<Record<Upright, readonly [right: Triple, down: Triple]>> = {
  XY: [
    [0, 0, 1],
    [0, 1, 0],
  ],
  XZ: [
    [0, 0, 1],
    [1, 0, 0],
  ],
  YZ: [
    [1, 0, 0],
    [0, 1, 0],
  ],
};

/** The frame of an upright plane. */
export function uprightFrame(name: Upright, centre: Triple): ObliqueFrame {
  const [right, down] = AXES[name];
  return { centre, right, down };
}

/** Turns a frame about its own right, down or viewing axis by `angle` radians. */
export function turnFrame({ centre, right, down }: ObliqueFrame, about: 'right' | 'down' | 'view', angle: number): ObliqueFrame {
  const view = cross(right, down);
  const c = Math.cos(angle);
  const s = Math.sin(angle);
  const mix = (a: Triple, b: Triple, ka: number, kb: number): Triple => [
    ka * a[0] + kb * b[0],
    ka * a[1] + kb * b[1],
    ka * a[2] + kb * b[2],
  ];
  if (about === 'right') return { centre, right, down: mix(down, view, c, s) };
  if (about === 'down') return { centre, right: mix(right, view, c, -s), down };
  return { centre, right: mix(right, down, c, s), down: mix(down, right, c, -s) };
}

function cross(a: Triple, b: Triple): Triple {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

/** The voxel position under pixel (row, column) of a plane `height` × `width` with `step` voxels a pixel. */
export function positionInFrame(
  { centre, right, down }: ObliqueFrame,
  row: number,
  column: number,
  { height, width, step }: { readonly height: number; readonly width: number; readonly step: number },
): Triple {
  const u = (column - (width - 1) / 2) * step;
  const v = (row - (height - 1) / 2) * step;
  const at = (axis: 0 | 1 | 2) => centre[axis] + u * right[axis] + v * down[axis];
  return [at(0), at(1), at(2)];
}

/** Samples the plane: trilinear for images (whole-number kinds are rounded), nearest for labels. */
export function sliceOblique<T extends NumericArray>(
  { data, shape }: Volume<T>,
  frame: ObliqueFrame,
  size: { readonly height: number; readonly width: number; readonly step: number },
  sampling: 'linear' | 'nearest',
): ObliquePlane<T> {
  const [depth, rows, columns] = shape;
  const { height, width, step } = size;
  const out = sameKind(data, height * width);
  const inside = new Uint8Array(height * width);
  const isFloat = out instanceof Float32Array || out instanceof Float64Array;
  const slice = rows * columns;
  const [stepZ, stepY, stepX] = frame.right.map((d) => d * step) as [number, number, number];
  for (let r = 0; r < height; r++) {
    let [z, y, x] = positionInFrame(frame, r, 0, size) as [number, number, number];
    for (let c = 0, at = r * width; c < width; c++, at++, z += stepZ, y += stepY, x += stepX) {
      const z0 = Math.round(z);
      const y0 = Math.round(y);
      const x0 = Math.round(x);
      if (!(z0 >= 0 && y0 >= 0 && x0 >= 0 && z0 < depth && y0 < rows && x0 < columns)) continue;
      inside[at] = 1;
      if (sampling === 'nearest') {
        out[at] = data[z0 * slice + y0 * columns + x0]!;
        continue;
      }
      const zl = Math.min(Math.max(0, Math.floor(z)), depth - 1);
      const yl = Math.min(Math.max(0, Math.floor(y)), rows - 1);
      const xl = Math.min(Math.max(0, Math.floor(x)), columns - 1);
      const dz = zl + 1 < depth ? slice : 0;
      const dy = yl + 1 < rows ? columns : 0;
      const dx = xl + 1 < columns ? 1 : 0;
      const fz = Math.max(0, z - zl);
      const fy = Math.max(0, y - yl);
      const fx = Math.max(0, x - xl);
      const i = zl * slice + yl * columns + xl;
      const top = mix(mix(data[i]!, data[i + dx]!, fx), mix(data[i + dy]!, data[i + dy + dx]!, fx), fy);
      const j = i + dz;
      const bottom = mix(mix(data[j]!, data[j + dx]!, fx), mix(data[j + dy]!, data[j + dy + dx]!, fx), fy);
      const value = mix(top, bottom, fz);
      out[at] = isFloat ? value : Math.round(value);
    }
  }
  return { data: out, height, width, inside };
}

function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}
