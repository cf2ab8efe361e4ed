// What hangs together in space about the regions of a volume [z, y, x]: cells and how far they are from each other, the centre lines of
// vessels, and how far the tissue is from them. Several pieces (cutouts of one stack) add up. Lengths in the unit of `voxel`.

import { type Steps, within } from '../../../base/steps.ts';
import type { Triple } from '../../../base/volume.ts';
import { componentStats } from '../label/component-stats.ts';
import { squaredDistance } from '../label/distance.ts';
import { findComponents, membersOf } from '../label/run-components.ts';
import { type LabelVolume, slabsOf, slicesOf } from '../volume.ts';
import { skeletonise } from './skeleton.ts';

/** One number a region each. */
export interface RegionSpace {
  readonly cells: Float64Array<ArrayBuffer>;
  /** Sum of the distances of cells to the nearest other of their region, and how many have one. */
  readonly spacing: Float64Array<ArrayBuffer>;
  readonly neighboured: Float64Array<ArrayBuffer>;
  /** Voxels of centre lines. */
  readonly centreLine: Float64Array<ArrayBuffer>;
  /** Sum of the distances of voxels outside vessels to the nearest one, how many there are, the greatest. */
  readonly distance: Float64Array<ArrayBuffer>;
  readonly measured: Float64Array<ArrayBuffer>;
  readonly farthest: Float64Array<ArrayBuffer>;
}

export interface SpaceOptions {
  readonly vessel: number;
  readonly cell: number;
  readonly voxel: Triple;
  /** Centres of cells in the piece; without them those of the components of the cell class. */
  readonly cells?: Float64Array;
}

/** Slices around a voxel that are searched for a vessel; a voxel without one there has no distance. */
export const DISTANCE_REACH = 64;
const SLAB = 32;

export function makeSpace(regions: number): RegionSpace {
  const make = () => new Float64Array(regions);
  return {
    cells: make(),
    spacing: make(),
    neighboured: make(),
    centreLine: make(),
    distance: make(),
    measured: make(),
    farthest: make(),
  };
}

/** Adds a piece. Nothing goes on from one piece into another. */
export function* addToSpace(space: RegionSpace, labels: LabelVolume, regions: LabelVolume, options: SpaceOptions): Steps<void> {
  const centres = options.cells ?? componentStats(yield* findComponents(labels, 26, membersOf(options.cell))).centres;
  addCells(space, centres, regions, options.voxel);
  yield* within(addDistances(space, labels, regions, options), 0.1, 0.6);
  yield* within(addCentreLines(space, labels, regions, options.vessel), 0.6, 1);
}

function addCells(space: RegionSpace, centres: Float64Array, { data, shape }: LabelVolume, voxel: Triple): void {
  const places: Triple[][] = Array.from(space.cells, () => []);
  for (let i = 0; i < centres.length; i += 3) {
    const [z, y, x] = [centres[i]!, centres[i + 1]!, centres[i + 2]!];
    const region = data[(Math.round(z) * shape[1] + Math.round(y)) * shape[2] + Math.round(x)]!;
    places[region]?.push([z * voxel[0], y * voxel[1], x * voxel[2]]);
  }
  for (const [r, cells] of places.entries()) {
    space.cells[r]! += cells.length;
    if (cells.length < 2) continue;
    space.neighboured[r]! += cells.length;
    space.spacing[r]! += nearestSum(cells);
  }
}

/** Cells are ordered along z, so that the search ends where z alone is farther than the best. NaN where a voxel has no size. */
function nearestSum(cells: readonly Triple[]): number {
  const places = [...cells].sort((a, b) => a[0] - b[0]);
  return places.reduce((sum, place, i) => {
    let least = Infinity;
    for (const step of [-1, 1]) {
      for (let j = i + step; j >= 0 && j < places.length; j += step) {
        const other = places[j]!;
        if (Math.abs(other[0] - place[0]) >= least) break;
        least = Math.min(least, Math.hypot(other[0] - place[0], other[1] - place[1], other[2] - place[2]));
      }
    }
    return sum + least;
  }, 0);
}

function* addDistances(space: RegionSpace, labels: LabelVolume, regions: LabelVolume, options: SpaceOptions): Steps<void> {
  const { distance, measured, farthest } = space;
  const [depth, height, width] = labels.shape;
  const pixels = height * width;
  for (const { from, to, readFrom, readTo } of slabsOf(depth, SLAB, DISTANCE_REACH)) {
    const squared = squaredDistance(slicesOf(labels, readFrom, readTo), membersOf(options.vessel), options.voxel);
    const { data } = yield* within(squared, from / depth, to / depth);
    for (let i = from * pixels; i < to * pixels; i++) {
      const r = regions.data[i]!;
      const away = data[i - readFrom * pixels]!;
      if (r >= distance.length || away === 0 || away === Infinity) continue;
      const length = Math.sqrt(away);
      distance[r]! += length;
      measured[r]!++;
      farthest[r] = Math.max(farthest[r]!, length);
    }
  }
}

function* addCentreLines({ centreLine }: RegionSpace, labels: LabelVolume, regions: LabelVolume, vessel: number): Steps<void> {
  const mask = { data: new Uint8Array(labels.data.length), shape: labels.shape };
  for (let i = 0; i < mask.data.length; i++) if (labels.data[i] === vessel) mask.data[i] = 1;
  const { data } = yield* skeletonise(mask);
  for (let i = 0; i < data.length; i++) {
    const r = regions.data[i]!;
    if (data[i] && r < centreLine.length) centreLine[r]!++;
  }
}
