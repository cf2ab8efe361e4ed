// Energy of each pixel of a band: the sum of the matched movie's squares above a threshold, in stored units squared (exact
// integers). The best pixel of each row is kept, so that finding the best one costs a column.
import type { Steps } from '../../../base/steps.ts';
import { type BandMovies, UNITS } from './band-movies.ts';
import { HIGH } from './grow.ts';

export interface EnergyMap {
  /** [pixel], noise units squared × UNITS². */
  readonly energy: Float64Array<ArrayBuffer>;
  /** The energies of the pixels that change at all, rising. */
  readonly sorted: Float64Array<ArrayBuffer>;
  /** Pixel of the largest energy that may still be a seed, −1 where none is left. */
  find(): number;
  /** No seed within one pixel of this one any more. */
  retire(row: number, col: number): void;
  /** Takes amount · values from the pixel at these bins, and updates its energy; `refreshRows` must follow. */
  subtract(pixel: number, amount: number, bins: Int32Array, values: Float32Array): void;
  refreshRows(from: number, to: number): void;
}

const THRESHOLD = HIGH * UNITS;
const PIXELS_A_STEP = 4096;

export function* makeEnergyMap({ matched, rows, width, bins }: BandMovies): Steps<EnergyMap> {
  const energy = new Float64Array(rows * width);
  const alive = new Uint8Array(rows * width).fill(1);
  const bestOfRow = new Int32Array(rows);
  const live = new Uint8Array(rows * width);
  for (let i = 0; i < energy.length; i++) {
    let sum = 0;
    let changes = 0;
    for (let t = i * bins; t < (i + 1) * bins; t++) {
      const value = matched[t]! > THRESHOLD ? matched[t]! : 0;
      sum += value * value;
      changes |= matched[t]!;
    }
    energy[i] = sum;
    live[i] = changes === 0 ? 0 : 1;
    if (i % PIXELS_A_STEP === 0) yield i / energy.length;
  }
  const refreshRows = (from: number, to: number) => {
    for (let y = from; y < to; y++) {
      let best = -1;
      let largest = 0;
      for (let i = y * width; i < (y + 1) * width; i++) {
        const value = energy[i]! * alive[i]!;
        if (value > largest) {
          largest = value;
          best = i;
        }
      }
      bestOfRow[y] = best;
    }
  };
  refreshRows(0, rows);
  return {
    energy,
    sorted: energy.filter((_, i) => live[i] === 1).sort(),
    refreshRows,
    find() {
      let best = -1;
      for (const pixel of bestOfRow) if (pixel >= 0 && (best < 0 || energy[pixel]! > energy[best]!)) best = pixel;
      return best;
    },
    retire(row, col) {
      for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
        alive.fill(0, y * width + Math.max(0, col - 1), y * width + Math.min(width, col + 2));
      }
      refreshRows(Math.max(0, row - 1), Math.min(rows, row + 2));
    },
    subtract(pixel, amount, at, values) {
      const origin = pixel * bins;
      const factor = amount * UNITS;
      let change = 0;
      for (let k = 0; k < at.length; k++) {
        const t = origin + at[k]!;
        const old = matched[t]!;
        const next = Math.max(-32768, Math.floor(old - factor * values[k]! + 0.5));
        matched[t] = next;
        const before = old > THRESHOLD ? old : 0;
        const after = next > THRESHOLD ? next : 0;
        change += after * after - before * before;
      }
      energy[pixel]! += change;
    },
  };
}
