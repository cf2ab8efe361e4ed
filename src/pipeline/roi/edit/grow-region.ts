// Grows a region from a click, on a window of the movie around it: once on how well each pixel follows the clicked place (its
// correlation over the binned frames), once on the mean image; the clearer of the two is taken. Pixels hang together and leave
// no holes. The same click gives the same region.
import type { Region } from '../../../base/region.ts';
import { partAround } from '../detect/mask.ts';

/** A window of the binned movie. */
export interface GrowWindow {
  /** [bin, row, column]; only differences count, so any unit will do. */
  readonly data: Uint16Array;
  readonly bins: number;
  readonly height: number;
  readonly width: number;
  /** The clicked pixel within the window. */
  readonly row: number;
  readonly col: number;
  /** Expected radius, px. */
  readonly radius: number;
}

export interface Grown {
  /** In the window's coordinates. */
  readonly region: Region;
  /** What it was grown on. */
  readonly on: 'correlation' | 'mean image';
}

/** The edge lies where a pixel has this share of the peak above its surroundings. */
const EDGE_SHARE = 0.5;
/** Full weight within the radius, none beyond its double. */
const FADE = 0.5;
const LEAST_PIXELS = 4;

/** Null where nothing hangs together around the click. */
export function growRegion(window: GrowWindow): Grown | null {
  const candidates = [
    { on: 'correlation' as const, found: growOn(seedCorrelation(window), window) },
    { on: 'mean image' as const, found: growOn(meanImage(window), window) },
  ].flatMap(({ on, found }) => (found ? [{ on, ...found }] : []));
  candidates.sort((a, b) => b.contrast - a.contrast);
  const best = candidates[0];
  return best ? { region: best.region, on: best.on } : null;
}

/** [row, column]: mean over the bins. */
function meanImage({ data, bins, height, width }: GrowWindow): Float64Array {
  const size = height * width;
  const mean = new Float64Array(size);
  for (let bin = 0; bin < bins; bin++) for (let i = 0; i < size; i++) mean[i]! += data[bin * size + i]! / bins;
  return mean;
}

/** [row, column]: Pearson correlation over the bins with the mean of the 3 × 3 pixels around the click; 0 where it is undefined. */
function seedCorrelation(window: GrowWindow): Float64Array {
  const { data, bins, height, width, row, col } = window;
  const size = height * width;
  const mean = meanImage(window);
  const seed = new Float64Array(bins);
  for (let r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++)
    for (let c = Math.max(0, col - 1); c <= Math.min(width - 1, col + 1); c++)
      for (let bin = 0; bin < bins; bin++) seed[bin]! += data[bin * size + r * width + c]! - mean[r * width + c]!;
  const seedPower = seed.reduce((sum, value) => sum + value * value, 0);
  const cross = new Float64Array(size);
  const power = new Float64Array(size);
  for (let bin = 0; bin < bins; bin++) {
    for (let i = 0; i < size; i++) {
      const value = data[bin * size + i]! - mean[i]!;
      cross[i]! += value * seed[bin]!;
      power[i]! += value * value;
    }
  }
  return cross.map((value, i) => (power[i]! > 0 && seedPower > 0 ? value / Math.sqrt(power[i]! * seedPower) : 0));
}

/** The part around the click that stands out of the ring around it, and by how many of the ring's deviations. */
function growOn(
  image: Float64Array,
  { height, width, row, col, radius }: GrowWindow,
): { region: Region; contrast: number } | null {
  const smooth = smoothed(image, height, width);
  const distance = smooth.map((_, i) => Math.hypot(Math.floor(i / width) - row, (i % width) - col));
  const ring = [...smooth.filter((_, i) => distance[i]! > 1.3 * radius)].sort((a, b) => a - b);
  if (ring.length === 0) return null;
  const floor = ring[ring.length >> 1]!;
  const spread = ring[Math.floor(0.84 * (ring.length - 1))]! - floor;
  const near = smooth.map((_, i) => i).filter((i) => distance[i]! <= Math.max(1.5, radius / 2));
  const seed = near.reduce((best, i) => (smooth[i]! > smooth[best]! ? i : best), near[0]!);
  const peak = smooth[seed]! - floor;
  if (!(peak > 0)) return null;
  const mask = Uint8Array.from(smooth, (value, i) => {
    const prior = Math.exp(-0.5 * (Math.max(0, distance[i]! - radius) / (FADE * radius)) ** 2);
    return (value - floor) * prior > EDGE_SHARE * peak ? 1 : 0;
  });
  const part = partAround(mask, height, width, seed);
  const points = part ? [...part].flatMap((inside, i) => (inside ? [Math.floor(i / width), i % width] : [])) : [];
  if (points.length < 2 * LEAST_PIXELS) return null;
  return { region: { points: Float64Array.from(points), dims: 2 }, contrast: peak / Math.max(spread, 1e-9) };
}

/** Mean of 3 × 3 pixels, fewer at the edges. */
function smoothed(image: Float64Array, height: number, width: number): Float64Array {
  return image.map((_, i) => {
    const [row, col] = [Math.floor(i / width), i % width];
    let sum = 0;
    let count = 0;
    for (let r = Math.max(0, row - 1); r <= Math.min(height - 1, row + 1); r++)
      for (let c = Math.max(0, col - 1); c <= Math.min(width - 1, col + 1); c++) {
        sum += image[r * width + c]!;
        count++;
      }
    return sum / count;
  });
}
