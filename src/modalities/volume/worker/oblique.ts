// A tilted plane through a position, as large as an XY plane: image trilinear, labels nearest. Of volumes larger than memory only the box
// that the plane crosses is read, at the finest level where that box can be held.
import type { JobContext } from '../../../base/job.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { extentOf, type Triple, voxelsOf } from '../../../base/volume.ts';
import { STORED_BYTES, type VolumeReader } from '../../../formats/volume.ts';
import {
  type ObliqueFrame,
  positionInFrame,
  sliceOblique,
  turnFrame,
  uprightFrame,
} from '../../../pipeline/volume/slice/oblique.ts';
import type { LoadedImage, ObliqueInput, ObliqueOutput, TiltedInput } from '../shared/types.ts';
import { coarseVolume } from './read.ts';
import { knownReader } from './readers.ts';

export interface ObliquePayload {
  readonly image: NumericArray;
  readonly labels: readonly (Uint8Array<ArrayBuffer> | null)[];
}

const RADIANS = Math.PI / 180;
/** Most bytes of the box that a plane of a large volume crosses. */
const MOST_BYTES = 64 * 2 ** 20;
/** Most pixels along an edge. */
const MOST_PIXELS = 2048;

/** The frame is centred on the crosshair along the viewing direction only, so that the picture stays where it is. */
function tilted({ shape, centre, tilt }: ObliqueInput): ObliqueFrame {
  const upright = uprightFrame('XY', [centre[0], (shape[1] - 1) / 2, (shape[2] - 1) / 2]);
  return turnFrame(turnFrame(upright, 'right', tilt.across * RADIANS), 'down', tilt.down * RADIANS);
}

export function cutOblique(input: ObliqueInput, { image, labels }: ObliquePayload): ObliqueOutput {
  const { shape } = input;
  const frame = tilted(input);
  const size = { height: shape[1], width: shape[2], step: 1 };
  return {
    ...size,
    image: sliceOblique({ data: image, shape }, frame, size, 'linear').data,
    labels: labels.map((data) => data && sliceOblique({ data, shape }, frame, size, 'nearest').data),
  };
}

/** null: the listing is needed. */
export async function cutTilted(input: TiltedInput, { signal }: JobContext): Promise<ObliqueOutput | null> {
  const reader = await knownReader(input, signal);
  if (!reader) return null;
  const { shape } = input;
  const frame = tilted(input);
  const step = Math.max(1, Math.max(shape[1], shape[2]) / MOST_PIXELS);
  const size = { height: Math.ceil(shape[1] / step), width: Math.ceil(shape[2] / step), step };
  const levels = [reader, ...(reader.levels ?? [])];
  const boxes = levels.map((level) => crossedBox(frame, size, shape, level));
  const fits = boxes.findIndex(
    (box, i) => box && voxelsOf(extentOf(box.from, box.to)) * STORED_BYTES[levels[i]!.stored] <= MOST_BYTES,
  );
  const part = fits < 0 ? await wholeCoarse(reader, input, signal) : await readBoxOf(levels[fits]!, boxes[fits]!, signal);
  const by = input.labels ? 'nearest' : 'linear';
  const image = sliceOblique(part.volume, scaled(frame, shape, part.level, part.from), size, by).data;
  return { ...size, image, labels: [null, null] };
}

interface Part {
  readonly volume: { readonly data: NumericArray; readonly shape: Triple };
  /** Shape of the level that it is a part of, and where it begins there. */
  readonly level: Triple;
  readonly from: Triple;
}

async function readBoxOf(level: VolumeReader, { from, to }: Box, signal: AbortSignal): Promise<Part> {
  return { volume: { data: await level.readBox(from, to, signal), shape: extentOf(from, to) }, level: level.shape, from };
}

/** The coarse volumes that were made last: an image and its labels are looked at, and turned many times. */
let kept: readonly { readonly key: string; readonly coarse: LoadedImage }[] = [];
const MOST_KEPT = 3;

async function wholeCoarse(reader: VolumeReader, { key: name, order, labels }: TiltedInput, signal: AbortSignal): Promise<Part> {
  const key = JSON.stringify([name, order, labels && [...(labels.table ?? [])]]);
  const coarse = kept.find((one) => one.key === key)?.coarse ?? (await coarseVolume(reader, signal));
  kept = [...kept.filter((one) => one.key !== key), { key, coarse }].slice(-MOST_KEPT);
  return { volume: coarse, level: coarse.shape, from: [0, 0, 0] };
}

interface Box {
  readonly from: Triple;
  readonly to: Triple;
}

type Size = { readonly height: number; readonly width: number; readonly step: number };

/** The voxels of a level that the plane comes near; at least one along each axis. */
function crossedBox(frame: ObliqueFrame, size: Size, shape: Triple, { shape: own }: VolumeReader): Box {
  const { height, width } = size;
  const corners = [0, height - 1].flatMap((row) => [0, width - 1].map((column) => positionInFrame(frame, row, column, size)));
  const limit = (axis: number, pick: (...values: number[]) => number) =>
    ((pick(...corners.map((corner) => corner[axis]!)) + 0.5) * own[axis]!) / shape[axis]!;
  const from = own.map((extent, axis) => Math.min(extent - 1, Math.max(0, Math.floor(limit(axis, Math.min)) - 1)));
  const to = own.map((extent, axis) => Math.max(from[axis]! + 1, Math.min(extent, Math.ceil(limit(axis, Math.max)) + 2)));
  return { from: from as unknown as Triple, to: to as unknown as Triple };
}

/** The same plane in the voxels of a box of a level. */
function scaled({ centre, right, down }: ObliqueFrame, shape: Triple, own: Triple, from: Triple): ObliqueFrame {
  const share = (axis: number) => own[axis]! / shape[axis]!;
  const turn = (values: Triple) => values.map((value, axis) => value * share(axis)) as unknown as Triple;
  const moved = centre.map((value, axis) => (value + 0.5) * share(axis) - 0.5 - from[axis]!) as unknown as Triple;
  return { centre: moved, right: turn(right), down: turn(down) };
}
