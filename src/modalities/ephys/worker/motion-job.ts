// The motion that spikes over time and depth show: decentralised registration, the same at all depths.
import { singleJob } from '../../../base/job.ts';
import { drive } from '../../../base/steps.ts';
import { motionHistogram, suitableHistogram } from '../../../pipeline/ephys/drift/histogram.ts';
import { estimateDrift, estimateMotion } from '../../../pipeline/ephys/drift/registration.ts';
import type { Motion, MotionInput } from '../shared/drift.ts';

/** A recording of a few seconds has few spikes a bin, but what moves in it moves within less than the usual bins. */
const SHORT_SECONDS = 20;
const SHORT_BINS = 20;
const MARGIN_UM = 50;

export const motionJob = singleJob<MotionInput, Motion>(async ({ seconds, depths, amplitudes, length }, { signal, progress }) => {
  const raster = { times: seconds, depths, amplitudes };
  const steps = length < SHORT_SECONDS && depths.length > 0 ? estimateShort(raster, length) : estimateDrift(raster, length);
  const { times, displacement } = await drive(steps, { signal, onProgress: progress });
  return { times, positions: displacement };
});

function estimateShort(raster: { times: Float64Array; depths: Float64Array; amplitudes: Float64Array }, length: number) {
  const sorted = raster.depths.slice().sort();
  const range = [sorted[0]! - MARGIN_UM, sorted.at(-1)! + MARGIN_UM] as const;
  return estimateMotion(
    motionHistogram(raster, length, range, { ...suitableHistogram(length), binSeconds: length / SHORT_BINS }),
  );
}
