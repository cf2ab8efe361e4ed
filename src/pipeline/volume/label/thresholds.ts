// Thresholds from a histogram, as scikit-image computes them. `counts` holds the voxels of each grey level (or bin); a threshold t
// means that levels above t are in front. Throws `Invalid` where all voxels have one level.
import { SomascopeError } from '../../../base/errors.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import type { LabelVolume, Volume } from '../volume.ts';

/** Voxels of each grey level 0 … 255 of 8-bit data. */
export function levelCounts(data: Uint8Array): Uint32Array<ArrayBuffer> {
  const counts = new Uint32Array(256);
  for (let i = 0; i < data.length; i++) counts[data[i]!]!++;
  return counts;
}

function levelsInUse(counts: ArrayLike<number>, atLeast: number): [first: number, last: number] {
  const used = Array.from(counts, (count, level) => (count > 0 ? level : -1)).filter((level) => level >= 0);
  if (used.length >= atLeast) return [used[0]!, used.at(-1)!];
  throw new SomascopeError('Invalid', `The data have ${used.length} grey levels; ${atLeast} classes need as many.`);
}

/**
 * Otsu 1979 for two classes, Liao et al. 2001 for more: the thresholds (classes − 1, rising) between which the classes' means differ
 * most. By dynamic programming over levels.
 */
export function otsuThresholds(counts: ArrayLike<number>, classes = 2): number[] {
  const [first, last] = levelsInUse(counts, classes);
  const levels = last - first + 1;
  const voxels = new Float64Array(levels + 1);
  const sum = new Float64Array(levels + 1);
  for (let i = 0; i < levels; i++) {
    voxels[i + 1] = voxels[i]! + counts[first + i]!;
    sum[i + 1] = sum[i]! + (first + i) * counts[first + i]!;
  }
  // A class of levels [from, to) adds its mean² times its voxels; the rest of the variance is the same for all.
  const worth = (from: number, to: number) => {
    const n = voxels[to]! - voxels[from]!;
    return n === 0 ? 0 : (sum[to]! - sum[from]!) ** 2 / n;
  };
  let best = Float64Array.from({ length: levels + 1 }, (_, to) => worth(0, to));
  const cuts: Int32Array[] = [];
  for (let c = 1; c < classes; c++) {
    const next = new Float64Array(levels + 1).fill(-Infinity);
    const cut = new Int32Array(levels + 1);
    for (let to = c + 1; to <= levels; to++) {
      for (let from = c; from < to; from++) {
        const value = best[from]! + worth(from, to);
        if (value <= next[to]!) continue;
        next[to] = value;
        cut[to] = from;
      }
    }
    best = next;
    cuts.push(cut);
  }
  const thresholds: number[] = [];
  for (let c = cuts.length - 1, to = levels; c >= 0; c--) {
    to = cuts[c]![to]!;
    thresholds.unshift(first + to - 1);
  }
  return thresholds;
}

/** Li and Tam 1998: least cross entropy, from the mean on until it moves by less than half a level. */
export function liThreshold(counts: ArrayLike<number>): number {
  const [first, last] = levelsInUse(counts, 2);
  const meanOver = (from: number, to: number) => {
    let [voxels, sum] = [0, 0];
    for (let level = from; level <= to; level++) {
      voxels += counts[level]!;
      sum += (level - first) * counts[level]!;
    }
    return sum / voxels;
  };
  let threshold = meanOver(first, last);
  for (;;) {
    const below = first + Math.floor(threshold);
    const back = meanOver(first, below);
    const front = meanOver(below + 1, last);
    // Half a level away from black keeps the logarithm finite.
    const next = (Math.max(back, Number.EPSILON) - front) / (Math.log(Math.max(back, Number.EPSILON)) - Math.log(front));
    const moved = Math.abs(next - threshold);
    threshold = next;
    if (moved <= 0.5) return threshold + first;
  }
}

/** Zack, Rogers and Latt 1977: the level farthest from the line between the peak and the longer tail's end. */
export function triangleThreshold(counts: ArrayLike<number>): number {
  const [first, last] = levelsInUse(counts, 2);
  let peak = first;
  for (let level = first; level <= last; level++) if (counts[level]! > counts[peak]!) peak = level;
  const step = peak - first < last - peak ? -1 : 1;
  const tail = step > 0 ? first : last;
  const width = Math.abs(peak - tail);
  let [best, most] = [0, -Infinity];
  for (let k = 0; k < width; k++) {
    const distance = counts[peak]! * k - width * counts[tail + step * k]!;
    if (distance <= most) continue;
    most = distance;
    best = k;
  }
  return tail + step * best;
}

/** 1 where low ≤ value ≤ high. */
export function maskBetween({ data, shape }: Volume<NumericArray>, low: number, high: number): LabelVolume {
  const mask = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) mask[i] = Number(data[i]! >= low && data[i]! <= high);
  return { data: mask, shape };
}

/** The number of thresholds that a value is above: 0 for the darkest class. */
export function labelByThresholds({ data, shape }: Volume<NumericArray>, thresholds: readonly number[]): LabelVolume {
  const labels = new Uint8Array(data.length);
  for (const threshold of thresholds) for (let i = 0; i < data.length; i++) if (data[i]! > threshold) labels[i]!++;
  return { data: labels, shape };
}
