// A drawn field for tests of the neuron detector: ring-shaped cells on a textured background, all from a seed.
import type { Plane } from '../base/ndarray.ts';
import { makeRng, type Rng } from '../base/rng.ts';

export interface RingField {
  readonly image: Plane<Float64Array<ArrayBuffer>>;
  readonly row: number[];
  readonly col: number[];
}

/** Cells of soma radius `radius` px at least 1.9 radii apart; the image has a mean near 100 and a little white noise. */
export function drawRingField(seed: number, side: number, cells: number, radius: number): RingField {
  const rng = makeRng(seed);
  const data = Float64Array.from(texture(rng, side), (value) => 100 * Math.exp(0.2 * value));
  const row: number[] = [];
  const col: number[] = [];
  while (row.length < cells) {
    const y = radius + rng.uniform() * (side - 2 * radius);
    const x = radius + rng.uniform() * (side - 2 * radius);
    if (row.some((other, i) => Math.hypot(other - y, col[i]! - x) < 1.9 * radius)) continue;
    row.push(y);
    col.push(x);
    const brightness = 60 + 60 * rng.uniform();
    for (let at = 0; at < data.length; at++) {
      const d = Math.hypot(Math.floor(at / side) - y, (at % side) - x);
      data[at]! +=
        brightness * Math.exp(-((d - 0.76 * radius) ** 2) / (0.08 * radius * radius)) -
        25 * Math.exp(-(d * d) / (0.2 * radius * radius));
    }
  }
  for (let at = 0; at < data.length; at++) data[at]! += 4 * rng.normal();
  return { image: { data, height: side, width: side }, row, col };
}

/** Sum of smooth random fields of three sizes, about unit variance. */
export function texture(rng: Rng, side: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(side * side);
  for (const reach of [1, 3, 8]) {
    let field = Float64Array.from(out, () => rng.normal());
    for (let pass = 0; pass < 2; pass++) field = blurRows(blurRows(field, side, reach), side, reach);
    const rms = Math.sqrt(field.reduce((sum, value) => sum + value * value, 0) / field.length);
    for (let i = 0; i < out.length; i++) out[i]! += field[i]! / rms / Math.sqrt(3);
  }
  return out;
}

/** Running mean along rows, cyclic, written transposed: twice gives both directions. */
function blurRows(field: Float64Array, side: number, reach: number): Float64Array<ArrayBuffer> {
  const out = new Float64Array(side * side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let sum = 0;
      for (let k = -reach; k <= reach; k++) sum += field[y * side + ((x + k + side) % side)]!;
      out[x * side + y] = sum / (2 * reach + 1);
    }
  }
  return out;
}

/** F1 by greedy matching, each truth with the nearest remaining estimate, nearer than `threshold` px. */
export function f1(
  truth: { row: number[]; col: number[] },
  found: readonly { row: number; col: number }[],
  threshold: number,
): number {
  const left = [...found];
  let hits = 0;
  for (const [i, row] of truth.row.entries()) {
    const distances = left.map((place) => Math.hypot(place.row - row, place.col - truth.col[i]!));
    const least = Math.min(...distances);
    if (least >= threshold) continue;
    hits++;
    left.splice(distances.indexOf(least), 1);
  }
  return (2 * hits) / (truth.row.length + found.length);
}
