// Segmenting boxes of a volume: by a classifier that was trained on marks, by thresholds, by vesselness, by blobs.
import type { JobContext } from '../../../base/job.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { drive } from '../../../base/steps.ts';
import { extentOf, type Triple, voxelsOf } from '../../../base/volume.ts';
import { percentile } from '../../../pipeline/image/percentiles.ts';
import { blobReach, findBlobs, pruneBlobs } from '../../../pipeline/volume/cells/blobs.ts';
import { CELL_SIGMAS, cellOptions, paintBlobs } from '../../../pipeline/volume/cells/cells.ts';
import type { Core } from '../../../pipeline/volume/filter/gaussian.ts';
import { medianOf27 } from '../../../pipeline/volume/filter/ranks.ts';
import { vesselness } from '../../../pipeline/volume/filter/vesselness.ts';
import { bankReach, DEFAULT_BANK } from '../../../pipeline/volume/forest/features.ts';
import {
  collectTraining,
  joinTraining,
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
import { type LabelVolume, slabsOf, slicesOf, type Volume } from '../../../pipeline/volume/volume.ts';
import {
  type BoxToLabel,
  BY_BRIGHTNESS,
  type FoundMethod,
  isCut,
  isFound,
  isLearnt,
  type MarkFeatures,
  type Patch,
  type SegmentInput,
  type TrainInput,
} from '../shared/segment-types.ts';

/** Planes whose features are held at a time. */
const LEARNT_PLANES = 8;
const VESSEL_SIGMA = 1.5;
const VESSEL_REACH = 7;
/** The largest cells that are looked for, in voxels. */
const CELL_RADIUS = 7;
const PIECE_REACH = 8;

/** Features of the marks in a box of the image. */
export async function markFeatures(
  { shape }: { readonly shape: Triple },
  { image, voxel, label }: Patch,
  { signal }: JobContext,
): Promise<MarkFeatures> {
  const volume: Volume = { data: image as NumericArray, shape };
  const { data, label: marked } = await drive(collectTraining(volume, { voxel, label }, 0), { signal });
  return { data, label: marked };
}

export async function train(
  { kind, trees, classes }: TrainInput,
  parts: readonly MarkFeatures[],
  { signal, progress }: JobContext,
): Promise<Trained> {
  const set = joinTraining(parts, classes, DEFAULT_BANK);
  return drive(trainClassifier(set, kind, { trees }), { signal, onProgress: progress });
}

/** Voxels around a box that its labels depend on. */
export function reachOf({ method, median, smooth, least }: SegmentInput['settings']): number {
  if (isLearnt(method)) return bankReach(DEFAULT_BANK);
  if (method === 'cells') return blobReach(CELL_SIGMAS) + CELL_RADIUS;
  const grey = isCut(method) && median ? 1 : 0;
  if (method === 'multi-otsu') return grey;
  // An opening and a closing reach two radii each.
  return grey + (method === 'vessels' ? VESSEL_REACH : 0) + 4 * Math.ceil(smooth) + (least > 1 ? PIECE_REACH : 0);
}

/** Labels of a box; `data` are the voxels of the wider one, so that the labels are those that the whole volume would have there. */
export async function labelBox(input: BoxToLabel, data: NumericArray, context: JobContext): Promise<Uint8Array<ArrayBuffer>> {
  const { shape, from, to } = input;
  const planes = await labelPlanes(input, { data, shape }, { from: from[0], to: to[0] }, context);
  return planes.length === voxelsOf(extentOf(from, to)) ? planes : cropped(planes, input);
}

/** Of whole planes the rows and columns of the box. */
function cropped(planes: Uint8Array<ArrayBuffer>, { shape, from, to }: BoxToLabel): Uint8Array<ArrayBuffer> {
  const extent = extentOf(from, to);
  const out = new Uint8Array(voxelsOf(extent));
  for (let row = 0; row < extent[0] * extent[1]; row++) {
    const y = Math.floor(row / extent[1]) * shape[1] + from[1] + (row % extent[1]);
    out.set(planes.subarray(y * shape[2] + from[2], y * shape[2] + to[2]), row * extent[2]);
  }
  return out;
}

async function labelPlanes(
  input: SegmentInput,
  slab: Volume,
  core: Core,
  { signal, progress }: JobContext,
): Promise<Uint8Array<ArrayBuffer>> {
  const { settings, classifier } = input;
  const area = slab.shape[1] * slab.shape[2];
  if (settings.method === 'cells') return cellSlab(input, slab, core, signal);
  if (!isLearnt(settings.method)) return (await cutSlab(input, slab, signal)).data.slice(core.from * area, core.to * area);
  const out = new Uint8Array((core.to - core.from) * area);
  for (const part of slabsOf(slab.shape[0], LEARNT_PLANES, bankReach(DEFAULT_BANK), core)) {
    const own = { from: part.from - part.readFrom, to: part.to - part.readFrom };
    const { labels } = await drive(segmentSlab(slicesOf(slab, part.readFrom, part.readTo), own, classifier as Trained), {
      signal,
    });
    out.set(labels.data, (part.from - core.from) * area);
    progress((part.to - core.from) / (core.to - core.from));
  }
  return out;
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

/** Labels without the pieces that are smaller than `least`; those of a whole cutout, because only there the size of a piece is known. */
export async function dropPieces(
  { shape, least }: { readonly shape: Triple; readonly least: number },
  data: Uint8Array<ArrayBuffer>,
  { signal }: JobContext,
): Promise<Uint8Array<ArrayBuffer>> {
  const kept = await drive(filterBySize({ data, shape }, { least }), { signal });
  for (const [i, is] of kept.data.entries()) if (!is) data[i] = 0;
  return data;
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
