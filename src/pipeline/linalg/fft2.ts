// Two-dimensional discrete Fourier transform of any size, on complex planes with interleaved numbers (re, im, re, im …).
// Planes are [row, column], spectra [row frequency, column frequency], both in C order.
import { type Fourier, makeFourier } from '../signal/fourier.ts';

export interface Fft2 {
  readonly height: number;
  readonly width: number;
  /** Writes the spectrum [row frequency, column frequency] of `plane`; 2 · height · width numbers each, two arrays. */
  forward(plane: Float64Array, spectrum: Float64Array): void;
  /** Writes the plane of a spectrum, the factor 1 / (height · width) included. */
  inverse(spectrum: Float64Array, plane: Float64Array): void;
}

/** Rows that are written together, so that each write fills whole cache lines. */
const BLOCK = 8;

export function makeFft2(height: number, width: number): Fft2 {
  const alongRow = makeFourier(width);
  const alongColumn = makeFourier(height);
  const turned = new Float64Array(2 * height * width);
  const rowPass = makePass(alongRow);
  const columnPass = makePass(alongColumn);
  const scale = 1 / (height * width);
  return {
    height,
    width,
    forward(plane, spectrum) {
      rowPass(plane, height, turned, 0, 1);
      columnPass(turned, width, spectrum, 0, 1);
    },
    inverse(spectrum, plane) {
      // With re and im exchanged before and after, a forward transform is the inverse one.
      rowPass(spectrum, height, turned, 1, 1);
      columnPass(turned, width, plane, 0, scale);
      for (let i = 0; i < 2 * height * width; i += 2) {
        const im = plane[i]!;
        plane[i] = plane[i + 1]!;
        plane[i + 1] = im;
      }
    },
  };
}

type Pass = (source: Float64Array, rows: number, target: Float64Array, exchange: 0 | 1, scale: number) => void;

/** Transforms every row of source [row, n] and writes it as a column of target [n, row]. */
function makePass({ length, transform }: Fourier): Pass {
  const input = new Float64Array(2 * length);
  const outputs = Array.from({ length: BLOCK }, () => new Float64Array(2 * length));
  return (source, rows, target, exchange, scale) => {
    for (let first = 0; first < rows; first += BLOCK) {
      const count = Math.min(BLOCK, rows - first);
      for (let r = 0; r < count; r++) {
        const from = 2 * (first + r) * length;
        for (let i = 0; i < 2 * length; i += 2) {
          input[i] = source[from + i + exchange]!;
          input[i + 1] = source[from + i + 1 - exchange]!;
        }
        transform(outputs[r]!, input);
      }
      for (let r = 0; r < count; r++) {
        const output = outputs[r]!;
        for (let i = 0, to = 2 * (first + r); i < 2 * length; i += 2, to += 2 * rows) {
          target[to] = output[i]! * scale;
          target[to + 1] = output[i + 1]! * scale;
        }
      }
    }
  };
}
