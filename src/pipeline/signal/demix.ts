// Traces of regions that share pixels, demixed by least squares. Each pixel's change in time is the sum of the changes of all
// regions that hold it; with N the matrix of shared pixels (own pixels on the diagonal) and s the summed changes of the regions'
// pixels, the regions' own changes are N⁻¹ s. Regions that share nothing keep their mask mean. Neuropil is left in, as it lies in
// the mask mean, so that what follows may subtract it in the same way. Traces are [region, frame], grey values.
import { invert } from '../linalg/inverse.ts';
import { NEUROPIL_COEFFICIENT } from './delta-f.ts';
import type { MaskPlan } from './region-traces.ts';

/** Added to the diagonal, as a share of it: two regions of the same pixels then share the change between them. */
const RIDGE = 1e-3;

export interface MixedTraces {
  readonly frames: number;
  /** Mask means; NaN where a frame is damaged. */
  readonly raw: Float32Array<ArrayBuffer>;
  readonly neuropil: Float32Array<ArrayBuffer>;
}

/** The demixed mask means of all regions of `masks`, whose traces are `traces`. */
export function demix(masks: MaskPlan, { frames, raw, neuropil }: MixedTraces): Float32Array<ArrayBuffer> {
  const out = raw.slice();
  const shared = sharedPixels(masks);
  for (const group of groupsOf(shared)) {
    const n = group.length;
    if (n === 1) continue;
    const matrix = new Float64Array(n * n);
    group.forEach((a, i) => {
      group.forEach((b, j) => {
        matrix[i * n + j] = (shared[a]!.get(b) ?? 0) * (i === j ? 1 + RIDGE : 1);
      });
    });
    const inverse = invert(matrix, n);
    const traceOf = (values: Float32Array, region: number) => values.subarray(region * frames, (region + 1) * frames);
    const changes = group.map((region) => {
      const mean = meanOf(traceOf(raw, region));
      const around = traceOf(neuropil, region);
      const still = meanOf(around);
      // What the neuropil adds stays with the region: only what is left is shared out.
      const steady = Float64Array.from(around, (value) => mean + (NEUROPIL_COEFFICIENT * (value - still) || 0));
      const size = shared[region]!.get(region)!;
      return { steady, sum: Float64Array.from(traceOf(raw, region), (value, t) => size * (value - steady[t]!)) };
    });
    group.forEach((region, i) => {
      const target = traceOf(out, region);
      for (let t = 0; t < frames; t++) {
        let own = 0;
        for (let j = 0; j < n; j++) own += inverse[i * n + j]! * changes[j]!.sum[t]!;
        target[t] = changes[i]!.steady[t]! + own;
      }
    });
  }
  return out;
}

/** Per region the number of pixels that it shares with each region, itself included. */
function sharedPixels({ regions, starts, pixels }: MaskPlan): Map<number, number>[] {
  const holders = new Map<number, number[]>();
  const shared = Array.from({ length: regions }, () => new Map<number, number>());
  for (let region = 0; region < regions; region++) {
    for (let i = starts[region]!; i < starts[region + 1]!; i++) {
      const here = holders.get(pixels[i]!) ?? [];
      here.push(region);
      holders.set(pixels[i]!, here);
    }
  }
  for (const here of holders.values())
    for (const a of here) for (const b of here) shared[a]!.set(b, (shared[a]!.get(b) ?? 0) + 1);
  return shared;
}

/** Regions that hang together by shared pixels. */
function groupsOf(shared: readonly ReadonlyMap<number, number>[]): number[][] {
  const seen = new Set<number>();
  const groups: number[][] = [];
  for (const start of shared.keys()) {
    if (seen.has(start)) continue;
    seen.add(start);
    const group = [start];
    for (const region of group) {
      for (const other of shared[region]!.keys()) {
        if (seen.has(other)) continue;
        seen.add(other);
        group.push(other);
      }
    }
    groups.push(group);
  }
  return groups;
}

/** Of the values that there are. */
function meanOf(values: Float32Array): number {
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return count > 0 ? sum / count : 0;
}
