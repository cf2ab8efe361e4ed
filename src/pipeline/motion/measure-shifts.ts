// How far each image of a movie [image, row, column] has moved against a reference [row, column], in pixels: phase correlation with
// the spectrum smoothed, the peak refined by a parabola. A shift of (r, c) means that what lies at (y, x) of the reference lies at
// (y + r, x + c) of the image.
// Method: rigid registration as in suite2p (taper towards the mean, whitened spectra, Gaussian of 1.15 px), without its own code.
import type { Steps } from '../../base/steps.ts';
import { type Fft2, makeFft2 } from '../linalg/fft2.ts';

export interface Shifts {
  readonly rows: Float32Array<ArrayBuffer>;
  readonly cols: Float32Array<ArrayBuffer>;
  /** Per image: the height of the peak over the root mean square of all places. What does not resemble the reference has 3 or so. */
  readonly clarity: Float32Array<ArrayBuffer>;
}

/** Spectra are smoothed by a Gaussian of this many px; edges fade over so many. */
const SMOOTH = 1.15;
const FADE = 6;
/** Shifts are looked for within this share of the shorter side. */
const SEARCH = 0.1;

export function* measureShifts(
  images: ArrayLike<number>,
  count: number,
  reference: ArrayLike<number>,
  height: number,
  width: number,
): Steps<Shifts> {
  const pixels = height * width;
  const fft = makeFft2(height, width);
  const taper = taperOf(height, width);
  const mean = meanOf(reference, 0, pixels);
  const wanted = whitened(fft, reference, 0, taper, mean);
  const smooth = smoothing(height, width);
  // The reference's spectrum, conjugate and smoothed once for all.
  for (let i = 0; i < pixels; i++) {
    wanted[2 * i]! *= smooth[i]!;
    wanted[2 * i + 1]! *= -smooth[i]!;
  }
  const rows = new Float32Array(count);
  const cols = new Float32Array(count);
  const clarity = new Float32Array(count);
  const cross = new Float64Array(2 * pixels);
  const plane = new Float64Array(2 * pixels);
  for (let n = 0; n < count; n++) {
    const spectrum = whitened(fft, images, n * pixels, taper, meanOf(images, n * pixels, pixels));
    for (let i = 0; i < 2 * pixels; i += 2) {
      const [a, b, c, d] = [spectrum[i]!, spectrum[i + 1]!, wanted[i]!, wanted[i + 1]!];
      cross[i] = a * c - b * d;
      cross[i + 1] = a * d + b * c;
    }
    fft.inverse(cross, plane);
    const [row, col] = peakOf(plane, height, width);
    rows[n] = row;
    cols[n] = col;
    clarity[n] = clarityOf(plane, Math.round(row), Math.round(col), height, width);
    yield n / count;
  }
  return { rows, cols, clarity };
}

/** Images that are compared with each other for the reference, and how many of those that agree best are averaged. */
const COMPARED = 40;
const AVERAGED = 10;

export interface Reference {
  /** [row, column]. */
  readonly image: Float64Array<ArrayBuffer>;
  /** Numbers of the images that it is the mean of. */
  readonly from: readonly number[];
}

/** A sharp reference, although the movie moves: of some images, the mean of those most like the one that others are most like; never
 *  of more than half of them, so that others are left to judge it by. */
export function makeReference(images: ArrayLike<number>, count: number, pixels: number): Reference {
  const compared = Math.min(COMPARED, count);
  const numberOf = (n: number) => Math.floor(((n + 0.5) * count) / compared);
  const centred = Array.from({ length: compared }, (_, n) => {
    const from = numberOf(n) * pixels;
    const mean = meanOf(images, from, pixels);
    return Float64Array.from({ length: pixels }, (_, i) => images[from + i]! - mean);
  });
  const alike = centred.map((a) => centred.map((b) => product(a, b) / (Math.sqrt(product(a, a) * product(b, b)) || 1)));
  const kept = Math.max(1, Math.min(AVERAGED, compared >> 1));
  const orders = alike.map((row) => [...row.keys()].sort((a, b) => row[b]! - row[a]! || a - b).slice(0, kept));
  const scores = orders.map((order, n) => order.reduce((sum, other) => sum + alike[n]![other]!, 0));
  const best = scores.reduce((at, score, n) => (score > scores[at]! ? n : at), 0);
  const image = new Float64Array(pixels);
  const averaged = orders[best] ?? [];
  for (const n of averaged) for (let i = 0; i < pixels; i++) image[i]! += centred[n]![i]! / kept;
  return { image, from: averaged.map(numberOf) };
}

function product(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Peaks this clear are no chance: of noise alone not one in ten thousand is. */
const CLEAR = 6;
/** Motion is known where so many images, and this share of those that are not in the reference, are clear. */
const FEWEST_CLEAR = 4;
const CLEAR_SHARE = 0.8;

/** The images whose place is known; null where too few are to know how the movie moves. */
export function clearImages({ clarity }: Shifts, reference: readonly number[]): number[] | null {
  const others = [...clarity.keys()].filter((n) => !reference.includes(n));
  const known = others.filter((n) => clarity[n]! >= CLEAR);
  if (known.length < FEWEST_CLEAR || known.length < CLEAR_SHARE * others.length) return null;
  return [...clarity.keys()].filter((n) => clarity[n]! >= CLEAR);
}

/** Length of the shift that all but 1 % of some images stay below, against their median place, px; NaN of none. */
export function motionOf({ rows, cols }: Shifts, images: readonly number[]): number {
  const [row, col] = [rows, cols].map((values) => median(Float32Array.from(images, (n) => values[n]!))) as [number, number];
  const lengths = Float64Array.from(images, (n) => Math.hypot(rows[n]! - row, cols[n]! - col)).sort();
  return lengths[Math.min(lengths.length - 1, Math.floor(0.99 * lengths.length))] ?? Number.NaN;
}

/** Shifts are measured no finer, px. */
const FINENESS = 0.05;

/** Shifts for each of `frames` frames, px, by straight lines between the given images (rising), each at the middle of its frames. */
export function frameShifts(
  { rows, cols }: Shifts,
  images: readonly number[],
  frames: number,
): { rows: Float32Array<ArrayBuffer>; cols: Float32Array<ArrayBuffer> } {
  const count = rows.length;
  const between = (values: Float32Array) => {
    const middle = median(Float32Array.from(images, (n) => values[n]!));
    let next = 0;
    return Float32Array.from({ length: frames }, (_, frame) => {
      const at = ((frame + 0.5) / frames) * count - 0.5;
      while (next < images.length - 1 && images[next]! < at) next++;
      const [low, high] = [images[Math.max(0, next - 1)]!, images[next]!];
      const share = high > low ? Math.min(1, Math.max(0, (at - low) / (high - low))) : 0;
      const value = values[low]! + share * (values[high]! - values[low]!);
      return FINENESS * Math.round((value - middle) / FINENESS) + 0;
    });
  };
  return { rows: between(rows), cols: between(cols) };
}

function median(values: Float32Array): number {
  const sorted = values.slice().sort();
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

function meanOf(values: ArrayLike<number>, from: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[from + i]!;
  return sum / count;
}

/** The spectrum of one image, faded to its mean at the edges, every frequency of size 1. */
function whitened(fft: Fft2, images: ArrayLike<number>, from: number, taper: Float64Array, mean: number): Float64Array {
  const plane = new Float64Array(2 * taper.length);
  for (let i = 0; i < taper.length; i++) plane[2 * i] = (images[from + i]! - mean) * taper[i]!;
  const spectrum = new Float64Array(plane.length);
  fft.forward(plane, spectrum);
  for (let i = 0; i < spectrum.length; i += 2) {
    const size = Math.hypot(spectrum[i]!, spectrum[i + 1]!);
    const scale = size > 0 ? 1 / size : 0;
    spectrum[i]! *= scale;
    spectrum[i + 1]! *= scale;
  }
  return spectrum;
}

function taperOf(height: number, width: number): Float64Array {
  const edge = (place: number, size: number) => Math.min(1, (Math.min(place, size - 1 - place) + 0.5) / FADE);
  return Float64Array.from({ length: height * width }, (_, i) => edge(Math.floor(i / width), height) * edge(i % width, width));
}

/** The Fourier transform of a Gaussian of `SMOOTH` px. */
function smoothing(height: number, width: number): Float64Array {
  const power = (k: number, size: number) => ((2 * Math.PI * Math.min(k, size - k)) / size) ** 2;
  return Float64Array.from({ length: height * width }, (_, i) =>
    Math.exp(-0.5 * SMOOTH ** 2 * (power(Math.floor(i / width), height) + power(i % width, width))),
  );
}

/** The value at a place over the root mean square of all; `plane` is complex, cyclic. */
function clarityOf(plane: Float64Array, row: number, col: number, height: number, width: number): number {
  let power = 0;
  for (let i = 0; i < plane.length; i += 2) power += plane[i]! ** 2;
  const at = plane[2 * (((row + height) % height) * width + ((col + width) % width))]!;
  return power > 0 ? at / Math.sqrt((2 * power) / plane.length) : 0;
}

/** Place of the highest real value near 0, with fractions; `plane` is complex, cyclic. */
function peakOf(plane: Float64Array, height: number, width: number): [row: number, col: number] {
  const reach = Math.max(1, Math.round(SEARCH * Math.min(height, width)));
  const at = (row: number, col: number) => plane[2 * (((row + height) % height) * width + ((col + width) % width))]!;
  let best: [number, number] = [0, 0];
  for (let row = -reach; row <= reach; row++)
    for (let col = -reach; col <= reach; col++) if (at(row, col) > at(...best)) best = [row, col];
  const [row, col] = best;
  const here = at(row, col);
  const bend = (before: number, after: number) => {
    const curve = before - 2 * here + after;
    return curve < 0 ? Math.min(0.5, Math.max(-0.5, (before - after) / (2 * curve))) : 0;
  };
  return [row + bend(at(row - 1, col), at(row + 1, col)), col + bend(at(row, col - 1), at(row, col + 1))];
}
