// Labels or marks of a volume of any size, held only where there are some: bricks of bytes that are made when they are first written
// to. Positions and boxes are [z, y, x] in voxels, half-open; a place is (z · height + y) · width + x.
import { extentOf, type Triple, voxelsOf } from '../../../base/volume.ts';
import type { Box } from './boxes.ts';
import { PLANE_AXES, type PlaneName } from './planes.ts';
import { invalidRuns, packRuns, type Runs, unpackRuns } from './runs.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** What can be painted on: all voxels in one array, or bricks. */
export interface Voxels {
  at(place: number): number;
  put(place: number, value: number): void;
  putBox(from: Triple, to: Triple, data: Bytes): void;
}

const EDGES: Triple = [16, 128, 128];

interface Brick {
  readonly from: Triple;
  readonly to: Triple;
  readonly data: Bytes;
  /** Of the voxels as they are; undefined once one was changed. */
  packed: Runs | undefined;
}

/** Bricks as they are remembered, by their number. */
export interface BrickRuns {
  readonly bricks: readonly { readonly number: number; readonly runs: Runs }[];
}

export class LabelBricks implements Voxels {
  readonly shape: Triple;
  /** What there is where nothing was written. */
  readonly empty: number;
  private readonly across: Triple;
  private readonly bricks = new Map<number, Brick>();

  constructor(shape: Triple, empty: number) {
    this.shape = shape;
    this.empty = empty;
    this.across = shape.map((extent, axis) => Math.ceil(extent / EDGES[axis]!)) as unknown as Triple;
  }

  get bytes(): number {
    let sum = 0;
    for (const { data } of this.bricks.values()) sum += data.length;
    return sum;
  }

  at(place: number): number {
    const [z, y, x] = this.positionOf(place);
    return this.valueAt(z, y, x);
  }

  valueAt(z: number, y: number, x: number): number {
    const brick = this.bricks.get(this.numberAt(z, y, x));
    return brick ? brick.data[indexIn(brick, z, y, x)]! : this.empty;
  }

  put(place: number, value: number): void {
    const [z, y, x] = this.positionOf(place);
    const brick = this.made(this.numberAt(z, y, x));
    brick.data[indexIn(brick, z, y, x)] = value;
    brick.packed = undefined;
  }

  putBox(from: Triple, to: Triple, data: Bytes): void {
    for (const number of this.numbersIn(from, to)) {
      const brick = this.made(number);
      copyShared({ from, to, data }, brick);
      brick.packed = undefined;
    }
  }

  /** All voxels of a box. */
  box(from: Triple, to: Triple): Bytes {
    const data = new Uint8Array(voxelsOf(extentOf(from, to))).fill(this.empty);
    for (const number of this.numbersIn(from, to)) {
      const brick = this.bricks.get(number);
      if (brick) copyShared(brick, { from, to, data });
    }
    return data;
  }

  /** The voxels of a plane at these places along its rows and columns. */
  plane(plane: PlaneName, index: number, rows: Int32Array, cols: Int32Array): Bytes {
    const { across, row, col } = PLANE_AXES[plane];
    const out = new Uint8Array(rows.length * cols.length).fill(this.empty);
    const at: [number, number, number] = [0, 0, 0];
    at[across] = index;
    for (const [r0, r1] of stretches(rows, EDGES[row]!)) {
      at[row] = rows[r0]!;
      for (const [c0, c1] of stretches(cols, EDGES[col]!)) {
        at[col] = cols[c0]!;
        const brick = this.bricks.get(this.numberAt(...at));
        if (!brick) continue;
        const start = indexIn(brick, ...at);
        const strides = stridesOf(brick);
        for (let r = r0; r < r1; r++) {
          const from = start + (rows[r]! - rows[r0]!) * strides[row]!;
          for (let c = c0; c < c1; c++) out[r * cols.length + c] = brick.data[from + (cols[c]! - cols[c0]!) * strides[col]!]!;
        }
      }
    }
    return out;
  }

  /** The smallest box that all bricks lie in; null where there are none. */
  bounds(): Box | null {
    const all = [...this.bricks.values()];
    if (all.length === 0) return null;
    const edge = (pick: (brick: Brick) => Triple, choose: (a: number, b: number) => number) =>
      all.map(pick).reduce((a, b) => a.map((at, axis) => choose(at, b[axis]!)) as unknown as Triple);
    return { from: edge(({ from }) => from, Math.min), to: edge(({ to }) => to, Math.max) };
  }

  /** The bricks there are, in the order of their numbers. */
  all(): readonly Brick[] {
    return [...this.bricks].sort(([a], [b]) => a - b).map(([, brick]) => brick);
  }

  /** Voxels of each value in the bricks there are; without those that are empty in a brick where `empty` is no class. */
  counts(): Map<number, number> {
    const counts = new Float64Array(256);
    for (const { data } of this.bricks.values()) for (let i = 0; i < data.length; i++) counts[data[i]!]!++;
    return new Map(Array.from(counts.entries()).filter(([, voxels]) => voxels > 0));
  }

  copy(): LabelBricks {
    const made = new LabelBricks(this.shape, this.empty);
    for (const [number, brick] of this.bricks) made.bricks.set(number, { ...brick, data: brick.data.slice() });
    return made;
  }

  /** What was changed since it was packed last, one brick at a time. */
  *pack(): Generator<number, void, void> {
    for (const brick of this.bricks.values()) {
      brick.packed ??= packRuns(brick.data, 0, brick.data.length);
      yield 0;
    }
  }

  /** null while some of it is not packed. */
  packed(): BrickRuns | null {
    const bricks: { number: number; runs: Runs }[] = [];
    for (const [number, { packed }] of this.bricks) {
      if (!packed) return null;
      bricks.push({ number, runs: packed });
    }
    return { bricks };
  }

  /** Throws `Invalid` for anything that `packed` of such a volume did not give. */
  static unpack({ bricks }: BrickRuns, shape: Triple, empty: number): LabelBricks {
    const made = new LabelBricks(shape, empty);
    for (const { number, runs } of bricks) {
      if (!Number.isInteger(number) || number < 0 || number >= voxelsOf(made.across))
        throw invalidRuns(`there is no brick ${number}`);
      const brick = made.made(number);
      const data = unpackRuns(runs, brick.data.length);
      brick.data.set(data);
      brick.packed = runs;
    }
    return made;
  }

  private positionOf(place: number): Triple {
    const [, height, width] = this.shape;
    const row = Math.floor(place / width);
    return [Math.floor(row / height), row % height, place - row * width];
  }

  private numberAt(z: number, y: number, x: number): number {
    const at = (value: number, axis: number) => Math.floor(value / EDGES[axis]!);
    return (at(z, 0) * this.across[1] + at(y, 1)) * this.across[2] + at(x, 2);
  }

  private numbersIn(from: Triple, to: Triple): number[] {
    const numbers: number[] = [];
    const first = (axis: number) => Math.floor(from[axis]! / EDGES[axis]!) * EDGES[axis]!;
    for (let z = first(0); z < to[0]; z += EDGES[0])
      for (let y = first(1); y < to[1]; y += EDGES[1])
        for (let x = first(2); x < to[2]; x += EDGES[2]) numbers.push(this.numberAt(z, y, x));
    return numbers;
  }

  private made(number: number): Brick {
    const found = this.bricks.get(number);
    if (found) return found;
    const row = Math.floor(number / this.across[2]);
    const at: Triple = [Math.floor(row / this.across[1]), row % this.across[1], number % this.across[2]];
    const from = at.map((one, axis) => one * EDGES[axis]!) as unknown as Triple;
    const to = from.map((one, axis) => Math.min(this.shape[axis]!, one + EDGES[axis]!)) as unknown as Triple;
    const brick: Brick = { from, to, data: new Uint8Array(voxelsOf(extentOf(from, to))).fill(this.empty), packed: undefined };
    this.bricks.set(number, brick);
    return brick;
  }
}

/** All voxels in one array. */
export function denseVoxels(data: Bytes, shape: Triple): Voxels {
  return {
    at: (place) => data[place]!,
    put: (place, value) => {
      data[place] = value;
    },
    putBox: (from, to, box) => copyShared({ from, to, data: box }, { from: [0, 0, 0], to: shape, data }),
  };
}

interface Filled extends Box {
  readonly data: Uint8Array;
}

function indexIn({ from, to }: Box, z: number, y: number, x: number): number {
  return ((z - from[0]) * (to[1] - from[1]) + y - from[1]) * (to[2] - from[2]) + x - from[2];
}

function stridesOf({ from, to }: Box): Triple {
  return [(to[1] - from[1]) * (to[2] - from[2]), to[2] - from[2], 1];
}

/** Where rising places go from one brick into the next: [first, end) of each stretch within one. */
function stretches(places: Int32Array, edge: number): [number, number][] {
  const found: [number, number][] = [];
  for (let i = 0; i < places.length; i++) {
    const last = found.at(-1);
    if (last && Math.floor(places[i]! / edge) === Math.floor(places[last[0]]! / edge)) last[1] = i + 1;
    else found.push([i, i + 1]);
  }
  return found;
}

/** Copies the voxels that both boxes have. */
function copyShared(source: Filled, target: Filled): void {
  const from = source.from.map((at, axis) => Math.max(at, target.from[axis]!)) as unknown as Triple;
  const to = source.to.map((at, axis) => Math.min(at, target.to[axis]!)) as unknown as Triple;
  const width = to[2] - from[2];
  if (width <= 0) return;
  for (let z = from[0]; z < to[0]; z++) {
    for (let y = from[1]; y < to[1]; y++) {
      const start = indexIn(source, z, y, from[2]);
      target.data.set(source.data.subarray(start, start + width), indexIn(target, z, y, from[2]));
    }
  }
}
