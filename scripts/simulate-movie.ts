// A seeded simulator of two-photon calcium movies with truth, in the spirit of the neurofinder data: ring-shaped somata with dark
// nuclei that fire, only glow or cannot be seen, on textured tissue with neuropil, vessels, bleaching, drift and photon noise.
// Movies are uint16 counts [frame, row, column]. The same family, seed, size and number of frames give the same movie.
import { makeRng } from '../src/base/rng.ts';
import { neuropilCourse } from './simulate/activity.ts';
import { type Grid, smoothNoise } from './simulate/blur.ts';
import { drawDrift, expose } from './simulate/camera.ts';
import { paramsOf } from './simulate/families.ts';
import type { CellClass, Family, MovieParams } from './simulate/params.ts';
import { type Cell, drawScene, type Source } from './simulate/scene.ts';
import { drawTexture, drawVessels } from './simulate/tissue.ts';

export interface SimulatedCell {
  readonly kind: CellClass;
  /** Centre in pixels of the movie. */
  readonly row: number;
  readonly col: number;
  readonly radius: number;
  /** Brightness at rest, relative to the neuropil. */
  readonly baseline: number;
  /** One value a frame. */
  readonly dff: Float32Array;
  /** Whether somebody labelled it: then it has a region. */
  readonly labelled: boolean;
}

export interface SimulatedMovie {
  readonly movie: Uint16Array<ArrayBuffer>;
  readonly params: MovieParams;
  /** Pixels [row, column] of each labelled cell, row by row. */
  readonly regions: readonly (readonly (readonly [row: number, col: number])[])[];
  /** The labelled cells, in the order of `regions`. */
  readonly cells: readonly SimulatedCell[];
  /** Cells that nobody labelled, or that the border cuts off. */
  readonly unlabelled: readonly SimulatedCell[];
  /** How far the field had moved in each frame, pixels. */
  readonly drift: { readonly rows: Float32Array; readonly cols: Float32Array };
  /** What a neurofinder info.json says. */
  readonly info: Readonly<Record<string, unknown>>;
}

const PAD = 6;
const NEUROPIL_MODES = 10;

export function simulateMovie(family: Family, seed: number, overrides: Partial<MovieParams> = {}): SimulatedMovie {
  const params = paramsOf(family, seed, overrides);
  const { height, width, frames } = params;
  const padded: Grid = { height: height + 2 * PAD, width: width + 2 * PAD };
  const area = (padded.height * padded.width) / 512 ** 2;
  const rng = makeRng(seed * 101 + Number(family) + 1);

  const scene = drawScene(rng, padded, frames, params, area);
  const tissue = drawTexture(rng, padded, params, area);
  const shadow = drawVessels(rng, padded, Math.round(params.vessels * Math.sqrt(area)), Math.round(params.holes * area));
  const neuropil = tissue.map((v, i) => v * scene.room[i]! * shadow[i]!);
  const modes = drawNeuropil(rng, padded, neuropil, params);
  const sources = [...scene.cells, ...scene.distractors].map((source) => shaded(source, shadow));
  const driftRows = drawDrift(rng, frames, params, PAD - 2);
  const driftCols = drawDrift(rng, frames, params, PAD - 2);

  const movie = new Uint16Array(frames * height * width);
  const light = new Float32Array(neuropil.length);
  for (let t = 0; t < frames; t++) {
    const photons = params.photons * (1 - params.bleach * (1 - Math.exp(-t / (0.45 * frames))));
    light.set(neuropil.map((v) => 0.6 * v * photons));
    for (const { image, course } of modes) addScaled(light, image, course[t]! * photons);
    for (const source of sources) addSource(light, source, (1 + source.dff[t]!) * photons);
    expose(
      rng,
      light,
      padded,
      PAD,
      driftRows[t]!,
      driftCols[t]!,
      params,
      movie.subarray(t * height * width, (t + 1) * height * width),
    );
  }

  const labels = scene.cells.map((cell) => ({ cell, region: cropped(cell.label, padded.width, height, width) }));
  // A label of which the field cuts off half or more is nobody's.
  const kept = labels.filter(({ cell, region }) => cell.labelled && region.length >= Math.max(8, 0.5 * cell.label.length));
  const isKept = (label: (typeof labels)[number]) => kept.includes(label);
  return {
    movie,
    params,
    regions: kept.map(({ region }) => region),
    cells: kept.map(({ cell }) => simulatedCell(cell, true)),
    unlabelled: labels.filter((label) => !isKept(label)).map(({ cell }) => simulatedCell(cell, false)),
    drift: { rows: driftRows, cols: driftCols },
    info: infoOf(params),
  };
}

function simulatedCell({ kind, row, col, radius, baseline, dff }: Cell, labelled: boolean): SimulatedCell {
  return { kind, row: row - PAD, col: col - PAD, radius, baseline, dff, labelled };
}

function drawNeuropil(rng: ReturnType<typeof makeRng>, grid: Grid, tissue: Float32Array, p: MovieParams) {
  const local = Array.from({ length: NEUROPIL_MODES }, () => ({
    image: smoothNoise(rng, grid, p.neuropilSigma).map((v, i) => 0.15 * p.neuropil * Math.abs(v) * tissue[i]!),
    course: neuropilCourse(rng, p.frames, p.rateHz),
  }));
  const common = { image: tissue.map((v) => 0.225 * p.neuropil * v), course: neuropilCourse(rng, p.frames, p.rateHz) };
  return [...local, common];
}

function shaded(source: Source, shadow: Float32Array): Source {
  return { ...source, weight: source.weight.map((w, i) => w * shadow[source.index[i]!]!) };
}

function addScaled(light: Float32Array, image: Float32Array, scale: number): void {
  for (let i = 0; i < light.length; i++) light[i]! += scale * image[i]!;
}

function addSource(light: Float32Array, { index, weight }: Source, scale: number): void {
  for (let i = 0; i < index.length; i++) light[index[i]!]! += scale * weight[i]!;
}

function cropped(label: readonly number[], paddedWidth: number, height: number, width: number): (readonly [number, number])[] {
  return label
    .map((at) => [Math.floor(at / paddedWidth) - PAD, (at % paddedWidth) - PAD] as const)
    .filter(([row, col]) => row >= 0 && row < height && col >= 0 && col < width);
}

function infoOf(p: MovieParams): Record<string, unknown> {
  return {
    id: 'simulated',
    lab: 'none (simulated)',
    contributors: ['Somascope'],
    animal: 'none (simulated)',
    method: 'simulated two-photon raster',
    indicator: p.indicator,
    region: p.area,
    'pixels-per-micron': p.pixelsPerMicron,
    'rate-hz': p.rateHz,
    dimensions: [p.height, p.width, p.frames],
  };
}
