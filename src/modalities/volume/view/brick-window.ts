// Which part of a volume larger than memory a panel shows, at which of its levels, and the bricks that cover it. Shapes, steps and boxes
// are [z, y, x] in voxels of a level; `step` says how many voxels of the volume itself one of them is.
import type { Triple } from '../../../base/volume.ts';
import { voxelsOf } from '../../../base/volume.ts';
import { PLANE_AXES, type PlaneName } from '../shared/planes.ts';

export interface Level {
  /** 0 is the volume itself. */
  readonly number: number;
  readonly shape: Triple;
  readonly step: Triple;
  readonly brick: Triple;
}

/** A rectangle of a plane of a level, half-open. */
export interface Window {
  readonly level: Level;
  readonly plane: PlaneName;
  /** Of the level: which plane. */
  readonly index: number;
  readonly rows: readonly [from: number, to: number];
  readonly cols: readonly [from: number, to: number];
}

/** What is seen of a plane: voxels of the volume along its rows and columns, half-open, and how many of them a device px covers. */
export interface Seen {
  readonly rows: readonly [from: number, to: number];
  readonly cols: readonly [from: number, to: number];
  readonly perPixel: { readonly row: number; readonly col: number };
}

const BRICK: Triple = [16, 128, 128];
/** Chunks larger than this are read in parts. */
const MOST_VOXELS = 4 * 2 ** 20;

/** The volume and its coarser levels; `chunk` is the box that is cheapest to read. */
export function levelsOf(shape: Triple, coarser: readonly Triple[], chunk: Triple): Level[] {
  return [shape, ...coarser].map((own, number) => ({
    number,
    shape: own,
    step: shape.map((extent, axis) => extent / own[axis]!) as unknown as Triple,
    brick: brickOf(own, chunk),
  }));
}

/** Whole chunks, several where they are small; whole planes where these follow each other in the file. */
function brickOf(shape: Triple, chunk: Triple): Triple {
  const isPlanes = chunk[1] >= shape[1] && chunk[2] >= shape[2];
  if (isPlanes && shape[1] * shape[2] * BRICK[0] > MOST_VOXELS) return [1, shape[1], shape[2]];
  if (voxelsOf(chunk) > MOST_VOXELS) return BRICK;
  return chunk.map((extent, axis) => extent * Math.max(1, Math.round(BRICK[axis]! / extent))) as unknown as Triple;
}

/** The coarsest level that still has a voxel for each device px, else the volume itself; bricks are shown whole. */
export function windowOf(levels: readonly Level[], plane: PlaneName, position: Triple, seen: Seen): Window {
  const { across, row, col } = PLANE_AXES[plane];
  const level =
    levels.findLast(({ step }) => step[row]! <= seen.perPixel.row * 1.01 && step[col]! <= seen.perPixel.col * 1.01) ?? levels[0]!;
  const span = ([from, to]: readonly [number, number], axis: number): [number, number] => {
    const [edge, extent] = [level.brick[axis]!, level.shape[axis]!];
    const first = Math.floor(from / level.step[axis]! / edge) * edge;
    const last = Math.ceil(to / level.step[axis]! / edge) * edge;
    return [Math.min(extent - 1, Math.max(0, first)), Math.min(extent, Math.max(1, last))];
  };
  const index = Math.min(level.shape[across]! - 1, Math.floor(position[across]! / level.step[across]!));
  return { level, plane, index, rows: span(seen.rows, row), cols: span(seen.cols, col) };
}

/** What lies behind a window of another volume of the same extent. */
export function windowBehind(levels: readonly Level[], { level: { shape, step }, plane, index, rows, cols }: Window): Window {
  const { across, row, col } = PLANE_AXES[plane];
  const span = ([from, to]: Window['rows'], axis: number) => [from * step[axis]!, to * step[axis]!] as const;
  const position = shape.map((_, axis) => (axis === across ? (index + 0.5) * step[axis]! : 0)) as unknown as Triple;
  const perPixel = { row: step[row]!, col: step[col]! };
  return windowOf(levels, plane, position, { rows: span(rows, row), cols: span(cols, col), perPixel });
}

/** Numbers [z, y, x] of the bricks that a window crosses, those nearest to its middle first. */
export function bricksOf({ level, plane, index, rows, cols }: Window): Triple[] {
  const { across, row, col } = PLANE_AXES[plane];
  const { brick, shape } = level;
  // Across planes that lie one by one in the file every one would have to be read.
  if (plane !== 'xy' && brick[0] === 1 && brick[1] === shape[1] && brick[2] === shape[2]) return [];
  const range = ([from, to]: readonly [number, number], axis: number) => {
    const first = Math.floor(from / brick[axis]!);
    return Array.from({ length: Math.ceil(to / brick[axis]!) - first }, (_, i) => first + i);
  };
  const middle = (span: readonly [number, number], axis: number) => (span[0] + span[1]) / 2 / brick[axis]! - 0.5;
  const [centreRow, centreCol] = [middle(rows, row), middle(cols, col)];
  const fixed = Math.floor(index / brick[across]!);
  const all = range(rows, row).flatMap((r) =>
    range(cols, col).map((c) => {
      const at: [number, number, number] = [0, 0, 0];
      at[across] = fixed;
      at[row] = r;
      at[col] = c;
      const away = Math.hypot((r - centreRow) * brick[row]!, (c - centreCol) * brick[col]!);
      return { at: at as Triple, away };
    }),
  );
  return all.sort((a, b) => a.away - b.away).map(({ at }) => at);
}

/** The box of a brick, cut at the end of its level. */
export function boxOf({ brick, shape }: Level, at: Triple): { from: Triple; to: Triple } {
  const from = at.map((one, axis) => one * brick[axis]!) as unknown as Triple;
  const to = from.map((start, axis) => Math.min(shape[axis]!, start + brick[axis]!)) as unknown as Triple;
  return { from, to };
}
