// placeholder until the detector lands
import { singleJob } from '../../../base/job.ts';

export const radius = singleJob<unknown, number>(() => 5);
export const shape = singleJob<unknown, null>(() => null);
export const activity = singleJob<unknown, null>(() => null);
export const unite = singleJob<unknown, unknown>(() => ({ detections: [], defaultCut: 0 }));
