// Semantic features of MTNeuro's task 3: each slice is cut into four quadrants (top left, top right, bottom left, bottom right), and
// each gets the number of cells, their distances and sizes, and the shares of axon and vessel. Labels as BossDB gives them
// (1 vessel, 2 cell, 3 axon), [z, y, x]. The reference is MTNeuro/annots/features.py; what it gets wrong is kept beside the truth:
// its mean nearest-neighbour distance includes the distance of each cell to itself, so it is half; a quadrant with fewer than two
// cells is 64 with the rest 0; "3rd" repeats the nearest; the last column lands in the row numbered like the last cell.
import type { Steps } from '../../../base/steps.ts';
import { findComponents, membersOf, type Runs } from '../label/run-components.ts';
import type { LabelVolume } from '../volume.ts';

const [VESSEL, CELL, AXON] = [1, 2, 3];
const FEW_CELLS = 64;

export interface QuadrantFeatures {
  readonly cells: number;
  /** Mean distance to the nearest other cell in pixels; NaN with fewer than two. */
  readonly nearest: number;
  /** Mean pixels of a cell; 0 without any. */
  readonly cellArea: number;
  /** Per cent of the pixels. */
  readonly axon: number;
  readonly vessel: number;
}

export interface ReferenceFeatures {
  /** Image number from 1, cells, mean distance, the same again, mean area, misplaced share: six columns. */
  readonly cell: readonly (readonly number[])[];
  /** Image number, per cent. */
  readonly axon: readonly (readonly number[])[];
  readonly vessel: readonly (readonly number[])[];
  /** Why the reference stops with an error on these labels; '' where it runs through. */
  readonly failure: string;
}

export interface Task3Features {
  /** Four a slice, in order. */
  readonly corrected: readonly QuadrantFeatures[];
  readonly reference: ReferenceFeatures;
}

/** Pixels and mean position of each cell profile of a quadrant, in the order of the cells' numbers. */
interface Profiles {
  readonly area: number[];
  readonly row: number[];
  readonly column: number[];
}

export function* task3Features(labels: LabelVolume): Steps<Task3Features> {
  const [depth, height, width] = labels.shape;
  const side = Math.floor(width / 2);
  // Cells are joined through the whole stack, also where one region ends and the next begins: so does the reference.
  const runs = yield* findComponents(labels, 6, membersOf(CELL!));
  const corrected: QuadrantFeatures[] = [];
  const cell = Array.from({ length: 4 * depth }, (_, i) => [i + 1, 0, 0, 0, 0, 0]);
  let failure = '';
  for (let z = 0; z < depth; z++) {
    const quadrants = profilesOf(runs, z, side);
    const shares = sharesOf(labels, z, side);
    for (let q = 0; q < 4; q++) {
      const i = 4 * z + q;
      const profiles = quadrants[q]!;
      const cells = profiles.area.length;
      const area = cells === 0 ? 0 : profiles.area.reduce((sum, value) => sum + value, 0) / cells;
      const nearest = meanNearest(profiles);
      corrected.push({ cells, nearest, cellArea: area, ...shares[q]! });
      const row = cell[i]!;
      row[1] = cells;
      if (cells < 2) {
        row[2] = FEW_CELLS;
        continue;
      }
      row.splice(2, 3, nearest / 2, nearest / 2, area);
      if (cells > depth) failure ||= `quadrant ${i + 1} has ${cells} cells, more than there are slices (${depth})`;
      else cell[cells - 1]![5] = (profiles.area[0]! / (height * width)) * 100;
    }
    yield (z + 1) / depth;
  }
  const bare = corrected.findIndex(({ vessel }) => vessel === 0);
  if (bare >= 0) failure ||= `quadrant ${bare + 1} has no vessel`;
  const column = (name: 'axon' | 'vessel') => corrected.map((features, i) => [i + 1, features[name]]);
  return { corrected, reference: { cell, axon: column('axon'), vessel: column('vessel'), failure } };
}

/** Half-open rows and columns of the quadrants; the middle line of an odd side belongs to none. */
function quadrantCorners(height: number, width: number, side: number): [top: number, left: number][] {
  return [
    [0, 0],
    [0, width - side],
    [height - side, 0],
    [height - side, width - side],
  ];
}

function profilesOf({ shape, rowStart, from, to, component }: Runs, z: number, side: number): Profiles[] {
  const [, height, width] = shape;
  return quadrantCorners(height, width, side).map(([top, left]) => {
    const sums = new Map<number, [area: number, row: number, column: number]>();
    for (let y = top; y < top + side; y++) {
      for (let run = rowStart[z * height + y]!; run < rowStart[z * height + y + 1]!; run++) {
        const first = Math.max(left, from[run]!);
        const end = Math.min(left + side, to[run]!);
        if (first >= end) continue;
        const sum = sums.get(component[run]!) ?? [0, 0, 0];
        sum[0] += end - first;
        sum[1] += (end - first) * (y - top);
        sum[2] += ((end - first) * (first + end - 1 - 2 * left)) / 2;
        sums.set(component[run]!, sum);
      }
    }
    const ordered = [...sums].sort(([a], [b]) => a - b).map(([, sum]) => sum);
    return {
      area: ordered.map(([area]) => area),
      row: ordered.map(([area, row]) => row / area),
      column: ordered.map(([area, , column]) => column / area),
    };
  });
}

function meanNearest({ row, column }: Profiles): number {
  if (row.length < 2) return Number.NaN;
  const sum = row.reduce((total, y, i) => {
    let least = Infinity;
    for (let j = 0; j < row.length; j++) if (j !== i) least = Math.min(least, Math.hypot(y - row[j]!, column[i]! - column[j]!));
    return total + least;
  }, 0);
  return sum / row.length;
}

function sharesOf({ data, shape }: LabelVolume, z: number, side: number): { axon: number; vessel: number }[] {
  const [, height, width] = shape;
  return quadrantCorners(height, width, side).map(([top, left]) => {
    let [axon, vessel] = [0, 0];
    for (let y = top; y < top + side; y++) {
      const start = (z * height + y) * width + left;
      for (let i = start; i < start + side; i++) {
        if (data[i] === AXON) axon++;
        else if (data[i] === VESSEL) vessel++;
      }
    }
    return { axon: (axon / (side * side)) * 100, vessel: (vessel / (side * side)) * 100 };
  });
}
