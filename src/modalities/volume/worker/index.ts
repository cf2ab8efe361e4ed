// Volumes in workers: opening, reading, cutting, scoring and segmenting.
import { type Job, type JobContext, type ModalityWorker, singleJob } from '../../../base/job.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import type {
  BoxInput,
  CoarseInput,
  LoadedImage,
  LoadedLabels,
  LoadInput,
  ObliqueInput,
  ObliqueOutput,
} from '../shared/types.ts';
import { readAnswers, scoreAnswers, scoreEmbeddings } from './answers.ts';
import { contrastOf } from './contrast.ts';
import { addChecksum, encode, endFile, startFile } from './encode.ts';
import { type FindInput, findItems } from './find.ts';
import { cutOblique, cutTilted, type ObliquePayload } from './oblique.ts';
import { open } from './open.ts';
import { readCoarse, readPart, readWhole } from './read.ts';
import { makeReport, reportFiles } from './report.ts';
import { findCentres, score, scoreCells, scoreFiles } from './score.ts';
import { dropPieces, findThresholds, labelBox, markFeatures, medianOf, reachOf, train } from './segment.ts';
import { countLabels } from './stream.ts';

/** A job of one part whose data are handed over beside its input. */
export function payloadJob<I, P, O>(
  run: (input: I, payload: P, context: JobContext) => Promise<O> | O,
): Job<I, null, O, never, O> {
  return {
    ...singleJob<I, O>(() => Promise.reject(new Error('no payload'))),
    run: async (input, _part, context, payload) => run(input, payload as P, context),
  };
}

export const volumeWorker: ModalityWorker = {
  id: 'volume',
  open,
  jobs: {
    load: singleJob<LoadInput, LoadedImage | LoadedLabels>(readWhole),
    box: singleJob<BoxInput, NumericArray | null>(readPart),
    coarse: singleJob<CoarseInput, LoadedImage>(readCoarse),
    find: singleJob<FindInput, Awaited<ReturnType<typeof findItems>>>(findItems),
    answers: singleJob(readAnswers),
    score,
    scoreFiles,
    countLabels,
    centres: payloadJob(findCentres),
    cells: singleJob(scoreCells),
    task1: payloadJob(scoreAnswers),
    embeddings: payloadJob(scoreEmbeddings),
    features: payloadJob(markFeatures),
    train: payloadJob(train),
    thresholds: payloadJob(findThresholds),
    median: payloadJob(medianOf),
    reach: singleJob(reachOf),
    labelBox: payloadJob(labelBox),
    dropPieces: payloadJob(dropPieces),
    startFile: singleJob(startFile),
    endFile: singleJob(endFile),
    checksum: payloadJob(addChecksum),
    contrast: payloadJob(contrastOf),
    report: payloadJob(makeReport),
    reportFiles,
    encode: payloadJob(encode),
    tilted: singleJob(cutTilted),
    oblique: payloadJob<ObliqueInput, ObliquePayload, ObliqueOutput>(cutOblique),
  },
};
