// X-ray microtomography of brain tissue, made up: grey neuropil, cells dark with darker nuclei, vessels nearly black with a bright
// fringe (phase contrast), bundles of axons bright; four regions that differ in all of these. Arrays [z, y, x]; voxels of 1.17 µm.
// The contrast and the fractions follow Prasad et al. 2020 (Sci Data 7:358), as measured on its published masks.
import type { Rng } from '../../src/base/rng.ts';
import { makeRng } from '../../src/base/rng.ts';
import type { Triple } from '../../src/base/volume.ts';
import { between } from './random.ts';
import { blurVolume, smoothField } from './volume-field.ts';

export interface TissueVolume {
  readonly shape: Triple;
  readonly image: Uint8Array;
  /** 0 unlabelled, 1 cortex, 2 striatum, 4 ventral posterior nucleus, 5 zona incerta. */
  readonly regions: Uint8Array;
  /** 0 background, 1 vessel, 2 cell, 3 axon. */
  readonly labels: Uint8Array;
  /** Number of the cell, from 1. */
  readonly cells: Uint16Array;
}

interface RegionLook {
  readonly mean: number;
  readonly texture: number;
  /** Fractions of the volume. */
  readonly vessel: number;
  readonly cell: number;
  readonly axon: number;
  /** Of cells, in voxels. */
  readonly radius: readonly [number, number];
}

const [CTX, STR, VP, ZI] = [1, 2, 4, 5];
const LOOKS: Readonly<Record<number, RegionLook>> = {
  [CTX]: { mean: 118, texture: 8, vessel: 0.018, cell: 0.03, axon: 0, radius: [3.2, 4.6] },
  [STR]: { mean: 121, texture: 8, vessel: 0.02, cell: 0.034, axon: 0.17, radius: [3.4, 5] },
  [VP]: { mean: 128, texture: 10, vessel: 0.03, cell: 0.03, axon: 0.45, radius: [3.6, 5.2] },
  [ZI]: { mean: 119, texture: 10, vessel: 0.04, cell: 0.045, axon: 0, radius: [3.6, 5.4] },
};
const VESSEL = 1;
const CELL = 2;
const AXON = 3;
const FAR = -9;

const soft = (inside: number, sharpness: number) => 1 / (1 + Math.exp(-inside * sharpness));

export function simulateTissue(shape: Triple, seed: number): TissueVolume {
  const rng = makeRng(seed);
  const count = shape[0] * shape[1] * shape[2];
  const regions = wavyQuadrants(shape);
  const means = Float32Array.from(regions, (region) => LOOKS[region]?.mean ?? 96);
  const image = blurVolume(means, shape, [3, 3, 3]);
  const labels = new Uint8Array(count);
  const cells = new Uint16Array(count);
  const bundles = placeBundles(rng, shape, regions);
  const fibres = smoothField(rng, shape, [1, 0.8, 4]);
  for (let i = 0; i < count; i++) {
    if (bundles[i]! > FAR) image[i]! += soft(bundles[i]!, 1.8) * ((regions[i] === VP ? 30 : 50) + 8 * fibres[i]!);
    if (bundles[i]! > 0) labels[i] = AXON;
  }
  placeCells(rng, shape, regions, bundles, image, labels, cells);
  const vessels = placeVessels(rng, shape, regions);
  const fine = smoothField(rng, shape, [0.9, 0.9, 0.9]);
  const coarse = smoothField(rng, shape, [2, 2, 2]);
  const shading = smoothField(rng, [1, shape[1], shape[2]], [0, shape[1] / 5, shape[2] / 5]);
  const plane = shape[1] * shape[2];
  const out = new Uint8Array(count);
  for (let i = 0; i < count; i++) {
    const depth = vessels[i]!;
    const inside = soft(depth, 2.2);
    let value = image[i]! * (1 - inside) + 14 * inside + 24 * Math.exp(-((depth + 1.5) ** 2) / 0.8);
    if (depth > 0) {
      labels[i] = VESSEL;
      cells[i] = 0;
    }
    const texture = LOOKS[regions[i]!]?.texture ?? 7;
    value += texture * (0.9 * fine[i]! + 0.5 * coarse[i]!) * (depth > 0 ? 0.35 : 1);
    const y = Math.floor((i % plane) / shape[2]);
    const ring = Math.hypot(y - shape[1] * 0.52, (i % shape[2]) - shape[2] * 0.47);
    value += 1.6 * Math.cos(ring * 1.15) * Math.exp(-ring / (shape[2] * 0.35)) + 3 * shading[i % plane]! + 1.5 * rng.normal();
    out[i] = Math.max(0, Math.min(255, Math.round(value)));
  }
  return { shape, image: out, regions, labels, cells };
}

function wavyQuadrants([depth, height, width]: Triple): Uint8Array {
  const regions = new Uint8Array(depth * height * width);
  let i = 0;
  for (let z = 0; z < depth; z++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++, i++) {
        const isLeft = x < width / 2 + 5 * Math.sin(y / 19) + 3 * Math.sin(z / 11);
        const isTop = y < height / 2 + 4 * Math.sin(x / 23 + 1) - 3 * Math.cos(z / 13);
        // A strip that nobody labelled.
        regions[i] = y < 4 ? 0 : isTop ? (isLeft ? CTX! : STR!) : isLeft ? VP! : ZI!;
      }
    }
  }
  return regions;
}

/** Distance into the nearest bundle in voxels, FAR outside: tubes along x in the striatum, streaks in the thalamus. */
function placeBundles(rng: Rng, shape: Triple, regions: Uint8Array): Float32Array {
  const depth = new Float32Array(regions.length).fill(FAR);
  const striatum = indicesOf(regions, STR!);
  let got = 0;
  for (let tries = 0; got < LOOKS[STR!]!.axon * striatum.length && tries < 200; tries++) {
    const centre = placeOf(striatum[rng.below(striatum.length)]!, shape);
    const [dz, dy] = [0.25 * rng.normal(), 0.5 * rng.normal()];
    const length = Math.hypot(dz, dy, 1);
    const direction: Triple = [dz / length, dy / length, 1 / length];
    const radius = between(rng, [3.5, 7]);
    got = 0;
    for (const i of striatum) {
      const place = placeOf(i, shape);
      const away = place.map((at, axis) => at - centre[axis]!);
      const along = away.reduce((sum, at, axis) => sum + at * direction[axis]!, 0);
      const squared = away.reduce((sum, at) => sum + at * at, 0) - along * along;
      const taper = Math.max(0, Math.min(1, 1.15 - Math.abs(along) / 60));
      depth[i] = Math.max(depth[i]!, radius * taper - Math.sqrt(Math.max(0, squared)));
      if (depth[i]! > 0) got++;
    }
  }
  const thalamus = indicesOf(regions, VP!);
  const broad = smoothField(rng, shape, [4, 3, 11]);
  const narrow = smoothField(rng, shape, [2.5, 2.5, 6]);
  const streaks = thalamus.map((i) => broad[i]! + 0.5 * narrow[i]!);
  const cut = [...streaks].sort((a, b) => a - b)[Math.floor((1 - LOOKS[VP!]!.axon) * streaks.length)]!;
  thalamus.forEach((i, k) => {
    depth[i] = Math.max(depth[i]!, (streaks[k]! - cut) * 6);
  });
  return depth;
}

function placeCells(
  rng: Rng,
  shape: Triple,
  regions: Uint8Array,
  bundles: Float32Array,
  image: Float32Array,
  labels: Uint8Array,
  cells: Uint16Array,
): void {
  let number = 0;
  for (const [region, look] of Object.entries(LOOKS)) {
    const all = indicesOf(regions, Number(region));
    const free = all.filter((i) => bundles[i]! < -1.5);
    let got = 0;
    for (let tries = 0; got < look.cell * all.length && tries < 4000 && free.length > 0; tries++) {
      const centre = placeOf(free[rng.below(free.length)]!, shape).map((at) => at + rng.uniform() - 0.5) as unknown as Triple;
      const mean = between(rng, look.radius);
      const radii = [0, 1, 2].map(() => mean * between(rng, [0.85, 1.15])) as unknown as Triple;
      const near = [...ellipsoid(shape, centre, radii, 1.9)];
      if (near.some(({ i, distance }) => (distance < 1.25 && labels[i] !== 0) || (distance < 1.25 && bundles[i]! > 0))) continue;
      number++;
      const [dark, nucleus] = [between(rng, [40, 58]), between(rng, [8, 22])];
      for (const { i, distance } of near) {
        const fringe = 7 * Math.exp(-(((distance - 1.22) * mean) ** 2) / 1.6);
        image[i]! += fringe - dark * soft(1 - distance, mean * 1.6) - nucleus * soft(0.58 - distance, mean * 1.6);
        if (distance >= 1) continue;
        labels[i] = CELL;
        cells[i] = number;
        got++;
      }
    }
  }
}

/** Distance into the nearest vessel in voxels: tubes that wander, one thick one in the striatum and the thalamus each. */
function placeVessels(rng: Rng, shape: Triple, regions: Uint8Array): Float32Array {
  const depth = new Float32Array(regions.length).fill(FAR);
  for (const [region, look] of Object.entries(LOOKS)) {
    const all = indicesOf(regions, Number(region));
    let isThick = Number(region) === STR || Number(region) === VP;
    let got = 0;
    for (let tries = 0; got < look.vessel * all.length && tries < 200; tries++) {
      let place: readonly number[] = placeOf(all[rng.below(all.length)]!, shape);
      let direction = [rng.normal(), rng.normal(), rng.normal()];
      const radius = between(rng, isThick ? [4.5, 6] : [1.4, 2.4]);
      const steps = isThick ? 24 : 25 + rng.below(50);
      isThick = false;
      for (let step = 0; step < steps; step++) {
        for (const { i, voxels } of ball(shape, place as unknown as Triple, radius + 4))
          depth[i] = Math.max(depth[i]!, radius - voxels);
        direction = direction.map((value) => value + 0.16 * rng.normal());
        const length = Math.hypot(...direction);
        direction = direction.map((value) => value / length);
        place = place.map((at, axis) => at + direction[axis]! * Math.max(1, radius / 2));
      }
      got = all.reduce((sum, i) => sum + (depth[i]! > 0 ? 1 : 0), 0);
    }
  }
  return depth;
}

function indicesOf(regions: Uint8Array, region: number): number[] {
  const found: number[] = [];
  regions.forEach((value, i) => {
    if (value === region) found.push(i);
  });
  return found;
}

function placeOf(i: number, [, height, width]: Triple): Triple {
  return [Math.floor(i / (height * width)), Math.floor(i / width) % height, i % width];
}

/** Voxels within `reach` radii of a centre, and their distance in radii. */
function* ellipsoid(shape: Triple, centre: Triple, radii: Triple, reach: number): Generator<{ i: number; distance: number }> {
  const low = centre.map((at, axis) => Math.max(0, Math.floor(at - radii[axis]! * reach)));
  const high = centre.map((at, axis) => Math.min(shape[axis]!, Math.ceil(at + radii[axis]! * reach) + 1));
  for (let z = low[0]!; z < high[0]!; z++) {
    for (let y = low[1]!; y < high[1]!; y++) {
      for (let x = low[2]!; x < high[2]!; x++) {
        const distance = Math.hypot((z - centre[0]) / radii[0], (y - centre[1]) / radii[1], (x - centre[2]) / radii[2]);
        if (distance < reach) yield { i: (z * shape[1] + y) * shape[2] + x, distance };
      }
    }
  }
}

function* ball(shape: Triple, centre: Triple, reach: number): Generator<{ i: number; voxels: number }> {
  for (const { i, distance } of ellipsoid(shape, centre, [1, 1, 1], reach)) yield { i, voxels: distance };
}

/** A prediction with the mistakes that methods make: shifted by a voxel, cells missed and invented, fat vessels, thin bundles. */
export function flawedPrediction({ shape, labels, cells }: TissueVolume, seed: number): Uint8Array {
  const rng = makeRng(seed);
  const [depth, height, width] = shape;
  const missed = new Set<number>();
  const number = cells.reduce((top, id) => Math.max(top, id), 0);
  for (let id = 1; id <= number; id++) if (rng.uniform() < 1 / 7) missed.add(id);
  const plain = labels.map((label, i) => (missed.has(cells[i]!) ? 0 : label));
  const neighbours = [-1, 1, -width, width, -width * height, width * height];
  const flawed = plain.map((label, i) => {
    const near = neighbours.map((step) => plain[i + step] ?? label);
    if (label !== VESSEL && label !== CELL && near.includes(VESSEL) && rng.uniform() < 0.6) return VESSEL;
    return label === AXON && near.some((other) => other !== AXON) && rng.uniform() < 0.7 ? 0 : label;
  });
  const shifted = flawed.map((_, i) => flawed[i % width === 0 ? i + width - 1 : i - 1]!);
  for (let n = 0; n < number / 9; n++) {
    const centre: Triple = [4 + rng.below(depth - 8), 6 + rng.below(height - 12), 6 + rng.below(width - 12)];
    for (const { i } of ball(shape, centre, 3.5)) if (shifted[i] === 0) shifted[i] = CELL;
  }
  return shifted;
}
