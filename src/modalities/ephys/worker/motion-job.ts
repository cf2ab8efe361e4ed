// The motion that spikes over time and depth show: decentralised registration, the same at all depths.
import { singleJob } from '../../../base/job.ts';
import { drive } from '../../../base/steps.ts';
import { estimateDrift } from '../../../pipeline/ephys/drift/registration.ts';
import type { Motion, MotionInput } from '../shared/drift.ts';

export const motionJob = singleJob<MotionInput, Motion>(async ({ seconds, depths, amplitudes, length }, { signal, progress }) => {
  const raster = { times: seconds, depths, amplitudes };
  const { times, displacement } = await drive(estimateDrift(raster, length), { signal, onProgress: progress });
  return { times, positions: displacement };
});
