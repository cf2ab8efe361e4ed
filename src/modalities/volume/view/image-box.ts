// A box [z, y, x] of the image on screen: from memory, or from its file where the whole is too large to be held.
import { SomascopeError } from '../../../base/errors.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { type Box, cutBox } from '../shared/boxes.ts';
import { askKnown } from './ask-known.ts';
import { coarseOf, isTooLarge } from './bricks.ts';
import { imageOf, type VolumeDataset } from './datasets.ts';
import { type Layer, shownLayer } from './store.ts';

/** The image of which boxes can be read; undefined where there is none, or none yet. */
export function readableImage(dataset: VolumeDataset): Layer | undefined {
  const layer = shownLayer(dataset.store.getState(), 'image');
  if (!layer) return undefined;
  return imageOf(dataset) || (isTooLarge(dataset, layer) && coarseOf(dataset, layer)) ? layer : undefined;
}

export async function readImageBox(dataset: VolumeDataset, box: Box, signal?: AbortSignal): Promise<NumericArray> {
  const held = imageOf(dataset)?.data;
  if (held) return cutBox(held, dataset.shape, box);
  const layer = readableImage(dataset);
  const data = layer && (await askKnown<NumericArray>(dataset, layer, 'box', { level: 0, ...box }, signal));
  if (!data) throw noImage();
  return data;
}

/** All grey values, or those of the coarse volume where there are too many. */
export function greySample(dataset: VolumeDataset): NumericArray {
  const layer = readableImage(dataset);
  const data = imageOf(dataset)?.data ?? (layer && coarseOf(dataset, layer)?.data);
  if (!data) throw noImage();
  return data;
}

function noImage(): SomascopeError {
  return new SomascopeError('Unsupported', 'There is no image to segment.', {}, 'Open an image, or wait until it is read.');
}
