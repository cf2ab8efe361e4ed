// What the ephys modality does in workers.
import type { ModalityWorker } from '../../../base/job.ts';
import { boardJob } from './board-job.ts';
import { addressJob, checksumJob } from './checksum-jobs.ts';
import { compareJob, matchJob } from './compare-job.ts';
import { correlogramJob } from './correlogram-job.ts';
import { detectJob, peaksJob } from './detect-job.ts';
import { curationJob, firingsJob, npyJob, phyJob, sortingNpzJob } from './export-jobs.ts';
import { flatJob, flatPreviewJob } from './flat-job.ts';
import { motionJob } from './motion-job.ts';
import { openEphys } from './open.ts';
import { phyPlaneJob, phySampleJob } from './phy-jobs.ts';
import { projectJob } from './project-job.ts';
import { qualityJob } from './quality-job.ts';
import { readCurationJob } from './read-curation-job.ts';
import { shapeJob } from './shape-job.ts';
import { similarityJob, sorterTemplatesJob } from './sorter-template-jobs.ts';
import { sortingJob } from './sorting-job.ts';
import { spikeJob } from './spike-job.ts';
import { stripJob } from './strip-job.ts';
import { subsetHeadJob, subsetPieceJob, subsetTailJob } from './subset-jobs.ts';
import { templateJob } from './template-job.ts';
import { trainJob } from './train-job.ts';
import { waveformJob } from './waveform-job.ts';

export const ephysWorker: ModalityWorker = {
  id: 'ephys',
  open: openEphys,
  jobs: {
    addresses: addressJob,
    board: boardJob,
    checksum: checksumJob,
    compare: compareJob,
    correlograms: correlogramJob,
    curation: curationJob,
    detect: detectJob,
    firings: firingsJob,
    flat: flatJob,
    flatPreview: flatPreviewJob,
    match: matchJob,
    motion: motionJob,
    npy: npyJob,
    peaks: peaksJob,
    phy: phyJob,
    phyPlane: phyPlaneJob,
    phySample: phySampleJob,
    project: projectJob,
    quality: qualityJob,
    readCuration: readCurationJob,
    shapes: shapeJob,
    similarity: similarityJob,
    sorterTemplates: sorterTemplatesJob,
    sorting: sortingJob,
    sortingNpz: sortingNpzJob,
    spikes: spikeJob,
    strip: stripJob,
    subsetHead: subsetHeadJob,
    subsetPiece: subsetPieceJob,
    subsetTail: subsetTailJob,
    templates: templateJob,
    trains: trainJob,
    waveforms: waveformJob,
  },
};
