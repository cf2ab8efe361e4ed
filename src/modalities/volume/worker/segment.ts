// Segmenting slabs of a volume: by a classifier that was trained on marks, by thresholds, by vesselness, by blobs.
import type { Job, JobContext } from '../../../base/job.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { drive } from '../../../base/steps.ts';
import { percentile } from '../../../pipeline/image/percentiles.ts';
import { blobReach, findBlobs, pruneBlobs } from '../../../pipeline/volume/cells/blobs.ts';
import { CELL_SIGMAS, cellOptions, paintBlobs } from '../../../pipeline/volume/cells/cells.ts';
import type { Core } from '../../../pipeline/volume/filter/gaussian.ts';
import { medianOf27 } from '../../../pipeline/volume/filter/ranks.ts';
import { vesselness } from '../../../pipeline/volume/filter/vesselness.ts';
import { bankReach, DEFAULT_BANK } from '../../../pipeline/volume/forest/features.ts';
import {
  collectTraining,
  segmentSlab,
  type Classifier as Trained,
  trainClassifier,
} from '../../../pipeline/volume/forest/segment.ts';
import { closeMask, filterBySize, openMask } from '../../../pipeline/volume/label/morphology.ts';
import {
  labelByThresholds,
  levelCounts,
  liThreshold,
  maskBetween,
  otsuThresholds,
  triangleThreshold,
} from '../../../pipeline/volume/label/thresholds.ts';
import { type LabelVolume, slabsOf, type Volume } from '../../../pipeline/volume/volume.ts';
import {
  BY_BRIGHTNESS,
  type FoundMethod,
  isCut,
  isFound,
  isLearnt,
  type SegmentInput,
  type SegmentPart,
  type TrainInput,
  type TrainPayload,
} from '../shared/segment-types.ts';

/** Planes a part: few where a plane takes long, so that progress is seen; more where what lies around it is computed, too. */
const THICKNESS = { learnt: 8, cut: 32 } as const;
const VESSEL_SIGMA = 1.5;
const VESSEL_REACH = 7;
/** The largest cells that are looked for, in voxels. */
const CELL_RADIUS = 7;
const PIECE_REACH = 8;

export async function train(
  { kind, trees, classes, shape, seams }: TrainInput,
  payload: TrainPayload,
  context: JobContext,
): Promise<Trained> {
  const volume: Volume = { data: payload.image as NumericArray, shape };
  const { voxel, label } = payload;
  const set = await drive(collectTraining(volume, { voxel, label }, classes, DEFAULT_BANK, seams), {
    signal: context.signal,
    onProgress: (share) => context.progress(share * 0.6),
  });
  return drive(trainClassifier(set, kind, { trees }), {
    signal: context.signal,
    onProgress: (share) => context.progress(0.6 + share * 0.4),
  });
}

function reachOf({ method, median, smooth, least }: SegmentInput['settings']): number {
  if (isLearnt(method)) return bankReach(DEFAULT_BANK);
  if (method === 'cells') return blobReach(CELL_SIGMAS) + CELL_RADIUS;
  const grey = isCut(method) && median ? 1 : 0;
  if (method === 'multi-otsu') return grey;
  // An opening and a closing reach two radii each.
  return grey + (method === 'vessels' ? VESSEL_REACH : 0) + 4 * Math.ceil(smooth) + (least > 1 ? PIECE_REACH : 0);
}

export const segment: Job<SegmentInput, SegmentPart, Uint8Array<ArrayBuffer>, never, Uint8Array<ArrayBuffer>> = {
  split: (input) => {
    const { shape, from, to, seams } = input;
    const thickness = isLearnt(input.settings.method) ? THICKNESS.learnt : THICKNESS.cut;
    return slabsOf(shape[0], thickness, reachOf(input.settings), { from, to, seams });
  },
  run: (input, part, context, payload) => labelSlab(input, part, payload as NumericArray, context),
  merger: ({ shape, from, to }) => {
    const area = shape[1] * shape[2];
    const out = new Uint8Array((to - from) * area);
    let at = 0;
    return {
      add: (labels) => {
        out.set(labels, at);
        at += labels.length;
      },
      finish: () => out,
    };
  },
};

/** Labels of the part's planes; `data` holds those that are read. */
export async function labelSlab(
  input: SegmentInput,
  { from, to, readFrom, readTo }: SegmentPart,
  data: NumericArray,
  { signal, progress }: JobContext,
): Promise<Uint8Array<ArrayBuffer>> {
  const { shape, settings, classifier } = input;
  const slab: Volume = { data, shape: [readTo - readFrom, shape[1], shape[2]] };
  const core = { from: from - readFrom, to: to - readFrom };
  if (isLearnt(settings.method)) {
    const labelled = await drive(segmentSlab(slab, core, classifier as Trained), { signal, onProgress: progress });
    return labelled.labels.data;
  }
  if (settings.method === 'cells') return cellSlab(input, slab, core, signal);
  const labels = await cutSlab(input, slab, signal);
  const area = shape[1] * shape[2];
  return labels.data.slice(core.from * area, core.to * area);
}

/** Cells in the core, also those whose centres lie a radius beyond it. */
async function cellSlab(
  { thresholds, target }: SegmentInput,
  slab: Volume,
  core: Core,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const wide = { from: Math.max(0, core.from - CELL_RADIUS), to: Math.min(slab.shape[0], core.to + CELL_RADIUS) };
  const blobs = pruneBlobs(await drive(findBlobs(slab, cellOptions(thresholds[0] ?? 0), wide), { signal }));
  const [, height, width] = slab.shape;
  const labels = {
    data: new Uint8Array((core.to - core.from) * height * width),
    shape: [core.to - core.from, height, width] as const,
  };
  paintBlobs(labels, core.from, blobs, target);
  return labels.data;
}

async function cutSlab({ settings, thresholds, target }: SegmentInput, grey: Volume, signal: AbortSignal): Promise<LabelVolume> {
  const { method, darker, smooth, least } = settings;
  const slab = isCut(method) && settings.median ? await drive(medianOf27(grey), { signal }) : grey;
  if (method === 'multi-otsu') {
    const classes = BY_BRIGHTNESS[thresholds.length + 1] ?? [];
    const cut = labelByThresholds(slab, thresholds);
    for (const [i, level] of cut.data.entries()) cut.data[i] = classes[level] ?? 0;
    return cut;
  }
  let mask: LabelVolume;
  if (method === 'vessels') {
    const tubes = await drive(vesselness(slab, { sigma: VESSEL_SIGMA, contrast: VESSEL_CONTRAST }), { signal });
    mask = maskBetween(tubes, settings.vesselness, Number.POSITIVE_INFINITY);
  } else {
    const [level = settings.threshold] = thresholds;
    // Levels above a threshold that was found are in front; one that somebody set belongs to what is asked for.
    const below = isFound(method) ? level : level - 1e-9;
    mask = darker
      ? maskBetween(slab, Number.NEGATIVE_INFINITY, below)
      : maskBetween(slab, below + 1e-9, Number.POSITIVE_INFINITY);
  }
  if (smooth > 0)
    mask = await drive(closeMask(await drive(openMask(mask, { radius: smooth }), { signal }), { radius: smooth }), { signal });
  if (least > 1) mask = await drive(filterBySize(mask, { least }), { signal });
  for (const [i, is] of mask.data.entries()) mask.data[i] = is ? target : 0;
  return mask;
}

/** Half of the strongest second derivative of a black vessel in grey tissue, so that slabs agree. */
const VESSEL_CONTRAST = 12;

const BINS = 256;

export interface ThresholdsInput {
  readonly rule: FoundMethod;
  /** Of Otsu's rule: more than 2 give as many thresholds less one. */
  readonly classes: number;
}

/** Thresholds of sampled grey values, in their own unit. */
export function findThresholds({ rule, classes }: ThresholdsInput, sample: NumericArray): number[] {
  if (sample instanceof Uint8Array) return thresholdsOf(rule, levelCounts(sample), classes);
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of sample) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const step = (high - low) / (BINS - 1) || 1;
  const counts = new Uint32Array(BINS);
  for (const value of sample) counts[Math.round((value - low) / step)]!++;
  return thresholdsOf(rule, counts, classes).map((level) => low + level * step);
}

function thresholdsOf(rule: FoundMethod, counts: Uint32Array, classes: number): number[] {
  if (rule === 'otsu') return otsuThresholds(counts, classes);
  return [rule === 'li' ? liThreshold(counts) : triangleThreshold(counts)];
}

/** The grey level of the tissue. */
export function medianOf(_input: null, sample: NumericArray): number {
  return percentile(sample, 50);
}
