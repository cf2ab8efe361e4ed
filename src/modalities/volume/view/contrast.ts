// Contrast of the slices: found from what is visible when the image arrives and at Auto, then left alone.
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { ContrastOutput } from '../shared/types.ts';
import type { VolumeDataset } from './datasets.ts';
import { visibleImages } from './shown-plane.ts';
import type { Contrast } from './store.ts';

export function keepContrast(dataset: VolumeDataset): () => void {
  return dataset.store.subscribe((now, before) => {
    if (now.versions.image !== before.versions.image && !histogramOf(dataset)) void autoContrast(dataset);
  });
}

export function histogramOf({ id }: Pick<VolumeDataset, 'id'>): ContrastOutput | undefined {
  return resources.get<ContrastOutput>(`${id}/histogram`);
}

const busy = new Set<string>();

/** Sets the limits to the 1st and 99th per cent of what the three slices show. */
export async function autoContrast(dataset: VolumeDataset, force = false): Promise<void> {
  const planes = visibleImages(dataset);
  if (planes.length === 0 || busy.has(dataset.id)) return;
  busy.add(dataset.id);
  try {
    // Copies: a slice may be a view of the volume.
    const payload = planes.map((plane) => plane.slice());
    const measured = await ask<ContrastOutput>('volume', 'contrast', null, { payload });
    resources.put(`${dataset.id}/histogram`, measured, measured.counts.byteLength, true);
    const { contrast } = dataset.store.getState();
    if (!contrast?.locked || force)
      setContrast(dataset, { low: measured.low, high: Math.max(measured.high, measured.low + 1e-6) });
    else setContrast(dataset, {});
  } catch (error) {
    reportError(error, 'The contrast could not be measured');
  } finally {
    busy.delete(dataset.id);
  }
}

export function setContrast({ store }: VolumeDataset, change: Partial<Contrast>): void {
  store.setState(({ contrast }) => ({
    contrast: { ...(contrast ?? { low: 0, high: 255, gamma: 1, map: 'gray', locked: false }), ...change },
  }));
}
