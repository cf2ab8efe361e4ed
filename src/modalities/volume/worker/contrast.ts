// Histogram and automatic window of the planes on screen.
import type { NumericArray } from '../../../base/ndarray.ts';
import { autoContrast, visibleHistogram } from '../../../pipeline/volume/slice/contrast.ts';
import type { ContrastOutput } from '../shared/types.ts';

export function contrastOf(_input: null, planes: readonly NumericArray[]): ContrastOutput {
  const { counts, low: min, high: max } = visibleHistogram(planes);
  const [low, high] = autoContrast(planes) ?? [0, 1];
  return { counts, min, max, low, high };
}
