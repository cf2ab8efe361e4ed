// Raw traces while frames pass: mean over each region's pixels and over its neuropil, [region, frame]; NaN where a frame is damaged.
import { getOrMake } from '../../../base/get-or-make.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import type { Region } from '../../../base/region.ts';
import { neuropilMasks } from '../../../pipeline/signal/neuropil.ts';
import { addFrameMeans, compileMasks, compilePixels, type MaskPlan } from '../../../pipeline/signal/region-traces.ts';
import type { RawTraces } from '../shared/traces.ts';
import type { FrameChunk } from './chunks.ts';

export interface TracePlan {
  readonly regions: MaskPlan;
  readonly neuropil: MaskPlan;
  readonly count: number;
}

/** Traces of the frames of one chunk. */
export interface ChunkTraces extends FrameChunk {
  readonly raw: Float32Array<ArrayBuffer>;
  readonly neuropil: Float32Array<ArrayBuffer>;
}

const plans = new WeakMap<readonly Region[], TracePlan>();

/** Compiled once for each list of regions: a job's input stays with its worker. */
export function tracePlan(regions: readonly Region[], height: number, width: number): TracePlan {
  return getOrMake(plans, regions, () => ({
    regions: compileMasks(regions, height, width),
    neuropil: compilePixels(neuropilMasks(regions, height, width)),
    count: regions.length,
  }));
}

export function makeChunkTraces({ count }: TracePlan, { from, to }: FrameChunk): ChunkTraces {
  return { from, to, raw: new Float32Array(count * (to - from)), neuropil: new Float32Array(count * (to - from)) };
}

/** Adds frames that begin with number `from`. */
export function addTraces(plan: TracePlan, traces: ChunkTraces, frames: readonly (NumericArray | null)[], from: number): void {
  frames.forEach((frame, i) => {
    addFrameMeans(plan.regions, frame, traces.raw, from + i - traces.from);
    addFrameMeans(plan.neuropil, frame, traces.neuropil, from + i - traces.from);
  });
}

export interface TraceMerger {
  add(chunk: ChunkTraces): void;
  finish(): RawTraces;
}

export function makeTraceMerger(regions: number, frames: number): TraceMerger {
  const raw = new Float32Array(regions * frames).fill(Number.NaN);
  const neuropil = new Float32Array(regions * frames).fill(Number.NaN);
  return {
    add(chunk) {
      const length = chunk.to - chunk.from;
      for (let region = 0; region < regions; region++) {
        const part = [region * length, (region + 1) * length] as const;
        raw.set(chunk.raw.subarray(...part), region * frames + chunk.from);
        neuropil.set(chunk.neuropil.subarray(...part), region * frames + chunk.from);
      }
    },
    finish: () => ({ frames, regions, raw, neuropil }),
  };
}
