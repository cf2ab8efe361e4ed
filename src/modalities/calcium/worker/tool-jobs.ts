// Answers around the detection: what other parameters would find in the part in view, places that look like a region, and how
// much the movie moves.
import { singleJob } from '../../../base/job.ts';
import type { Plane } from '../../../base/ndarray.ts';
import { drive } from '../../../base/steps.ts';
import { clearImages, frameShifts, makeReference, measureShifts, motionOf } from '../../../pipeline/motion/measure-shifts.ts';
import { shapeBranch } from '../../../pipeline/roi/detect/shape-branch.ts';
import { unite } from '../../../pipeline/roi/detect/unite.ts';
import { findAlike } from '../../../pipeline/roi/edit/find-alike.ts';
import type { MotionInput, MotionOutput } from '../shared/motion.ts';
import type { AlikeInput, AlikeOutput, PreviewInput, PreviewOutput } from '../shared/tools.ts';

/** Of larger cells the picture is made smaller first: the search takes longer the more pixels a cell has. */
const PREVIEW_RADIUS = 5;
const PREVIEW_ROUNDS = 3;

/** The shape search alone, on a small piece and with few learning rounds: an answer while a slider moves. */
export const preview = singleJob<PreviewInput, PreviewOutput>(async (input, { signal }) => {
  const factor = Math.max(1, Math.floor(input.radius / PREVIEW_RADIUS));
  const image = shrunk(input, factor);
  const radius = input.radius / factor;
  const shape = await drive(shapeBranch(image, radius, { surrogates: 1, rounds: PREVIEW_ROUNDS }), { signal });
  const { height, width } = image;
  const { sensitivity } = input;
  const { detections } = unite({
    shape,
    odd: null,
    even: null,
    smaller: null,
    larger: null,
    activity: [],
    labels: 'visible',
    sensitivity,
    radius,
    height,
    width,
  });
  const chosen = detections.filter((one) => one.chosen);
  const back = (place: number) => (place + 0.5) * factor - 0.5;
  return {
    row: Float64Array.from(chosen, ({ row }) => back(row)),
    col: Float64Array.from(chosen, ({ col }) => back(col)),
  };
});

/** Means over squares of factor × factor pixels; what is left over at the right and below is cut off. */
export function shrunk(
  { data, height, width }: Plane<Float64Array<ArrayBuffer>>,
  factor: number,
): Plane<Float64Array<ArrayBuffer>> {
  if (factor === 1) return { data, height, width };
  const [rows, cols] = [Math.floor(height / factor), Math.floor(width / factor)];
  const out = new Float64Array(rows * cols);
  for (let y = 0; y < rows * factor; y++)
    for (let x = 0; x < cols * factor; x++)
      out[Math.floor(y / factor) * cols + Math.floor(x / factor)]! += data[y * width + x]! / factor ** 2;
  return { data: out, height: rows, width: cols };
}

export const alike = singleJob<AlikeInput, AlikeOutput>(({ images, height, width, ...query }, { signal }) =>
  drive(findAlike({ ...query, images: images.map((data) => ({ data, height, width })) }), { signal }),
);

export const motion = singleJob<MotionInput, MotionOutput>(async ({ images, count, height, width, frames }, { signal }) => {
  const { image, from } = makeReference(images, count, height * width);
  const shifts = await drive(measureShifts(images, count, image, height, width), { signal });
  const clear = clearImages(shifts, from);
  return clear && { p99: motionOf(shifts, clear), shifts: frameShifts(shifts, clear, frames) };
});
