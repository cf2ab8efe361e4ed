// The grey values that a volume is cut at, by the method that is chosen.
import { ask } from '../../../workers/client.ts';
import { isFound } from '../shared/segment-types.ts';
import type { VolumeDataset } from './datasets.ts';
import { greySample } from './image-box.ts';

const SAMPLE = 400_000;

/** In the image's own unit: what was set, what a rule finds in a sample, or for cells the grey level of the tissue; else none. */
export async function findThresholds(dataset: VolumeDataset): Promise<number[]> {
  const { method, threshold, classes } = dataset.store.getState().segment;
  if (method === 'threshold') return [threshold];
  if (!isFound(method) && method !== 'multi-otsu' && method !== 'cells') return [];
  const image = greySample(dataset);
  const step = Math.max(1, Math.floor(image.length / SAMPLE));
  // An odd step does not fall on the same columns again and again.
  const odd = step % 2 === 0 ? step + 1 : step;
  const sample = Float64Array.from({ length: Math.floor(image.length / odd) }, (_, i) => image[i * odd]!);
  const payload = image instanceof Uint8Array ? Uint8Array.from(sample) : sample;
  if (method === 'cells') return [await ask<number>('volume', 'median', null, { payload })];
  const input = isFound(method) ? { rule: method, classes: 2 } : { rule: 'otsu', classes };
  return ask<number[]>('volume', 'thresholds', input, { payload });
}
