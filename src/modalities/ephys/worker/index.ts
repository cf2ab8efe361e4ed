// What the ephys modality does in workers.
import type { ModalityWorker } from '../../../base/job.ts';
import { openEphys } from './open.ts';
import { stripJob } from './strip-job.ts';

export const ephysWorker: ModalityWorker = {
  id: 'ephys',
  open: openEphys,
  jobs: { strip: stripJob },
};
