// Residual motion of a movie, measured on the middle of its binned images; pixels.
import { dtypeOf, makeArray, type NumericArray } from '../../../base/ndarray.ts';

export interface MotionInput {
  /** [image, row, column]. */
  readonly images: Uint16Array<ArrayBuffer>;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  /** Frames of the movie that the images are spread over. */
  readonly frames: number;
}

export interface MotionOutput {
  /** All but 1 % of the images lie within this of their median place. */
  readonly p99: number;
  readonly shifts: FrameShifts;
}

/** How far each frame has moved, whole pixels down and right. */
export interface FrameShifts {
  readonly rows: Int8Array<ArrayBuffer>;
  readonly cols: Int8Array<ArrayBuffer>;
}

/** The frame [row, column] moved back by its shift; the border repeats where nothing was recorded. */
export function movedBack(frame: NumericArray, height: number, width: number, rows: number, cols: number): NumericArray {
  if (rows === 0 && cols === 0) return frame;
  const out = makeArray(dtypeOf(frame), frame.length);
  const inside = (place: number, size: number) => Math.min(size - 1, Math.max(0, place));
  for (let row = 0; row < height; row++) {
    const from = inside(row + rows, height) * width;
    for (let col = 0; col < width; col++) out[row * width + col] = frame[from + inside(col + cols, width)]!;
  }
  return out;
}
