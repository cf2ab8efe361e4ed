// Opens an ephys data set on the page: its first sorting is read, and what in it could not be used is told once.
import { fromPlain } from '../../../base/errors.ts';
import { baseName } from '../../../base/listing.ts';
import { reportError } from '../../../state/log.ts';
import type { OpenDataset } from '../../modality.ts';
import { forgetHistory } from './curation.ts';
import { datasetById, type EphysDataset, ensureDataset, forget, renewFiles } from './datasets.ts';
import { forgetNotices, tellNotices } from './tell-notices.ts';
import { loadSorting } from './units.ts';
import { forgetWaiting } from './waiting.ts';

const told = new Set<string>();

export function openEphys(opened: OpenDataset): EphysDataset {
  const dataset = ensureDataset(opened);
  if (!told.has(opened.id)) {
    told.add(opened.id);
    // Not while React draws: notices are state of another part.
    queueMicrotask(() => {
      tellFaults(dataset);
      if (dataset.info.sortings.length === 0) tellNotices(dataset, dataset.info.notices);
      else
        loadSorting(dataset, 0).catch((error: unknown) => {
          reportError(error, `${dataset.info.sortings[0]!.name} could not be read`);
          tellNotices(dataset, dataset.info.notices);
        });
    });
  }
  return dataset;
}

function tellFaults({ name, info: { faults } }: EphysDataset): void {
  for (const fault of faults) {
    const what = baseName(fault.place.entry ?? fault.place.file ?? 'one of its files');
    reportError(fromPlain(fault), `${name} is open without ${what}`);
  }
}

export function reconnect(again: OpenDataset): void {
  const dataset = datasetById(again.id);
  if (dataset) renewFiles(dataset, again);
}

/** Frees all that is kept of a data set that was closed. */
export function closeEphys(id: string): void {
  told.delete(id);
  forgetHistory(id);
  forgetNotices(id);
  forgetWaiting(id);
  forget(id);
}
