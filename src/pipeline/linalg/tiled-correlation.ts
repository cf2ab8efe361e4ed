// Correlation of one image with many small kernels, zero beyond the border, by overlapping Fourier tiles (overlap-save):
// out[i, j] = Σ image[i + y, j + x] · kernel[y + half, x + half]. Two kernels ride on one complex transform.
// The spectra of the image's tiles are kept, so that two further kernels cost one inverse transform a tile. All kernels are
// done tile by tile, so that what is written of a tile stays in the cache.
import type { Plane } from '../../base/ndarray.ts';
import type { Steps } from '../../base/steps.ts';
import { type Fft2, makeFft2 } from './fft2.ts';

export interface TiledCorrelator {
  /** Correlates with kernels of (2 half + 1)² numbers; result k goes to out[pixel · stride + slots[k]]. */
  correlate(kernels: readonly Float64Array[], out: Float64Array, stride: number, slots: readonly number[]): Steps<void>;
}

const TILE_SIDES = [64, 128, 256] as const;
const transforms = new Map<number, Fft2>();

/** Prepares the tiles of `image` for kernels of side 2 · half + 1 (half at most 100). */
export function* tileImage(image: Plane<Float64Array<ArrayBuffer>>, half: number): Steps<TiledCorrelator> {
  const { height, width, data } = image;
  const side = chooseSide(height, width, half);
  const fft = transforms.get(side) ?? makeFft2(side, side);
  transforms.set(side, fft);
  const core = side - 2 * half;
  const work = new Float64Array(2 * side * side);
  const tiles: { row: number; col: number; spectrum: Float64Array }[] = [];
  for (let row = 0; row < height; row += core) {
    for (let col = 0; col < width; col += core) {
      work.fill(0);
      const left = Math.max(0, col - half);
      const right = Math.min(width, col + core + half);
      for (let y = Math.max(0, row - half); y < Math.min(height, row + core + half); y++) {
        const to = (y - row + half) * side - col + half;
        for (let x = left; x < right; x++) work[2 * (to + x)] = data[y * width + x]!;
      }
      const spectrum = new Float64Array(2 * side * side);
      fft.forward(work, spectrum);
      tiles.push({ row, col, spectrum });
      yield (row * width + col * core) / (height * width);
    }
  }
  const product = new Float64Array(2 * side * side);
  return {
    *correlate(kernels, out, stride, slots) {
      const pairs: { kernel: Float64Array; first: number; second: number }[] = [];
      for (let k = 0; k < kernels.length; k += 2) {
        // Kernels go in pairs; an odd last one goes with itself.
        const other = Math.min(k + 1, kernels.length - 1);
        const kernel = new Float64Array(2 * side * side);
        placeReversed(kernels[k]!, kernels[other]!, half, side, work);
        fft.forward(work, kernel);
        pairs.push({ kernel, first: slots[k]!, second: slots[other]! });
      }
      for (const [index, { row, col, spectrum }] of tiles.entries()) {
        const place = { row, col, rows: Math.min(core, height - row), cols: Math.min(core, width - col) };
        for (const { kernel, first, second } of pairs) {
          multiply(spectrum, kernel, product);
          fft.inverse(product, work);
          writeTile(work, half, side, place, out, width, stride, first, second);
        }
        yield index / tiles.length;
      }
    },
  };
}

/** The real parts of a tile's core to slot `first`, the imaginary ones to `second`. */
function writeTile(
  work: Float64Array,
  half: number,
  side: number,
  { row, col, rows, cols }: { row: number; col: number; rows: number; cols: number },
  out: Float64Array,
  width: number,
  stride: number,
  first: number,
  second: number,
): void {
  for (let y = 0; y < rows; y++) {
    let from = 2 * ((y + half) * side + half);
    let to = ((row + y) * width + col) * stride;
    for (let x = 0; x < cols; x++, from += 2, to += stride) {
      out[to + first] = work[from]!;
      out[to + second] = work[from + 1]!;
    }
  }
}

/** The tile side with the least work: number of tiles × n² log n. */
function chooseSide(height: number, width: number, half: number): number {
  const work = (side: number) => {
    const core = side - 2 * half;
    return core < 1 ? Infinity : Math.ceil(height / core) * Math.ceil(width / core) * side * side * Math.log2(side);
  };
  return TILE_SIDES.reduce((best, side) => (work(side) < work(best) ? side : best), 256);
}

/** The two kernels, reversed about the origin, as real and imaginary part: the product of spectra is then the correlation. */
function placeReversed(a: Float64Array, b: Float64Array, half: number, side: number, work: Float64Array): void {
  work.fill(0);
  const size = 2 * half + 1;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const to = 2 * (((half - y + side) % side) * side + ((half - x + side) % side));
      work[to] = a[y * size + x]!;
      work[to + 1] = b[y * size + x]!;
    }
  }
}

function multiply(a: Float64Array, b: Float64Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i += 2) {
    const re = a[i]!;
    const im = a[i + 1]!;
    out[i] = re * b[i]! - im * b[i + 1]!;
    out[i + 1] = re * b[i + 1]! + im * b[i]!;
  }
}
