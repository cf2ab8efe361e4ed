// Footprints of somata and of processes on an image [row, column]: flat pixel index and weight (brightest pixel 1).
import type { Rng } from '../../src/base/rng.ts';
import { type Grid, gaussianBlur } from './blur.ts';
import type { Range } from './params.ts';
import { between } from './random.ts';

export interface Footprint {
  readonly index: readonly number[];
  readonly weight: readonly number[];
}

export interface Soma extends Footprint {
  /** Pixels within the label's outline. */
  readonly label: readonly number[];
  /** Share of the neuropil that the soma takes away, per pixel. */
  readonly displaced: Footprint;
}

export interface SomaShape {
  readonly row: number;
  readonly col: number;
  readonly radius: number;
  /** Radius of the nucleus relative to the soma's; 0 for a filled cell. */
  readonly nucleus: number;
  /** How dark the nucleus is, 0…1. */
  readonly darkness: Range;
  readonly blur: number;
  /** Soma's outline over the label's. */
  readonly scale: number;
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** A wobbly disc with a dark hole beside its middle. */
export function drawSoma(rng: Rng, { height, width }: Grid, shape: SomaShape): Soma {
  const { row, col, radius, nucleus, blur, scale } = shape;
  const reach = Math.ceil(radius * 1.5 + 4);
  const top = Math.round(row) - reach;
  const left = Math.round(col) - reach;
  const side = 2 * reach + 1;
  const grid = { height: side, width: side };
  const waves = [2, 3, 4].map((k, i) => ({ k, size: rng.normal() * [0.1, 0.05, 0.03][i]!, phase: rng.uniform() * 2 * Math.PI }));
  const nucleusRow = 0.12 * rng.normal();
  const nucleusCol = 0.12 * rng.normal();
  const depth = between(rng, shape.darkness);
  const grain = gaussianBlur(
    Float32Array.from({ length: side * side }, () => rng.normal()),
    grid,
    1.2,
  );

  const image = new Float32Array(side * side);
  const rho = new Float32Array(side * side);
  const taken = new Float32Array(side * side);
  for (let i = 0; i < image.length; i++) {
    const dy = top + Math.floor(i / side) - row;
    const dx = left + (i % side) - col;
    const angle = Math.atan2(dy, dx);
    const edge = 1 + waves.reduce((sum, { k, size, phase }) => sum + size * Math.cos(k * angle + phase), 0);
    rho[i] = Math.hypot(dy, dx) / (radius * edge);
    const body = sigmoid((1 - rho[i]!) * radius * 1.8);
    const hole =
      nucleus > 0 ? sigmoid((nucleus - Math.hypot(dy / radius - nucleusRow, dx / radius - nucleusCol)) * radius * 1.6) : 0;
    image[i] = body * (1 - depth * hole) * (1 + 0.45 * grain[i]!);
    taken[i] = body > 0.02 ? 0.35 * body + 0.65 * hole : 0;
  }
  const soft = gaussianBlur(image, grid, blur);
  const peak = soft.reduce((most, v) => Math.max(most, v), 1e-6);

  const soma = { index: [] as number[], weight: [] as number[], label: [] as number[] };
  const displaced = { index: [] as number[], weight: [] as number[] };
  for (let i = 0; i < image.length; i++) {
    const y = top + Math.floor(i / side);
    const x = left + (i % side);
    if (y < 0 || y >= height || x < 0 || x >= width) continue;
    const at = y * width + x;
    const weight = soft[i]! / peak;
    if (weight > 0.03) {
      soma.index.push(at);
      soma.weight.push(weight);
    }
    if (rho[i]! <= 1 / scale) soma.label.push(at);
    if (taken[i]! > 0) {
      displaced.index.push(at);
      displaced.weight.push(taken[i]!);
    }
  }
  return { ...soma, displaced };
}

/** A thin meandering process of `length` pixels that starts at a place. */
export function drawProcess(rng: Rng, { height, width }: Grid, row: number, col: number, length: number): Footprint {
  const variance = 0.9 ** 2;
  const weights = new Map<number, number>();
  let angle = rng.uniform() * 2 * Math.PI;
  let y = row;
  let x = col;
  for (let step = 0; step < length; step++) {
    angle += 0.12 * rng.normal();
    y += Math.sin(angle);
    x += Math.cos(angle);
    for (let r = Math.round(y) - 2; r <= Math.round(y) + 2; r++) {
      for (let c = Math.round(x) - 2; c <= Math.round(x) + 2; c++) {
        if (r < 0 || r >= height || c < 0 || c >= width) continue;
        const weight = Math.exp(-((r - y) ** 2 + (c - x) ** 2) / (2 * variance));
        const at = r * width + c;
        if (weight > 0.05 && weight > (weights.get(at) ?? 0)) weights.set(at, weight);
      }
    }
  }
  return { index: [...weights.keys()], weight: [...weights.values()] };
}
