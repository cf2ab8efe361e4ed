// Opens a volume data set on the page: its layers are read, its scores follow them, and what could not be read is told once.
import { fromPlain } from '../../../base/errors.ts';
import { notify, reportError } from '../../../state/log.ts';
import { cacheStats } from '../../../state/resources.ts';
import type { OpenDataset } from '../../modality.ts';
import { forgetBricks } from './bricks.ts';
import { keepContrast } from './contrast.ts';
import { keepCounted } from './counts.ts';
import { ensureDataset, forget, type VolumeDataset } from './datasets.ts';
import { startEarly } from './early.ts';
import { forgetHistory } from './history.ts';
import { loadFitting, loadShown } from './load.ts';
import { keepScored } from './scoring.ts';
import { forgetSegmented, keepSegmented } from './segmenting.ts';
import { forgetWork } from './work.ts';

const watched = new Map<string, () => void>();

export function openVolume(opened: OpenDataset): VolumeDataset {
  const dataset = ensureDataset(opened);
  if (!watched.has(opened.id)) {
    const stops = [
      keepContrast(dataset),
      keepCounted(dataset),
      keepScored(dataset),
      keepSegmented(dataset),
      cacheStats.subscribe((now, before) => now.budget > before.budget && loadFitting(dataset)),
      dataset.store.subscribe((now, before) => now.layers !== before.layers && queueMicrotask(() => loadShown(dataset))),
    ];
    watched.set(opened.id, () => {
      for (const stop of stops) stop();
    });
    startEarly(dataset, () => loadShown(dataset));
    // Not while React draws: notices are state of another part.
    queueMicrotask(() => {
      tellFaults(dataset);
      loadShown(dataset);
    });
  }
  return dataset;
}

export function closeVolume(id: string): void {
  watched.get(id)?.();
  watched.delete(id);
  forgetBricks(id);
  forgetHistory(id);
  forgetSegmented(id);
  forgetWork(id);
  forget(id);
}

function tellFaults({ name, info: { faults, items } }: VolumeDataset): void {
  for (const fault of faults) reportError(fromPlain(fault), `${name} is open without ${fault.place.file ?? 'one of its files'}`);
  for (const item of items) for (const notice of item.notices) notify('warning', item.name, notice);
}
