// The motion that spikes over time and depth show: decentralised registration.
import { singleJob } from '../../../base/job.ts';
import { drive } from '../../../base/steps.ts';
import { MOTION_HISTOGRAM, motionHistogram } from '../../../pipeline/ephys/drift/histogram.ts';
import { estimateMotion } from '../../../pipeline/ephys/drift/registration.ts';
import type { Motion, MotionInput } from '../shared/drift.ts';

/** Recordings of a few seconds have fewer spikes a bin, but need bins that are shorter than their motion. */
const LEAST_BINS = 20;

export const motionJob = singleJob<MotionInput, Motion>(async ({ seconds, depths, amplitudes, length }, { signal, progress }) => {
  const binSeconds = Math.min(MOTION_HISTOGRAM.binSeconds, length / LEAST_BINS);
  const smoothSeconds = (MOTION_HISTOGRAM.smoothSeconds * binSeconds) / MOTION_HISTOGRAM.binSeconds;
  const lowest = depths.reduce((least, depth) => Math.min(least, depth), Number.POSITIVE_INFINITY);
  const highest = depths.reduce((most, depth) => Math.max(most, depth), Number.NEGATIVE_INFINITY);
  const grid = motionHistogram({ times: seconds, depths, amplitudes }, length, [lowest, highest], {
    ...MOTION_HISTOGRAM,
    binSeconds,
    smoothSeconds,
  });
  const { times, displacement } = await drive(estimateMotion(grid), { signal, onProgress: progress });
  return { times, positions: displacement };
});
