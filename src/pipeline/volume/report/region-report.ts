// The report on regions of a labelled volume [z, y, x]: composition, cells, vessels, grey levels, texture, and how regions differ.
// Lengths in µm, areas in mm², volumes in mm³. A number that does not exist (spacing of one cell, say) is NaN.

import { type Steps, within } from '../../../base/steps.ts';
import type { Triple } from '../../../base/volume.ts';
import { type LabelVolume, slicesOf, type Volume } from '../volume.ts';
import { cosineMatrix, klMatrix } from './divergence.ts';
import { addToSpace, makeSpace, type RegionSpace } from './region-space.ts';
import { addToTally, greyRange, LEVELS, makeTally, type RegionTally } from './region-tally.ts';

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
  /** First slices of further cutouts in the same stack: nothing goes on across them. */
  readonly seams?: readonly number[];
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
  /** Mean and greatest distance of tissue to a vessel, of voxels that have one within `DISTANCE_REACH` slices. */
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

export function* reportRegions(
  image: Volume,
  labels: LabelVolume,
  regions: LabelVolume,
  options: ReportOptions,
): Steps<RegionReport> {
  const tally = makeTally({ ...options, range: greyRange(image) });
  yield* within(addToTally(tally, image, labels, regions, options.cell), 0, 0.4);
  const space = makeSpace(options.regions);
  const ends = [0, ...(options.seams ?? []), image.shape[0]];
  for (let k = 0; k + 1 < ends.length; k++) {
    const [from, to] = [ends[k]!, ends[k + 1]!];
    const piece = addToSpace(space, slicesOf(labels, from, to), slicesOf(regions, from, to), cellsWithin(options, from, to));
    yield* within(piece, 0.4 + (0.6 * from) / image.shape[0], 0.4 + (0.6 * to) / image.shape[0]);
  }
  return reportOf(tally, space, options);
}

/** What follows from a tally alone: cells, their spacing, lengths of vessels and distances to them are NaN. */
export function reportTally(tally: RegionTally, options: ReportOptions): RegionReport {
  const space = makeSpace(options.regions);
  for (const measure of Object.values(space)) measure.fill(Number.NaN);
  return reportOf(tally, space, options);
}

function reportOf(tally: RegionTally, space: RegionSpace, options: ReportOptions): RegionReport {
  const rows = Array.from({ length: options.regions }, (_, r) => rowOf(tally, space, r, options));
  return {
    rows,
    kl: klMatrix(rows.map((_, r) => tally.levels.subarray(r * LEVELS, (r + 1) * LEVELS))),
    cosine: cosineMatrix(rows.map(({ shares }) => options.composition.map((c) => shares[c]!))),
  };
}

/** The options for a piece of the stack, whose first slice is 0. */
function cellsWithin(options: ReportOptions, from: number, to: number): ReportOptions {
  if (!options.cells) return options;
  const all = options.cells;
  const mine = Array.from({ length: all.length / 3 }, (_, i) => i).filter(
    (i) => all[3 * i]! >= from - 0.5 && all[3 * i]! < to - 0.5,
  );
  return { ...options, cells: Float64Array.from(mine.flatMap((i) => [all[3 * i]! - from, all[3 * i + 1]!, all[3 * i + 2]!])) };
}

function rowOf(tally: RegionTally, space: RegionSpace, r: number, { classes, voxel }: ReportOptions): RegionRow {
  const counts = Array.from({ length: classes }, (_, c) => tally.voxels[r * classes + c]!);
  const voxels = counts.reduce((sum, count) => sum + count, 0);
  const volume = (voxels * voxel[0] * voxel[1] * voxel[2]) / 1e9;
  const area = (voxels * voxel[1] * voxel[2]) / 1e6;
  const vesselLength = (space.centreLine[r]! * Math.cbrt(voxel[0] * voxel[1] * voxel[2])) / 1e3;
  const cells = space.cells[r]!;
  return {
    region: r,
    voxels,
    volume,
    shares: counts.map((count) => count / voxels),
    cells,
    cellsPerMm3: cells / volume,
    profiles: tally.profiles[r]!,
    profilesPerMm2: tally.profiles[r]! / area,
    cellSpacing: space.spacing[r]! / space.neighboured[r]!,
    vesselLength,
    vesselLengthPerMm3: vesselLength / volume,
    vesselDistance: space.distance[r]! / space.measured[r]!,
    greatestVesselDistance: space.measured[r]! > 0 ? space.farthest[r]! : Number.NaN,
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
