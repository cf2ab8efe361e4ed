// How often each truth class meets each predicted class, slice by slice: all scores of labels follow from it.
// Tables are [group, truth, prediction] with one more row and column for values outside the classes. Labels are [z, y, x].
import type { NumericArray } from '../../../base/ndarray.ts';
import type { Steps } from '../../../base/steps.ts';
import { requireSameShape, type Volume } from '../volume.ts';

/** Which class a label value 0…255 is; `OUTSIDE` is none of them, `IGNORED` takes the voxel out. */
export type ClassMap = Uint8Array<ArrayBuffer>;

export const OUTSIDE = 254;
export const IGNORED = 255;

/** Values 0…classes−1 as they are; `as` gives others (or the same) another class, `ignore` lists values to leave out. */
export function classMap(
  classes: number,
  { as = {}, ignore = [] }: { readonly as?: Readonly<Record<number, number>>; readonly ignore?: readonly number[] } = {},
): ClassMap {
  const map = Uint8Array.from({ length: 256 }, (_, value) => as[value] ?? (value < classes ? value : OUTSIDE));
  for (const value of ignore) map[value] = IGNORED;
  return map;
}

/** A label value that is none of the classes. */
export interface StrayValue {
  readonly value: number;
  readonly voxels: number;
}

export interface JointCounts {
  readonly classes: number;
  readonly groups: number;
  /** [group, truth, prediction], classes + 1 each; the last is "outside the classes". */
  readonly table: Float64Array<ArrayBuffer>;
  /** Voxels left out because their truth is ignored. */
  readonly ignored: number;
  readonly strays: { readonly truth: readonly StrayValue[]; readonly prediction: readonly StrayValue[] };
}

export interface Maps {
  readonly classes: number;
  readonly truth: ClassMap;
  readonly prediction: ClassMap;
}

/** The same classes on both sides; ignored are values of the truth. */
export function sameClasses(classes: number, ignore: readonly number[] = []): Maps {
  return { classes, truth: classMap(classes, { ignore }), prediction: classMap(classes) };
}

/** One table a slice. Throws `Invalid` where the shapes differ. */
export function* countPerSlice(truth: Volume, prediction: Volume, maps: Maps): Steps<JointCounts> {
  requireSameShape(truth.shape, prediction.shape, 'truth', 'prediction');
  const [depth, height, width] = truth.shape;
  const pixels = height * width;
  const side = maps.classes + 2;
  const count = counterFor(maps);
  const full = new Float64Array(depth * side * side);
  const scratch = new Uint32Array(side * side);
  for (let z = 0; z < depth; z++) {
    scratch.fill(0);
    const end = (z + 1) * pixels;
    count(truth.data, prediction.data, z * pixels, end, scratch);
    full.set(scratch, z * side * side);
    yield (z + 1) / depth;
  }
  return finish(full, depth, truth, prediction, maps);
}

/** Values that no byte holds are outside every class. */
function byteOf(value: number): number {
  return value >= 0 && value <= 255 && Number.isInteger(value) ? value : 256;
}

/** Offsets of a value's row in a table of classes, then "outside", then "ignored"; entry 256 is for what is no byte. */
function rows(map: ClassMap, classes: number, stride: number): Int32Array<ArrayBuffer> {
  const place = (to: number) => (to === IGNORED ? classes + 1 : to < classes ? to : classes);
  return Int32Array.from({ length: 257 }, (_, value) => stride * (value < 256 ? place(map[value]!) : classes));
}

type Counter = (truth: NumericArray, prediction: NumericArray, from: number, to: number, table: Uint32Array) => void;

function counterFor({ classes, truth, prediction }: Maps): Counter {
  const side = classes + 2;
  const t = rows(truth, classes, side);
  const p = rows(prediction, classes, 1);
  return (a, b, from, to, table) => {
    if (a instanceof Uint8Array && b instanceof Uint8Array) countBytes(a, b, from, to, table, t, p);
    else for (let i = from; i < to; i++) table[t[byteOf(a[i]!)]! + p[byteOf(b[i]!)]!]!++;
  };
}

/** Two tables in turn: neighbouring voxels mostly hit the same cell, and each addition would wait for the one before. */
function countBytes(
  a: Uint8Array,
  b: Uint8Array,
  from: number,
  to: number,
  table: Uint32Array,
  t: Int32Array,
  p: Int32Array,
): void {
  const other = new Uint32Array(table.length);
  let i = from;
  for (; i + 1 < to; i += 2) {
    table[t[a[i]!]! + p[b[i]!]!]!++;
    other[t[a[i + 1]!]! + p[b[i + 1]!]!]!++;
  }
  if (i < to) table[t[a[i]!]! + p[b[i]!]!]!++;
  for (let k = 0; k < table.length; k++) table[k]! += other[k]!;
}

/** Takes the ignored row and column out, and looks up the stray values only where there are any. */
function finish(full: Float64Array, groups: number, truth: Volume, prediction: Volume, maps: Maps): JointCounts {
  const inner = maps.classes + 1;
  const outer = inner + 1;
  const table = new Float64Array(groups * inner * inner);
  let ignored = 0;
  let strayTruth = 0;
  let strayPrediction = 0;
  for (let g = 0; g < groups; g++) {
    for (let r = 0; r < outer; r++) {
      for (let c = 0; c < outer; c++) {
        const voxels = full[(g * outer + r) * outer + c]!;
        if (r === maps.classes) strayTruth += voxels;
        if (c === maps.classes) strayPrediction += voxels;
        if (r === inner || c === inner) ignored += voxels;
        else table[(g * inner + r) * inner + c]! += voxels;
      }
    }
  }
  const strays = {
    truth: strayTruth > 0 ? straysOf(truth, maps.truth) : [],
    prediction: strayPrediction > 0 ? straysOf(prediction, maps.prediction) : [],
  };
  return { classes: maps.classes, groups, table, ignored, strays };
}

/** The values outside the classes and how many voxels hold them, in rising order. */
export function straysOf({ data }: Volume, map: ClassMap): StrayValue[] {
  const voxels = new Map<number, number>();
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (byteOf(value) === 256 || map[value] === OUTSIDE) voxels.set(value, (voxels.get(value) ?? 0) + 1);
  }
  return inOrder(voxels);
}

/** Counts of blocks of slices that follow each other, as if they had been counted together. */
export function joinCounts(blocks: readonly JointCounts[]): JointCounts {
  const table = new Float64Array(blocks.reduce((total, one) => total + one.table.length, 0));
  let at = 0;
  for (const one of blocks) {
    table.set(one.table, at);
    at += one.table.length;
  }
  return { ...together(blocks), groups: blocks.reduce((total, { groups }) => total + groups, 0), table };
}

/** Counts of parts of the same slices, as if these had been counted whole. */
export function addCounts(parts: readonly JointCounts[]): JointCounts {
  const table = new Float64Array(parts[0]?.table.length ?? 0);
  for (const one of parts) for (let i = 0; i < table.length; i++) table[i]! += one.table[i]!;
  return { ...together(parts), groups: parts[0]?.groups ?? 0, table };
}

function together(blocks: readonly JointCounts[]): Omit<JointCounts, 'groups' | 'table'> {
  const join = (lists: readonly (readonly StrayValue[])[]) => {
    const voxels = new Map<number, number>();
    for (const { value, voxels: count } of lists.flat()) voxels.set(value, (voxels.get(value) ?? 0) + count);
    return inOrder(voxels);
  };
  const strays = {
    truth: join(blocks.map((one) => one.strays.truth)),
    prediction: join(blocks.map((one) => one.strays.prediction)),
  };
  return { classes: blocks[0]?.classes ?? 0, ignored: blocks.reduce((total, one) => total + one.ignored, 0), strays };
}

function inOrder(voxels: ReadonlyMap<number, number>): StrayValue[] {
  return [...voxels].sort(([a], [b]) => a - b).map(([value, count]) => ({ value, voxels: count }));
}

/** Sums groups [from, to) into one each: slices into blocks, regions or a whole. */
export function mergeGroups(counts: JointCounts, ranges: readonly (readonly [from: number, to: number])[]): JointCounts {
  const cells = (counts.classes + 1) ** 2;
  const table = new Float64Array(ranges.length * cells);
  for (const [g, [from, to]] of ranges.entries()) {
    for (let i = from * cells; i < to * cells; i++) table[g * cells + ((i - from * cells) % cells)]! += counts.table[i]!;
  }
  return { ...counts, groups: ranges.length, table };
}

/** One group's table alone. */
export function groupTable({ classes, table }: JointCounts, group: number): Float64Array<ArrayBuffer> {
  const cells = (classes + 1) ** 2;
  return table.slice(group * cells, (group + 1) * cells);
}
