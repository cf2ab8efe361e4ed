// The report on regions of a labelled volume [z, y, x]: composition, cells, vessels, grey levels, texture, and how regions differ.
// Lengths in µm, areas in mm², volumes in mm³. A number that does not exist (spacing of one cell, say) is NaN.
import { type Steps, within } from '../../../base/steps.ts';
import { componentStats } from '../label/component-stats.ts';
import { squaredDistance } from '../label/distance.ts';
import { findComponents, membersOf } from '../label/run-components.ts';
import { type LabelVolume, slabsOf, slicesOf, type Triple, type Volume } from '../volume.ts';
import { cosineMatrix, klMatrix } from './divergence.ts';
import { addToTally, greyRange, LEVELS, makeTally, type RegionTally } from './region-tally.ts';
import { skeletonise } from './skeleton.ts';

export interface ReportOptions {
  /** Regions are the values 0 … regions − 1 of the region labels, classes likewise. */
  readonly regions: number;
  readonly classes: number;
  readonly vessel: number;
  readonly cell: number;
  /** Classes whose shares make a region's composition: axon, vessel, cell. */
  readonly composition: readonly number[];
  /** Edges of a voxel in µm, z, y, x. */
  readonly voxel: Triple;
  /** Centres of cells, z, y, x in voxels; without them those of the components of the cell class. */
  readonly cells?: Float64Array;
}

export interface RegionRow {
  readonly region: number;
  readonly voxels: number;
  readonly volume: number;
  /** Share of each class in the region's voxels. */
  readonly shares: readonly number[];
  readonly cells: number;
  readonly cellsPerMm3: number;
  /** Cell outlines in slices. */
  readonly profiles: number;
  readonly profilesPerMm2: number;
  /** Mean distance of a cell to the nearest other one of its region. */
  readonly cellSpacing: number;
  /** Length of the vessels' centre lines, in mm, and per mm³. */
  readonly vesselLength: number;
  readonly vesselLengthPerMm3: number;
  /** Mean and greatest distance of tissue to a vessel; distances beyond `DISTANCE_REACH` slices in z are upper bounds. */
  readonly vesselDistance: number;
  readonly greatestVesselDistance: number;
  readonly grey: GreyLevels;
  /** (λ1 − λ2) / (λ1 + λ2) of the structure tensor within slices: 0 without direction, 1 with one. */
  readonly coherence: number;
  /** The direction along the texture, degrees from +x towards +y, 0 … 180. */
  readonly direction: number;
}

export interface GreyLevels {
  readonly mean: number;
  readonly sd: number;
  /** The levels below which 5, 25, 50, 75, 95 % of the voxels lie. */
  readonly percentiles: readonly number[];
  /** Bits, over 256 levels. */
  readonly entropy: number;
}

export interface RegionReport {
  readonly rows: readonly RegionRow[];
  /** Between regions: grey levels in nats (rows P, columns Q), and 1 − cos of the compositions. */
  readonly kl: readonly (readonly number[])[];
  readonly cosine: readonly (readonly number[])[];
}

export const GREY_PERCENTS = [5, 25, 50, 75, 95] as const;
export const DISTANCE_REACH = 64;
const SLAB = 32;

export function* reportRegions(
  image: Volume,
  labels: LabelVolume,
  regions: LabelVolume,
  options: ReportOptions,
): Steps<RegionReport> {
  const tally = makeTally({ ...options, range: greyRange(image) });
  yield* within(addToTally(tally, image, labels, regions, options.cell), 0, 0.4);
  const cells = options.cells ?? componentStats(yield* findComponents(labels, 26, membersOf(options.cell))).centres;
  const perRegion = cellsOfRegions(cells, regions, options.regions);
  const away = yield* within(distanceToVessels(labels, regions, options), 0.4, 0.7);
  const length = yield* within(vesselVoxels(labels, regions, options), 0.7, 1);
  const rows = Array.from({ length: options.regions }, (_, r) => rowOf(tally, r, options, perRegion[r]!, away, length[r]!));
  return {
    rows,
    kl: klMatrix(rows.map((_, r) => tally.levels.subarray(r * LEVELS, (r + 1) * LEVELS))),
    cosine: cosineMatrix(rows.map(({ shares }) => options.composition.map((c) => shares[c]!))),
  };
}

function rowOf(
  tally: RegionTally,
  r: number,
  { classes, voxel }: ReportOptions,
  cells: readonly Triple[],
  away: VesselDistances,
  centreLine: number,
): RegionRow {
  const counts = Array.from({ length: classes }, (_, c) => tally.voxels[r * classes + c]!);
  const voxels = counts.reduce((sum, count) => sum + count, 0);
  const volume = (voxels * voxel[0] * voxel[1] * voxel[2]) / 1e9;
  const area = (voxels * voxel[1] * voxel[2]) / 1e6;
  const vesselLength = (centreLine * Math.cbrt(voxel[0] * voxel[1] * voxel[2])) / 1e3;
  return {
    region: r,
    voxels,
    volume,
    shares: counts.map((count) => count / voxels),
    cells: cells.length,
    cellsPerMm3: cells.length / volume,
    profiles: tally.profiles[r]!,
    profilesPerMm2: tally.profiles[r]! / area,
    cellSpacing: meanNearest(cells, voxel),
    vesselLength,
    vesselLengthPerMm3: vesselLength / volume,
    vesselDistance: away.sum[r]! / away.count[r]!,
    greatestVesselDistance: away.count[r]! > 0 ? away.most[r]! : Number.NaN,
    grey: greyLevels(tally, r),
    ...textureOf(tally.texture.subarray(3 * r, 3 * r + 3)),
  };
}

/** From a tally alone: mean and spread of the values themselves, percentiles and entropy of the 256 levels. */
export function greyLevels({ levels, sum, squares, valued, low, high }: RegionTally, r: number): GreyLevels {
  const n = valued[r]!;
  const counts = levels.subarray(r * LEVELS, (r + 1) * LEVELS);
  const mean = sum[r]! / n;
  const step = (high - low) / (LEVELS - 1);
  const levelAt = (rank: number) => {
    let seen = 0;
    for (let level = 0; level < LEVELS; level++) {
      seen += counts[level]!;
      if (seen > rank) return low + step * level;
    }
    return Number.NaN;
  };
  const percentiles = GREY_PERCENTS.map((percent) => {
    const place = ((n - 1) * percent) / 100;
    const below = levelAt(Math.floor(place));
    return below + (place % 1) * (levelAt(Math.ceil(place)) - below);
  });
  const entropy = counts.reduce((bits, count) => (count > 0 ? bits - (count / n) * Math.log2(count / n) : bits), 0);
  return { mean, sd: Math.sqrt(Math.max(0, squares[r]! / n - mean * mean)), percentiles, entropy: n > 0 ? entropy : Number.NaN };
}

function textureOf(tensor: Float64Array): { coherence: number; direction: number } {
  const [yy, xx, yx] = tensor as unknown as [number, number, number];
  const spread = Math.hypot(xx - yy, 2 * yx);
  // The gradient points across the texture.
  const across = Math.atan2(2 * yx, xx - yy) / 2;
  const direction = ((((across * 180) / Math.PI + 90) % 180) + 180) % 180;
  return { coherence: spread / (xx + yy), direction: spread > 0 ? direction : Number.NaN };
}

function cellsOfRegions(cells: Float64Array, { data, shape }: LabelVolume, regions: number): Triple[][] {
  const found: Triple[][] = Array.from({ length: regions }, () => []);
  for (let i = 0; i < cells.length; i += 3) {
    const [z, y, x] = [cells[i]!, cells[i + 1]!, cells[i + 2]!];
    found[data[(Math.round(z) * shape[1] + Math.round(y)) * shape[2] + Math.round(x)]!]?.push([z, y, x]);
  }
  return found;
}

/** Cells are ordered along z, so that the search ends where z alone is farther than the best. */
function meanNearest(cells: readonly Triple[], voxel: Triple): number {
  if (cells.length < 2) return Number.NaN;
  const places = cells.map(([z, y, x]) => [z * voxel[0], y * voxel[1], x * voxel[2]] as const).sort((a, b) => a[0] - b[0]);
  const nearest = places.map((place, i) => {
    let least = Infinity;
    for (const step of [-1, 1]) {
      for (let j = i + step; j >= 0 && j < places.length && Math.abs(places[j]![0] - place[0]) < least; j += step) {
        const other = places[j]!;
        least = Math.min(least, Math.hypot(other[0] - place[0], other[1] - place[1], other[2] - place[2]));
      }
    }
    return least;
  });
  return nearest.reduce((sum, value) => sum + value, 0) / nearest.length;
}

interface VesselDistances {
  readonly sum: Float64Array;
  readonly count: Float64Array;
  readonly most: Float64Array;
}

/** Over the voxels that are no vessel themselves. */
function* distanceToVessels(labels: LabelVolume, regions: LabelVolume, options: ReportOptions): Steps<VesselDistances> {
  const [sum, count, most] = [0, 1, 2].map(() => new Float64Array(options.regions)) as [Float64Array, Float64Array, Float64Array];
  const [depth, height, width] = labels.shape;
  const pixels = height * width;
  for (const { from, to, readFrom, readTo } of slabsOf(depth, SLAB, DISTANCE_REACH)) {
    const squared = squaredDistance(slicesOf(labels, readFrom, readTo), membersOf(options.vessel), options.voxel);
    const { data } = yield* within(squared, from / depth, to / depth);
    for (let i = from * pixels; i < to * pixels; i++) {
      const r = regions.data[i]!;
      const away = data[i - readFrom * pixels]!;
      if (r >= options.regions || away === 0 || away === Infinity) continue;
      const distance = Math.sqrt(away);
      sum[r]! += distance;
      count[r]!++;
      most[r] = Math.max(most[r]!, distance);
    }
  }
  return { sum, count, most };
}

function* vesselVoxels(labels: LabelVolume, regions: LabelVolume, options: ReportOptions): Steps<Float64Array> {
  const mask = { data: new Uint8Array(labels.data.length), shape: labels.shape };
  for (let i = 0; i < mask.data.length; i++) if (labels.data[i] === options.vessel) mask.data[i] = 1;
  const { data } = yield* skeletonise(mask);
  const voxels = new Float64Array(options.regions);
  for (let i = 0; i < data.length; i++) if (data[i] && regions.data[i]! < options.regions) voxels[regions.data[i]!]!++;
  return voxels;
}
