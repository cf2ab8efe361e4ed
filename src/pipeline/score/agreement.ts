// How far two sets of regions on one picture agree: as lists of cells, by the benchmark's rule and by overlap, and pixel by pixel
// as Cohen's κ (Cohen 1960), which takes away what two people who draw at random would share. Lengths in pixels.
import type { Region } from '../../base/region.ts';
import { scoreRegions } from './neurofinder.ts';
import { scoreByOverlap } from './second-opinions.ts';

export interface Frame {
  readonly height: number;
  readonly width: number;
}

export interface CellAgreement {
  readonly pairs: number;
  /** 2 · pairs / (first + second); 1 where both sets are empty. */
  readonly f1: number;
}

export interface Agreement {
  /** Number of regions. */
  readonly first: number;
  readonly second: number;
  /** The rule of the benchmark with `first` as its truth: greedy, nearest centre, so exchanging the two may change it. */
  readonly byCentre: CellAgreement;
  /** As many pairs with IoU ≥ 0.5 as there can be; the same whichever comes first. */
  readonly byOverlap: CellAgreement;
  /** −1…1; 1 where all pixels agree, 0 where no more do than by chance. The same whichever comes first. */
  readonly kappa: number;
  /** Pixels of the picture by who marked them. */
  readonly pixels: { readonly both: number; readonly onlyFirst: number; readonly onlySecond: number; readonly neither: number };
}

/** Compares two sets; `threshold` is the largest distance of matching centres. Throws as `scoreRegions` does. */
export function agreementOf(
  first: readonly Region[],
  second: readonly Region[],
  { height, width }: Frame,
  threshold: number,
): Agreement {
  const centres = scoreRegions(first, second, threshold).pairs.length;
  const overlaps = scoreByOverlap(first, second).match.reduce((count, j) => count + (j >= 0 ? 1 : 0), 0);
  const f1 = (pairs: number): CellAgreement => {
    const total = first.length + second.length;
    return { pairs, f1: total === 0 ? 1 : (2 * pairs) / total };
  };
  const pixels = countPixels(first, second, height, width);
  return {
    first: first.length,
    second: second.length,
    byCentre: f1(centres),
    byOverlap: f1(overlaps),
    kappa: kappaOf(pixels),
    pixels,
  };
}

/** Observed less expected agreement, over what is left above the expected; 1 where both marked nothing or everything. */
export function kappaOf({ both, onlyFirst, onlySecond, neither }: Agreement['pixels']): number {
  const all = both + onlyFirst + onlySecond + neither;
  const first = both + onlyFirst;
  const second = both + onlySecond;
  const observed = (both + neither) / all;
  const expected = (first * second + (all - first) * (all - second)) / (all * all);
  return observed === 1 ? 1 : (observed - expected) / (1 - expected);
}

function countPixels(first: readonly Region[], second: readonly Region[], height: number, width: number): Agreement['pixels'] {
  const marks = new Uint8Array(height * width);
  mark(marks, first, height, width, 1);
  mark(marks, second, height, width, 2);
  const counts = [0, 0, 0, 0];
  for (const value of marks) counts[value]!++;
  const [neither, onlyFirst, onlySecond, both] = counts as [number, number, number, number];
  return { both, onlyFirst, onlySecond, neither };
}

/** Sets `bit` at every pixel of the regions that lies in the picture. */
function mark(marks: Uint8Array, regions: readonly Region[], height: number, width: number, bit: number): void {
  for (const { points, dims } of regions) {
    for (let i = 0; i < points.length; i += dims) {
      const row = Math.floor(points[i]!);
      const col = Math.floor(points[i + 1]!);
      if (row >= 0 && col >= 0 && row < height && col < width) marks[row * width + col]! |= bit;
    }
  }
}
