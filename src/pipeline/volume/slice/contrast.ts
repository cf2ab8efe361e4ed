// Contrast of what is visible: one histogram and one automatic window over all slices on screen together.
// Units: values of the volume. Pixels without a value (NaN) are left out.
import type { NumericArray } from '../../../base/ndarray.ts';
import { type Histogram, histogram, percentiles } from '../../image/percentiles.ts';

/** The per cents between which the automatic contrast of slices stretches. */
export const SLICE_CONTRAST = [1, 99] as const;

const SAMPLE = 65_536;

/** Evenly spaced values of all slices, at most about 65,536. */
function sampleOf(slices: readonly NumericArray[]): Float64Array<ArrayBuffer> {
  const total = slices.reduce((sum, slice) => sum + slice.length, 0);
  const step = Math.max(1, Math.ceil(total / SAMPLE));
  const sample = new Float64Array(slices.reduce((sum, slice) => sum + Math.ceil(slice.length / step), 0));
  let length = 0;
  for (const slice of slices) for (let i = 0; i < slice.length; i += step) sample[length++] = slice[i]!;
  return sample;
}

/** Counts of the visible values in `bins` equal bins over `range`, or from the lowest to the highest. */
export function visibleHistogram(
  slices: readonly NumericArray[],
  bins = 256,
  range?: readonly [low: number, high: number],
): Histogram {
  return histogram(sampleOf(slices), bins, range);
}

/** The window [low, high] that shows all but the darkest and brightest per cent; null where there is no value at all. */
export function autoContrast(slices: readonly NumericArray[]): [low: number, high: number] | null {
  const [low, high] = percentiles(sampleOf(slices), SLICE_CONTRAST) as [number, number];
  if (Number.isNaN(low)) return null;
  return high > low ? [low, high] : [low, low + 1];
}
