import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { loadNpy } from '../../../test/load-npy.ts';
import { loadNpz } from '../../../test/load-npz.ts';
import { dataPath, describeWithData, goldenPath } from '../../../test/shared-data.ts';
import { componentStats } from '../label/component-stats.ts';
import { findComponents } from '../label/run-components.ts';
import { levelCounts } from '../label/thresholds.ts';
import { type LabelVolume, slicesOf, type Volume } from '../volume.ts';
import { cosineMatrix, klMatrix } from './divergence.ts';
import { greyLevels, type ReportOptions, reportRegions } from './region-report.ts';
import { addToTally, makeTally } from './region-tally.ts';
import { skeletonise } from './skeleton.ts';

const OPTIONS: ReportOptions = { regions: 1, classes: 4, vessel: 1, cell: 2, composition: [3, 1, 2], voxel: [1.17, 1.17, 1.17] };

describeWithData('Prasad 2020 from the real annotations', () => {
  const files = loadNpz(dataPath('xray-real/microstructure_masks.npz'));
  const stats = JSON.parse(readFileSync(dataPath('xray-real/mask_stats.json'), 'utf8'));
  /** These files say 1 axon, 2 vessel, 3 cell. */
  const options: ReportOptions = { ...OPTIONS, vessel: 2, cell: 3, composition: [1, 2, 3] };
  const names: string[] = stats.cosine_divergence.order;
  const masks = names.map((name): LabelVolume => ({ data: files[name]!.data as Uint8Array<ArrayBuffer>, shape: [32, 128, 128] }));
  const tallies = masks.map((mask) => {
    const tally = makeTally({ regions: 1, classes: 4 });
    complete(addToTally(tally, mask, mask, { data: new Uint8Array(mask.data.length), shape: mask.shape }, options.cell));
    return tally;
  });

  it('has the shares and cell outlines of each area', () => {
    for (const [i, name] of names.entries()) {
      const want = stats.regions[name];
      const { voxels, profiles } = tallies[i]!;
      expect([...voxels]).toEqual(want.counts);
      expect(profiles[0]! / 32).toBe(want.cells_per_tile_mean);
      const area = (32 * 128 * 128 * 1.17 * 1.17) / 1e6;
      expect(profiles[0]! / area).toBeCloseTo(want.cells_per_mm2, 9);
    }
  });

  it('has the composition divergences of Fig. 2E', () => {
    const matrix = cosineMatrix(tallies.map(({ voxels }) => [1, 2, 3].map((c) => voxels[c]! / (32 * 128 * 128))));
    for (const [i, row] of stats.cosine_divergence.matrix.entries())
      for (const [j, want] of row.entries()) expect(matrix[i]![j]).toBeCloseTo(want, 9);
    const published = { 'ctx-zi': 0.032, 'ctx-str': 0.786, 'ctx-trn': 0.934, 'zi-str': 0.795, 'zi-trn': 0.93, 'str-trn': 0.012 };
    for (const [pair, want] of Object.entries(published)) {
      const [a, b] = pair.split('-').map((name) => names.indexOf(name)) as [number, number];
      expect(matrix[a]![b]).toBeCloseTo(want, 3);
    }
  });
});

describeWithData('grey-level divergences of Fig. 2D', () => {
  it('are near those published even from one slice of each area', () => {
    const { data } = loadNpy(dataPath('xray-real/crops_z309.npy'));
    const crop = (k: number) => levelCounts(data.subarray(k * 65_536, (k + 1) * 65_536) as Uint8Array);
    const matrix = klMatrix([0, 1, 2].map(crop));
    // Rows P, columns Q: cortex, striatum, thalamus.
    const published = [
      [0, 0.083, 0.43],
      [0.16, 0, 0.2],
      [0.64, 0.21, 0],
    ];
    for (const [i, row] of published.entries())
      for (const [j, want] of row.entries()) expect(Math.abs(matrix[i]![j]! - want), `${i} ${j}`).toBeLessThan(0.04);
  });
});

describeWithData('grey levels against numpy', () => {
  it('mean, spread, percentiles, entropy', () => {
    const want = JSON.parse(readFileSync(goldenPath('volume/filters/scalars.json'), 'utf8'));
    const { data } = loadNpy(goldenPath('volume/filters/image.npy'));
    const volume = { data: data as Uint8Array<ArrayBuffer>, shape: [20, 28, 28] as const };
    const tally = makeTally({ regions: 1, classes: 1 });
    const none = { data: new Uint8Array(data.length), shape: volume.shape };
    complete(addToTally(tally, volume, none, none, 0));
    const grey = greyLevels(tally, 0);
    expect(grey.mean).toBeCloseTo(want.mean, 9);
    expect(grey.sd).toBeCloseTo(want.std, 9);
    expect(grey.entropy).toBeCloseTo(want.entropy_bits, 9);
    expect(grey.percentiles.slice(1, 4)).toEqual([want.percentiles['25'], want.percentiles['50'], want.percentiles['75']]);
  });
});

describe('divergences', () => {
  it('of equal histograms are 0, of others the sum of p ln(p / q)', () => {
    const [a, b] = [
      [3, 1],
      [1, 1],
    ];
    const matrix = klMatrix([a!, b!, [0, 0]]);
    expect(matrix[0]![0]).toBe(0);
    expect(matrix[0]![1]).toBeCloseTo(0.75 * Math.log(1.5) + 0.25 * Math.log(0.5), 6);
    expect(matrix[1]![0]).toBeCloseTo(0.5 * Math.log(2 / 3) + 0.5 * Math.log(2), 6);
    expect([matrix[0]![2], matrix[2]![0]]).toEqual([Number.NaN, Number.NaN]);
    expect(
      cosineMatrix([
        [1, 0],
        [0, 2],
        [0, 0],
      ]),
    ).toEqual([
      [0, 1, Number.NaN],
      [1, 0, Number.NaN],
      [Number.NaN, Number.NaN, Number.NaN],
    ]);
  });
});

/** Voxels within `radius` of a line of points. */
function drawTube(shape: LabelVolume['shape'], points: readonly (readonly number[])[], radius: number): LabelVolume {
  const data = new Uint8Array(shape[0] * shape[1] * shape[2]);
  for (let i = 0; i < data.length; i++) {
    const [z, y, x] = [Math.floor(i / shape[1] / shape[2]), Math.floor(i / shape[2]) % shape[1], i % shape[2]];
    if (points.some(([c, b, a]) => Math.hypot(z - c!, y - b!, x - a!) < radius)) data[i] = 1;
  }
  return { data, shape };
}

describe('the skeleton', () => {
  const sum = ({ data }: LabelVolume) => data.reduce((a, b) => a + b, 0);
  const parts = (mask: LabelVolume) => complete(findComponents(mask, 26)).count;

  it('of a tube is a line along its middle', () => {
    const tube = drawTube(
      [15, 15, 40],
      Array.from({ length: 30 }, (_, x) => [7, 7, x + 5]),
      3.5,
    );
    const line = complete(skeletonise(tube));
    expect(sum(line)).toBeGreaterThanOrEqual(26);
    expect(sum(line)).toBeLessThanOrEqual(38);
    for (const i of line.data.keys()) {
      if (!line.data[i] || i % 40 < 8 || i % 40 > 31) continue;
      expect(Math.hypot(Math.floor(i / 600) - 7, (Math.floor(i / 40) % 15) - 7)).toBeLessThan(1.5);
    }
  });

  it('keeps rings rings, parts apart and lines as they are', () => {
    const ring = drawTube(
      [9, 40, 40],
      Array.from({ length: 120 }, (_, k) => [4, 20 + 12 * Math.cos(k / 19.1), 20 + 12 * Math.sin(k / 19.1)]),
      3,
    );
    const loop = complete(skeletonise(ring));
    expect(parts(loop)).toBe(1);
    // Every voxel of a closed line has two neighbours, so none is an end.
    const stats = componentStats(complete(findComponents(loop, 26)));
    expect(stats.sizes[0]).toBeGreaterThan(50);
    expect(loop.data[(4 * 40 + 20) * 40 + 20]).toBe(0);
    expect(complete(skeletonise(loop))).toEqual(loop);
    const noise = makeRng(2);
    const blobs: LabelVolume = {
      data: Uint8Array.from({ length: 1000 }, () => Number(noise.uniform() < 0.3)),
      shape: [10, 10, 10],
    };
    const thin = complete(skeletonise(blobs));
    expect(parts(thin)).toBe(parts(blobs));
    expect(thin.data.every((value, i) => value <= blobs.data[i]!)).toBe(true);
  });
});

describe('the region report', () => {
  const shape = [20, 24, 24] as const;
  const rng = makeRng(9);
  const image: Volume = { data: Uint8Array.from({ length: 20 * 576 }, () => 100 + rng.below(20)), shape };
  const labels: LabelVolume = { data: new Uint8Array(20 * 576), shape };
  const regions: LabelVolume = {
    data: Uint8Array.from({ length: 20 * 576 }, (_, i) => (i % 24 < 12 ? 0 : i % 24 < 23 ? 1 : 9)),
    shape,
  };
  const at = (z: number, y: number, x: number) => (z * 24 + y) * 24 + x;
  for (let y = 0; y < 24; y++) labels.data[at(10, y, 4)] = 1;
  for (const [z, y, x] of [
    [3, 3, 15],
    [3, 3, 19],
    [12, 20, 15],
    [5, 5, 2],
  ] as const)
    labels.data[at(z, y, x)] = 2;
  const report = complete(reportRegions(image, labels, regions, { ...OPTIONS, regions: 2, voxel: [2, 1, 1] }));
  const [left, right] = report.rows as [(typeof report.rows)[0], (typeof report.rows)[0]];

  it('counts voxels, shares, cells and their spacing', () => {
    expect([left.voxels, right.voxels]).toEqual([20 * 24 * 12, 20 * 24 * 11]);
    expect(left.volume).toBeCloseTo((5760 * 2) / 1e9, 15);
    expect(left.shares).toEqual([5735 / 5760, 24 / 5760, 1 / 5760, 0]);
    expect([left.cells, right.cells, right.profiles]).toEqual([1, 3, 3]);
    expect(right.cellsPerMm3).toBeCloseTo(3 / ((5280 * 2) / 1e9), 6);
    expect(right.profilesPerMm2).toBeCloseTo(3 / (5280 / 1e6), 6);
    expect(left.cellSpacing).toBeNaN();
    expect(right.cellSpacing).toBeCloseTo((4 + 4 + Math.hypot(18, 17)) / 3, 9);
  });

  it('measures vessels: length, and distance of the tissue', () => {
    expect(left.vesselLength).toBeCloseTo((24 * Math.cbrt(2)) / 1e3, 12);
    expect(left.vesselLengthPerMm3).toBeCloseTo(left.vesselLength / left.volume, 6);
    expect(right.vesselLength).toBe(0);
    let [sum, count, most] = [0, 0, 0];
    for (let z = 0; z < 20; z++)
      for (let x = 0; x < 12; x++) {
        const away = Math.hypot(2 * (z - 10), x - 4);
        if (away === 0) continue;
        sum += away;
        count++;
        most = Math.max(most, away);
      }
    expect(left.vesselDistance).toBeCloseTo(sum / count, 5);
    expect(left.greatestVesselDistance).toBeCloseTo(most, 5);
  });

  it('is the same tallied in slabs', () => {
    const whole = makeTally({ regions: 2, classes: 4 });
    const parts = makeTally({ regions: 2, classes: 4 });
    complete(addToTally(whole, image, labels, regions, 2));
    for (const [from, to] of [
      [0, 7],
      [7, 20],
    ] as const)
      complete(addToTally(parts, slicesOf(image, from, to), slicesOf(labels, from, to), slicesOf(regions, from, to), 2));
    expect(parts).toEqual(whole);
  });

  it('lets nothing go on across a seam, and is NaN where voxels have no size', () => {
    const stack = { data: new Uint8Array(8 * 25), shape: [8, 5, 5] as const };
    for (let z = 1; z < 7; z++) stack.data[25 * z + 12] = 2;
    for (const z of [0, 1, 2]) stack.data[25 * z] = 1;
    const one = { data: new Uint8Array(200), shape: stack.shape };
    const whole = complete(reportRegions(stack, stack, one, OPTIONS)).rows[0]!;
    const cut = complete(reportRegions(stack, stack, one, { ...OPTIONS, seams: [4] })).rows[0]!;
    expect([whole.cells, cut.cells, whole.profiles, cut.profiles]).toEqual([1, 2, 6, 6]);
    expect([whole.cellSpacing, cut.cellSpacing]).toEqual([Number.NaN, Number.NaN]);
    expect(whole.vesselDistance).toBeGreaterThan(cut.vesselDistance);
    const given = Float64Array.from([2, 2, 2, 3, 2, 2, 6, 2, 2, 7, 2, 4]);
    const cells = complete(reportRegions(stack, stack, one, { ...OPTIONS, cells: given, voxel: [1, 1, 1], seams: [4] })).rows[0]!;
    expect([cells.cells, cells.cellSpacing]).toEqual([4, (1 + 1 + 2 * Math.sqrt(5)) / 4]);
    const none = [Number.NaN, Number.NaN, Number.NaN] as const;
    const sizeless = complete(reportRegions(stack, stack, one, { ...OPTIONS, cells: given, voxel: none })).rows[0]!;
    for (const value of [sizeless.volume, sizeless.cellSpacing, sizeless.vesselDistance]) expect(value).toBeNaN();
    expect(sizeless.shares).toEqual(whole.shares);
  });

  it('sees the direction of stripes, and none in noise', () => {
    const stripes = (angle: number): Volume => ({
      data: Uint8Array.from({ length: 4 * 1600 }, (_, i) => {
        const [y, x] = [Math.floor(i / 40) % 40, i % 40];
        return 120 + 60 * Math.sin((x * Math.sin(angle) - y * Math.cos(angle)) / 2);
      }),
      shape: [4, 40, 40],
    });
    const plain = { data: new Uint8Array(6400), shape: [4, 40, 40] as const };
    for (const degrees of [20, 90, 150]) {
      const [row] = complete(reportRegions(stripes((degrees * Math.PI) / 180), plain, plain, OPTIONS)).rows;
      expect(row!.direction).toBeCloseTo(degrees, -0.5);
      expect(row!.coherence).toBeGreaterThan(0.9);
      expect(row!.vesselDistance).toBeNaN();
    }
    expect(left.coherence).toBeLessThan(0.15);
  });
});
