// The largest correlation image over stretches of a movie, each with its own mean and deviation (CaImAn
// `max_correlation_image`): a cell that is active once is not averaged away. Images are [row, column].
import { SomascopeError } from '../../base/errors.ts';
import { dtypeOf } from '../../base/ndarray.ts';
import { type Steps, within } from '../../base/steps.ts';
import type { RowBand } from './correlation-pnr.ts';
import { addingFrames, makeSums, needsOffset } from './movie-sums.ts';
import { localCorrelation } from './summary-images.ts';

export interface Stretches {
  readonly count: number;
  /** Frames of each; frames after the last one are left out. */
  readonly length: number;
}

/** CaImAn's rule: a short remainder is spread over the stretches, a long one is left out. */
export function correlationStretches(frames: number, binSize = 1000): Stretches {
  if (frames <= binSize) return { count: 1, length: frames };
  const length = frames % binSize < binSize / 2 ? Math.floor(frames / Math.floor(frames / binSize)) : binSize;
  return { count: Math.floor(frames / length), length };
}

/** Writes the larger of both to `into`. */
export function keepLargest(into: Float32Array, image: Float32Array): void {
  for (let i = 0; i < into.length; i++) if (!(into[i]! >= image[i]!)) into[i] = image[i]!;
}

/** 8 neighbours, over all frames of `band`; a band of rows is right but for its first and last row, unless the image ends there. */
export function* maxCorrelationImage(band: RowBand, binSize = 1000): Steps<Float32Array<ArrayBuffer>> {
  const { frames, height, width } = band;
  const [first] = frames;
  if (!first) throw new SomascopeError('Invalid', 'A correlation image needs frames.');
  const dtype = dtypeOf(first);
  const { count, length } = correlationStretches(frames.length, binSize);
  const image = new Float32Array(height * width).fill(Number.NaN);
  for (let n = 0; n < count; n++) {
    const stretch = frames.slice(n * length, (n + 1) * length);
    const sums = makeSums(height, width, dtype, needsOffset(dtype) ? { offset: stretch[0]! } : {});
    yield* within(addingFrames(sums, stretch), n / count, (n + 1) / count);
    keepLargest(image, localCorrelation(sums, 8));
  }
  return image;
}
