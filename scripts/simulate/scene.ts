// The cells of one field: footprints, classes, dF/F and labels, and the unlabelled things beside them. Images [row, column] on the
// padded grid, so that cells at the border and drift have something to come from.
import type { Rng } from '../../src/base/rng.ts';
import { deltaFOverF } from './activity.ts';
import type { Grid } from './blur.ts';
import type { CellClass, MovieParams } from './params.ts';
import { placeCells } from './place.ts';
import { between, logBetween, pick } from './random.ts';
import { drawProcess, drawSoma, type Footprint } from './shapes.ts';

/** Something that glows: its brightness at rest and one dF/F value a frame. */
export interface Source extends Footprint {
  readonly dff: Float32Array;
}

export interface Cell extends Source {
  readonly kind: CellClass;
  readonly row: number;
  readonly col: number;
  /** Of the label, pixels. */
  readonly radius: number;
  readonly baseline: number;
  /** Flat pixels of the label; whether somebody marked it. */
  readonly label: readonly number[];
  readonly labelled: boolean;
}

export interface Scene {
  readonly cells: readonly Cell[];
  readonly distractors: readonly Source[];
  /** Share of the neuropil that the cells leave, per pixel. */
  readonly room: Float32Array;
}

const CLASS_BRIGHTNESS: Readonly<Record<CellClass, number>> = { active: 1, silent: 0.9, hidden: 0.02 };

export function drawScene(rng: Rng, grid: Grid, frames: number, p: MovieParams, area: number): Scene {
  const room = new Float32Array(grid.height * grid.width).fill(1);
  const kinds = Object.keys(p.classes) as CellClass[];
  const all = kinds.reduce((sum, kind) => sum + p.classes[kind], 0);
  const marked = kinds.reduce((sum, kind) => sum + (p.classes[kind] / all) * p.labelled[kind], 0);
  const count = Math.max(3, Math.round((between(rng, p.labels) / marked / (1 - p.missed)) * area));
  const radii = Array.from({ length: count }, () => between(rng, p.radius) * p.somaScale);
  const places = placeCells(rng, grid, radii, p.overlap);
  const cells = radii.map((radius, i) => drawCell(rng, grid, frames, p, { ...places[i]!, radius }, room));
  const distractors = Array.from({ length: Math.round(p.distractors * area) }, () => drawDistractor(rng, grid, frames, p));
  return { cells, distractors, room };
}

function drawCell(
  rng: Rng,
  grid: Grid,
  frames: number,
  p: MovieParams,
  at: { row: number; col: number; radius: number },
  room: Float32Array,
): Cell {
  const kind = pick(rng, p.classes);
  const glows = kind !== 'hidden' && rng.uniform() < p.bright;
  const soma = drawSoma(rng, grid, {
    ...at,
    nucleus: p.nucleus * between(rng, [0.85, 1.1]),
    darkness: glows ? [0, 0.35] : [0.45, 0.95],
    blur: between(rng, [0.6, 1.1]),
    scale: p.somaScale,
  });
  const baseline = logBetween(rng, p.cellBrightness) * CLASS_BRIGHTNESS[kind] * (glows ? between(rng, p.glow) : 1);
  const displacement = p.displacement * between(rng, [0.5, 1.3]) * (kind === 'hidden' ? 0.1 : 1);
  soma.displaced.index.forEach((pixel, i) => {
    room[pixel]! *= Math.max(0, 1 - displacement * soma.displaced.weight[i]!);
  });
  const dff = kind === 'active' ? deltaFOverF(rng, frames, p) : new Float32Array(frames);
  // The stump of a dendrite belongs to the cell and flashes with it.
  const process: Footprint =
    kind === 'active' && rng.uniform() < 0.35
      ? drawProcess(rng, grid, at.row, at.col, between(rng, [12, 30]))
      : { index: [], weight: [] };
  return {
    index: [...soma.index, ...process.index],
    weight: [...soma.weight.map((w) => w * baseline), ...process.weight.map((w) => 0.3 * w * baseline)],
    dff,
    kind,
    row: at.row,
    col: at.col,
    radius: at.radius / p.somaScale,
    baseline,
    label: soma.label,
    labelled: rng.uniform() >= p.missed && rng.uniform() < p.labelled[kind],
  };
}

/** A small soma (or a process seen end on), a process in the plane, or a faint soma out of focus: active, but nobody's label. */
function drawDistractor(rng: Rng, grid: Grid, frames: number, p: MovieParams): Source {
  const row = rng.uniform() * grid.height;
  const col = rng.uniform() * grid.width;
  const brightness = 0.8 * logBetween(rng, p.cellBrightness);
  const filled = { row, col, nucleus: 0, darkness: [0, 0] as const, scale: 1 };
  const kind = pick(rng, { small: 0.4, process: 0.3, blurred: 0.3 });
  const shape =
    kind === 'small'
      ? drawSoma(rng, grid, { ...filled, radius: between(rng, [1.6, 3]), blur: 1.2 })
      : kind === 'process'
        ? drawProcess(rng, grid, row, col, between(rng, [20, 60]))
        : drawSoma(rng, grid, { ...filled, radius: 1.3 * between(rng, p.radius), blur: 3 });
  const scale = brightness * (kind === 'blurred' ? 0.3 : 1);
  return { index: shape.index, weight: shape.weight.map((w) => w * scale), dff: deltaFOverF(rng, frames, p).map((v) => 0.8 * v) };
}
