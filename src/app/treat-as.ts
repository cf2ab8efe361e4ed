// Offers to open the data set on screen as another kind, where its files may be both: a stack of slices is a movie and a volume.
import type { Modality, OpenDataset } from '../modalities/modality.ts';
import { modalities } from '../modalities/registry.ts';
import { reportError } from '../state/log.ts';
import { session } from '../state/session.ts';
import { treatments } from '../state/treatments.ts';
import { datasetById } from './datasets.ts';
import { openPart } from './open-part.ts';
import { loadView } from './views.ts';

/** Follows what is on screen; returns what stops it. */
export function followTreatments(): () => void {
  return session.subscribe((now, before) => {
    if (now.activeId === before.activeId) return;
    const dataset = datasetById(now.activeId);
    treatments.setState({ offered: dataset ? offersFor(dataset) : [] });
  });
}

function offersFor(dataset: OpenDataset) {
  return modalities.flatMap((modality) => {
    const { treatAs, id } = modality;
    if (!treatAs || id === dataset.modality || !treatAs.fits(dataset.listing)) return [];
    return [{ label: treatAs.label, run: () => void openAs(modality, dataset, treatAs.root) }];
  });
}

async function openAs(modality: Modality, { listing, name }: OpenDataset, root: string): Promise<void> {
  session.setState({ opening: name });
  try {
    await loadView(modality);
    await openPart(modality, { listing, origins: [] }, { name, root }, true);
  } catch (error) {
    reportError(error, `${name} cannot be opened as ${modality.title}`);
  } finally {
    session.setState({ opening: '' });
  }
}
