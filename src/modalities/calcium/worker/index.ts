// What the calcium modality does in workers: one line a job.
import type { ModalityWorker } from '../../../base/job.ts';
import { agreement, consensus } from './agreement-jobs.ts';
import { clipCluster, clipCues, clipHead, zipDirectory, zipHeader } from './clip-jobs.ts';
import { layerScore, matchStories } from './compare-jobs.ts';
import { activity, radius, shape, unite } from './detection-jobs.ts';
import { editRegion, grow, measures, transients } from './edit-jobs.ts';
import { labelMask, npy, pngText, regionsJson, roiSet, submissionCheck, submissionJson, tracesCsv } from './export-jobs.ts';
import { frames } from './frames-job.ts';
import { maxCorrelation, pnr } from './image-jobs.ts';
import { readLayers } from './layer-job.ts';
import { open } from './open.ts';
import { contrast, readTextFile } from './region-jobs.ts';
import { curves, outlines, score } from './score-jobs.ts';
import { summary } from './summary-job.ts';
import { alike, motion, preview } from './tool-jobs.ts';
import { demix, processOne, traces } from './trace-jobs.ts';
import { verify } from './verify-job.ts';

export const calciumWorker: ModalityWorker = {
  id: 'calcium',
  open,
  jobs: {
    frames,
    summary,
    contrast,
    pnr,
    'max-correlation': maxCorrelation,
    radius,
    shape,
    activity,
    unite,
    preview,
    alike,
    motion,
    traces,
    'process-trace': processOne,
    demix,
    score,
    curves,
    outlines,
    'layer-score': layerScore,
    'match-stories': matchStories,
    'edit-region': editRegion,
    grow,
    measures,
    transients,
    'read-regions': readLayers,
    text: readTextFile,
    npy,
    'regions-json': regionsJson,
    'submission-json': submissionJson,
    'submission-check': submissionCheck,
    'traces-csv': tracesCsv,
    'roi-set': roiSet,
    'label-mask': labelMask,
    'png-text': pngText,
    verify,
    agreement,
    consensus,
    'clip-head': clipHead,
    'clip-cluster': clipCluster,
    'clip-cues': clipCues,
    'zip-header': zipHeader,
    'zip-directory': zipDirectory,
  },
};
