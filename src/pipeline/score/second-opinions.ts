// Two other ways to count the same regions, beside the benchmark's own: the best possible match under the same threshold, which
// no order of the truth can spoil, and overlap at IoU ≥ 0.5, as later papers count (STNeuroNet, SUNS). Lengths in pixels.
import type { Region } from '../../base/region.ts';
import { assign, packCandidates } from './assignment.ts';
import { centresOf, requireSameAxes, squaredDistance } from './centres.ts';
import { rates } from './neurofinder.ts';

export interface Opinion {
  readonly recall: number;
  readonly precision: number;
  /** Harmonic mean of the two: F1. */
  readonly combined: number;
  /** Per truth region its estimate, or −1. */
  readonly match: Int32Array<ArrayBuffer>;
}

export const LEAST_IOU = 0.5;

/** As many pairs of centres strictly nearer than `threshold` as there can be; among those, the smallest sum of distances. */
export function scoreOptimally(truth: readonly Region[], estimate: readonly Region[], threshold: number): Opinion {
  const a = centresOf(truth, 'truth');
  const b = centresOf(estimate, 'estimate');
  requireSameAxes(a, b);
  const near = truth.map((_, i) => {
    const list: [number, number][] = [];
    for (let j = 0; j < b.count; j++) {
      const distance = Math.sqrt(squaredDistance(a, i, b, j));
      if (distance < threshold) list.push([j, distance]);
    }
    return list;
  });
  return opinionOf(near, truth.length, estimate.length);
}

/** As many pairs that share at least half of their union as there can be; a pixel counts once a region. */
export function scoreByOverlap(truth: readonly Region[], estimate: readonly Region[]): Opinion {
  const near = overlaps(truth, estimate).map((list) =>
    list.flatMap(([j, iou]): [number, number][] => (iou >= LEAST_IOU ? [[j, 1 - iou]] : [])),
  );
  return opinionOf(near, truth.length, estimate.length);
}

function opinionOf(near: [number, number][][], truths: number, estimates: number): Opinion {
  const match = assign(packCandidates(estimates, near));
  const hits = match.reduce((count, j) => count + (j >= 0 ? 1 : 0), 0);
  return { ...rates(hits, truths, estimates), match };
}

/** Per region of `a` the regions of `b` that it shares pixels with, and the share of their union. */
function overlaps(a: readonly Region[], b: readonly Region[]): [index: number, iou: number][][] {
  const owners = new Map<string | number, number[]>();
  const sizes = b.map((region, j) => {
    const pixels = pixelsOf(region);
    for (const pixel of pixels) {
      const list = owners.get(pixel);
      if (list) list.push(j);
      else owners.set(pixel, [j]);
    }
    return pixels.size;
  });
  return a.map((region) => {
    const pixels = pixelsOf(region);
    const shared = new Map<number, number>();
    for (const pixel of pixels) for (const j of owners.get(pixel) ?? []) shared.set(j, (shared.get(j) ?? 0) + 1);
    return [...shared].map(([j, count]) => [j, count / (pixels.size + sizes[j]! - count)]);
  });
}

const WIDEST = 2 ** 26;

/** Each pixel once: as one number where it is a pair of small whole ones. */
function pixelsOf({ points, dims }: Region): Set<string | number> {
  const pixels = new Set<string | number>();
  for (let i = 0; i < points.length; i += dims) {
    const [row, col] = [points[i]!, points[i + 1]!];
    const small =
      dims === 2 && Number.isInteger(row) && Number.isInteger(col) && Math.abs(row) < WIDEST && col >= 0 && col < WIDEST;
    pixels.add(small ? row * WIDEST + col : points.subarray(i, i + dims).join());
  }
  return pixels;
}
