// The motion that spikes over time and depth show: decentralised registration, the same at all depths.
import { singleJob } from '../../../base/job.ts';
import type { Motion } from '../../../base/motion.ts';
import { drive } from '../../../base/steps.ts';
import { estimateDrift } from '../../../pipeline/ephys/drift/registration.ts';
import type { MotionInput } from '../shared/drift.ts';

export const motionJob = singleJob<MotionInput, Motion>(({ seconds, depths, length }, { signal, progress }) =>
  drive(estimateDrift({ times: seconds, depths }, length), { signal, onProgress: progress }),
);
