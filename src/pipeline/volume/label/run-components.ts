// Connected components of a mask [z, y, x] by runs of voxels along x and union-find (Rosenfeld and Pfaltz 1966; runs as in
// He et al. 2008). Runs are few, so a volume far larger than memory can be labelled slice by slice; only the runs are kept.
// Components are numbered 0, 1 … by their first voxel in reading order, as scipy.ndimage.label does (there from 1).
import type { Steps } from '../../../base/steps.ts';
import { type LabelVolume, type Shape3, slicesOf, voxelCount } from '../volume.ts';

/** Neighbours: 4 and 8 within each slice; 6, 18 and 26 in three dimensions. */
export type Connectivity = 4 | 8 | 6 | 18 | 26;

/** Which values 0…255 belong to the mask: 1 or 0 each. */
export type Membership = Uint8Array<ArrayBuffer>;

export function membersOf(...values: readonly number[]): Membership {
  const is = new Uint8Array(256);
  for (const value of values) is[value] = 1;
  return is;
}

export const NONZERO: Membership = new Uint8Array(256).fill(1, 1);
export const ZERO: Membership = membersOf(0);

export interface Runs {
  readonly shape: Shape3;
  /** First run of each row (z · height + y), and the end: depth · height + 1 numbers. */
  readonly rowStart: Int32Array<ArrayBuffer>;
  /** x of the first voxel and after the last one. */
  readonly from: Int32Array<ArrayBuffer>;
  readonly to: Int32Array<ArrayBuffer>;
  /** 0…count−1 for each run. */
  readonly component: Int32Array<ArrayBuffer>;
  readonly count: number;
}

export interface RunLabeller {
  /** Takes the next slice [y, x]. */
  add(slice: Uint8Array): void;
  finish(): Runs;
}

/** Rows before the present one that touch it: dz, dy, and by how much runs may miss each other (1: diagonally along x). */
const TOUCHING: Readonly<Record<Connectivity, readonly (readonly [dz: number, dy: number, reach: number])[]>> = {
  4: [[0, -1, 0]],
  8: [[0, -1, 1]],
  6: [
    [0, -1, 0],
    [-1, 0, 0],
  ],
  18: [
    [0, -1, 1],
    [-1, 0, 1],
    [-1, -1, 0],
    [-1, 1, 0],
  ],
  26: [
    [0, -1, 1],
    [-1, 0, 1],
    [-1, -1, 1],
    [-1, 1, 1],
  ],
};

export function makeRunLabeller(height: number, width: number, connectivity: Connectivity, is: Membership): RunLabeller {
  let from = new Int32Array(4096);
  let to = new Int32Array(4096);
  let parent = new Int32Array(4096);
  let runs = 0;
  let depth = 0;
  const rowStart: number[] = [];

  function grow(): void {
    const larger = (old: Int32Array) => {
      const next = new Int32Array(2 * old.length);
      next.set(old);
      return next;
    };
    from = larger(from);
    to = larger(to);
    parent = larger(parent);
  }

  function root(run: number): number {
    let top = run;
    while (parent[top]! !== top) {
      parent[top] = parent[parent[top]!]!;
      top = parent[top]!;
    }
    return top;
  }

  function joinRows(first: number, other: number, otherEnd: number, reach: number): void {
    let a = first;
    let b = other;
    while (a < runs && b < otherEnd) {
      if (from[a]! < to[b]! + reach && from[b]! < to[a]! + reach) {
        const [top, bottom] = [root(b), root(a)];
        if (top < bottom) parent[bottom] = top;
        else parent[top] = bottom;
      }
      if (to[a]! < to[b]!) a++;
      else b++;
    }
  }

  function addRow(slice: Uint8Array, y: number): void {
    const first = runs;
    rowStart.push(first);
    const end = (y + 1) * width;
    for (let i = y * width; i < end; i++) {
      if (!is[slice[i]!]) continue;
      if (runs === from.length) grow();
      const start = i;
      while (i < end && is[slice[i]!]) i++;
      from[runs] = start - y * width;
      to[runs] = i - y * width;
      parent[runs] = runs;
      runs++;
    }
    if (runs === first) return;
    for (const [dz, dy, reach] of TOUCHING[connectivity]) {
      if (depth + dz < 0 || y + dy < 0 || y + dy >= height) continue;
      const row = (depth + dz) * height + y + dy;
      joinRows(first, rowStart[row]!, rowStart[row + 1]!, reach);
    }
  }

  return {
    add(slice) {
      for (let y = 0; y < height; y++) addRow(slice, y);
      depth++;
    },
    finish() {
      const component = new Int32Array(runs);
      let count = 0;
      // The root of a component is its first run, so one pass in order numbers them.
      for (let run = 0; run < runs; run++) component[run] = parent[run] === run ? count++ : component[root(run)]!;
      rowStart.push(runs);
      return {
        shape: [depth, height, width],
        rowStart: Int32Array.from(rowStart),
        from: from.slice(0, runs),
        to: to.slice(0, runs),
        component,
        count,
      };
    },
  };
}

/** Components of the voxels whose value is in `is`. */
export function* findComponents(volume: LabelVolume, connectivity: Connectivity, is: Membership = NONZERO): Steps<Runs> {
  const [depth, height, width] = volume.shape;
  const labeller = makeRunLabeller(height, width, connectivity, is);
  for (let z = 0; z < depth; z++) {
    labeller.add(slicesOf(volume, z, z + 1).data);
    yield (z + 1) / depth;
  }
  return labeller.finish();
}

/** Each voxel's component + 1, 0 outside the mask: what scipy.ndimage.label returns. */
export function* paintComponents(runs: Runs): Steps<Int32Array<ArrayBuffer>> {
  const [depth, height] = runs.shape;
  const out = new Int32Array(voxelCount(runs.shape));
  for (let z = 0; z < depth; z++) {
    for (let row = z * height; row < (z + 1) * height; row++) paintRow(runs, row, out, (component) => component + 1);
    yield (z + 1) / depth;
  }
  return out;
}

/** Writes 1 into `out` [z, y, x] where a component is kept. */
export function paintKept(runs: Runs, keep: Uint8Array, out: Uint8Array): void {
  const rows = runs.shape[0] * runs.shape[1];
  for (let row = 0; row < rows; row++) paintRow(runs, row, out, (component) => keep[component]!);
}

function paintRow(
  { rowStart, from, to, component, shape }: Runs,
  row: number,
  out: Int32Array | Uint8Array,
  value: (component: number) => number,
): void {
  const start = row * shape[2];
  for (let run = rowStart[row]!; run < rowStart[row + 1]!; run++) {
    const painted = value(component[run]!);
    if (painted !== 0) out.fill(painted, start + from[run]!, start + to[run]!);
  }
}
