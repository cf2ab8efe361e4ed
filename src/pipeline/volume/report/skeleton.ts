// The centre lines of a mask [z, y, x], one voxel thin: border voxels whose loss changes no connection are taken away from six sides
// in turn until none is left, ends of lines stay (Bertrand and Malandain 1994: simple points of (26, 6) connectivity).
import type { Steps } from '../../../base/steps.ts';
import type { LabelVolume } from '../volume.ts';

/** Places of the 3 × 3 × 3 neighbourhood: 9 (z + 1) + 3 (y + 1) + x + 1; 13 is the middle. */
const MIDDLE = 13;
const PLACES = Array.from({ length: 27 }, (_, i) => [Math.floor(i / 9) - 1, (Math.floor(i / 3) % 3) - 1, (i % 3) - 1] as const);
const distance = (i: number, j: number) => PLACES[i]!.map((p, axis) => Math.abs(p - PLACES[j]![axis]!));
const isAdjacent = (i: number, j: number, most: number) => {
  const away = distance(i, j);
  return i !== j && Math.max(...away) === 1 && away.reduce((sum, d) => sum + d, 0) <= most;
};
const AROUND = PLACES.map((_, i) => i).filter((i) => i !== MIDDLE);
const NEIGHBOURS_26 = PLACES.map((_, i) => AROUND.filter((j) => isAdjacent(i, j, 3)));
/** The 18 places that share a face or an edge with the middle, and how they touch each other by faces. */
const IN_18 = AROUND.filter((i) => isAdjacent(i, MIDDLE, 2));
const NEIGHBOURS_6 = PLACES.map((_, i) => IN_18.filter((j) => isAdjacent(i, j, 1)));
const FACES = AROUND.filter((i) => isAdjacent(i, MIDDLE, 1));

/** Whether taking the middle away leaves object and background connected as they were. */
function isSimple(around: Uint8Array, seen: Uint8Array, stack: Int8Array): boolean {
  return (
    countParts(around, 1, AROUND, NEIGHBOURS_26, seen, stack) === 1 &&
    countParts(around, 0, FACES, NEIGHBOURS_6, seen, stack) === 1
  );
}

/** Connected parts of the voxels of `value`, begun at `starts`; counts no further than two. */
function countParts(
  around: Uint8Array,
  value: number,
  starts: readonly number[],
  neighbours: readonly (readonly number[])[],
  seen: Uint8Array,
  stack: Int8Array,
): number {
  seen.fill(0);
  let parts = 0;
  for (const start of starts) {
    if (around[start] !== value || seen[start]) continue;
    if (++parts > 1) break;
    let height = 0;
    stack[height++] = start;
    seen[start] = 1;
    while (height > 0) {
      for (const next of neighbours[stack[--height]!]!) {
        if (around[next] !== value || seen[next]) continue;
        seen[next] = 1;
        stack[height++] = next;
      }
    }
  }
  return parts;
}

/** 1 on the centre lines of what is not 0 in the mask. */
export function* skeletonise({ data, shape }: LabelVolume): Steps<LabelVolume> {
  const [depth, height, width] = shape;
  // A border of background spares asking for it at each voxel.
  const [rows, columns] = [height + 2, width + 2];
  const padded = new Uint8Array((depth + 2) * rows * columns);
  const place = (z: number, y: number) => ((z + 1) * rows + y + 1) * columns + 1;
  let left: number[] = [];
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0, from = (z * height + y) * width, to = place(z, y); x < width; x++) {
        if (!data[from + x]) continue;
        padded[to + x] = 1;
        left.push(to + x);
      }
    }
  }
  const offsets = Int32Array.from(PLACES, ([z, y, x]) => (z * rows + y) * columns + x);
  const all = left.length;
  const around = new Uint8Array(27);
  const seen = new Uint8Array(27);
  const stack = new Int8Array(27);
  const isRemovable = (voxel: number) => {
    let neighbours = -1;
    for (let k = 0; k < 27; k++) {
      around[k] = padded[voxel + offsets[k]!]!;
      neighbours += around[k]!;
    }
    return neighbours > 1 && isSimple(around, seen, stack);
  };
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const face of FACES) {
      const candidates: number[] = [];
      for (const [i, voxel] of left.entries()) {
        if (padded[voxel + offsets[face]!] === 0 && isRemovable(voxel)) candidates.push(voxel);
        if (i % 4096 === 4095) yield 1 - left.length / all;
      }
      for (const voxel of candidates) {
        if (!isRemovable(voxel)) continue;
        padded[voxel] = 0;
        isChanged = true;
      }
      if (candidates.length > 0) left = left.filter((voxel) => padded[voxel]);
      yield 1 - left.length / all;
    }
  }
  const out = new Uint8Array(data.length);
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) out.set(padded.subarray(place(z, y), place(z, y) + width), (z * height + y) * width);
  }
  return { data: out, shape };
}
