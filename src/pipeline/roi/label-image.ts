// Regions as one image of numbers, as segmentation tools exchange them: [row, column], uint16, 0 where there is no region.
import { SomascopeError } from '../../base/errors.ts';
import type { Region } from '../../base/region.ts';

export const LARGEST_LABEL = 65_535;

/**
 * The label image; `labels` holds a number above 0 per region. A pixel of several regions gets the label of the first.
 * Fractional coordinates belong to the pixel they lie in; those outside the image are left out. Throws Unsupported above 65,535.
 */
export function labelImage(
  regions: readonly Region[],
  labels: readonly number[],
  height: number,
  width: number,
): Uint16Array<ArrayBuffer> {
  const largest = labels.reduce((top, label) => Math.max(top, label), 0);
  if (largest > LARGEST_LABEL) {
    const message = `A label mask of 16 bits holds numbers up to ${LARGEST_LABEL}; the regions go to ${largest}.`;
    throw new SomascopeError('Unsupported', message, {}, 'Raise the confidence cut, then save again.');
  }
  const image = new Uint16Array(height * width);
  regions.forEach(({ points, dims }, index) => {
    for (let i = 0; i + 1 < points.length; i += dims) {
      const row = Math.floor(points[i]!);
      const col = Math.floor(points[i + 1]!);
      if (row < 0 || col < 0 || row >= height || col >= width) continue;
      if (image[row * width + col] === 0) image[row * width + col] = labels[index]!;
    }
  });
  return image;
}
