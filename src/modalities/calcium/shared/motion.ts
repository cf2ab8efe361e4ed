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

/** Null where motion cannot be known: too few images, or none that another is like (no texture, or too much noise). */
export type MotionOutput = KnownMotion | null;

export interface KnownMotion {
  /** All but 1 % of the images lie within this of their median place. */
  readonly p99: number;
  readonly shifts: FrameShifts;
}

/** How far each frame has moved, px down and right. */
export interface FrameShifts {
  readonly rows: Float32Array<ArrayBuffer>;
  readonly cols: Float32Array<ArrayBuffer>;
}

/** The frame [row, column] moved back by its shift, bilinearly; the border repeats where nothing was recorded. Whole numbers are rounded. */
export function movedBack(frame: NumericArray, height: number, width: number, rows: number, cols: number): NumericArray {
  if (rows === 0 && cols === 0) return frame;
  const dtype = dtypeOf(frame);
  const out = makeArray(dtype, frame.length);
  const half = dtype.startsWith('float') ? 0 : 0.5;
  const inside = (place: number, size: number) => Math.min(size - 1, Math.max(0, place));
  const [down, right] = [Math.floor(rows), Math.floor(cols)];
  const [below, beside] = [rows - down, cols - right];
  const lefts = Int32Array.from({ length: width + 1 }, (_, col) => inside(col + right, width));
  for (let row = 0; row < height; row++) {
    const upper = inside(row + down, height) * width;
    // A pixel of weight 0 is not read: it may have no value.
    const lower = below === 0 ? upper : inside(row + down + 1, height) * width;
    for (let col = 0; col < width; col++) {
      const left = lefts[col]!;
      const next = beside === 0 ? left : lefts[col + 1]!;
      const top = (1 - beside) * frame[upper + left]! + beside * frame[upper + next]!;
      const bottom = (1 - beside) * frame[lower + left]! + beside * frame[lower + next]!;
      const value = (1 - below) * top + below * bottom;
      out[row * width + col] = half === 0 ? value : Math.floor(value + half);
    }
  }
  return out;
}
