// The strongest transients of the selected region and the movie around each: which frames, and their cut-outs. Cut-outs are
// [row, column] in the movie's grey values.
import type { NumericArray } from '../../../base/ndarray.ts';
import type { Region } from '../../../base/region.ts';
import { ask } from '../../../workers/client.ts';
import type { TransientsInput } from '../shared/edit.ts';
import type { CalciumDataset } from './datasets.ts';
import type { RegionTrace } from './traces.ts';

export const TRANSIENTS = 5;
/** Frames of one transient, in steps of about 0.4 s; the second is the peak. */
const OFFSETS = [-1, 0, 1, 2, 3];
const STEP_S = 0.4;
/** The cut-out reaches so far beyond the region, as a share of its extent; px at least. */
const MARGIN = { share: 0.5, least: 6 };

export interface Box {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** A square around the region, inside the field. */
export function boxAround({ points, dims }: Region, height: number, width: number): Box {
  let [top, bottom, left, right] = [height, 0, width, 0];
  for (let i = 0; i + 1 < points.length; i += dims) {
    top = Math.min(top, Math.floor(points[i]!));
    bottom = Math.max(bottom, Math.floor(points[i]!) + 1);
    left = Math.min(left, Math.floor(points[i + 1]!));
    right = Math.max(right, Math.floor(points[i + 1]!) + 1);
  }
  const extent = Math.max(bottom - top, right - left);
  const size = extent + 2 * Math.max(MARGIN.least, Math.round(MARGIN.share * extent));
  const from = (low: number, high: number, most: number) =>
    Math.max(0, Math.min(most - size, Math.round((low + high - size) / 2)));
  const row = from(top, bottom, height);
  const col = from(left, right, width);
  return { top: row, left: col, height: Math.min(size, height - row), width: Math.min(size, width - col) };
}

export interface TransientFrames {
  readonly peak: number;
  /** Those to show, in order. */
  readonly frames: readonly number[];
}

/** Strongest transient first. */
export async function transientFrames(dataset: CalciumDataset, trace: RegionTrace): Promise<readonly TransientFrames[]> {
  const input: TransientsInput = { trace: trace.raw, rateHz: 1 / trace.step, count: TRANSIENTS };
  const samples = await ask<readonly number[]>('calcium', 'transients', input);
  const { frames } = dataset.player;
  const perSample = trace.step * dataset.rateHz;
  const step = Math.max(1, Math.round(STEP_S * dataset.rateHz));
  return samples.map((sample) => {
    const peak = Math.min(frames - 1, Math.floor((sample + 0.5) * perSample));
    return { peak, frames: OFFSETS.map((offset) => peak + offset * step).filter((frame) => frame >= 0 && frame < frames) };
  });
}

export function cutOut(data: NumericArray, width: number, { top, left, height, width: wide }: Box): Float32Array {
  return Float32Array.from({ length: height * wide }, (_, i) => data[(top + Math.floor(i / wide)) * width + left + (i % wide)]!);
}

/** Percentiles 1 and 99.5 of all cut-outs together: one contrast for the whole montage. */
export function sharedContrast(cutOuts: readonly Float32Array[]): readonly [low: number, high: number] {
  const total = cutOuts.reduce((sum, { length }) => sum + length, 0);
  const all = new Float32Array(total);
  let at = 0;
  for (const one of cutOuts) {
    all.set(one, at);
    at += one.length;
  }
  all.sort();
  const share = (part: number) => all[Math.floor(part * (total - 1))] ?? Number.NaN;
  return [share(0.01), share(0.995)];
}
