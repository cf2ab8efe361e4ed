// What each modality does in workers: one line a modality.
import type { ModalityWorker } from '../base/job.ts';
import { arrayWorker } from './array/worker/index.ts';
import { calciumWorker } from './calcium/worker/index.ts';
import { ephysWorker } from './ephys/worker/index.ts';
import { exampleWorker } from './example/worker/index.ts';
import { volumeWorker } from './volume/worker/index.ts';

export const modalityWorkers: readonly ModalityWorker[] = [calciumWorker, ephysWorker, volumeWorker, exampleWorker, arrayWorker];
