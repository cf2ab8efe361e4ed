// The data sets that are open: handles and metadata here, names and order in the session store.
import type { Modality, OpenDataset } from '../modalities/modality.ts';
import { modalities } from '../modalities/registry.ts';
import { cancelDatasetJobs } from '../state/jobs.ts';
import { resources } from '../state/resources.ts';
import { session } from '../state/session.ts';
import { letGo } from './keep.ts';

const open = new Map<string, OpenDataset>();
let nextId = 1;

export function newDatasetId(): string {
  return `d${nextId++}`;
}

export function openDatasets(): readonly OpenDataset[] {
  return session.getState().datasets.flatMap(({ id }) => open.get(id) ?? []);
}

export function datasetById(id: string | undefined): OpenDataset | undefined {
  return id === undefined ? undefined : open.get(id);
}

export function modalityOf(dataset: OpenDataset): Modality {
  const found = modalities.find(({ id }) => id === dataset.modality);
  if (!found) throw new Error(`no modality ${dataset.modality}`);
  return found;
}

/** `show`: puts it on screen, which is when a view begins to read it. */
export function addDataset(dataset: OpenDataset, show: boolean): void {
  open.set(dataset.id, dataset);
  const { datasets, activeId } = session.getState();
  const { id, modality, name } = dataset;
  session.setState({ datasets: [...datasets, { id, modality, name, note: '' }], activeId: show ? id : (activeId ?? id) });
}

/** The same data set with other handles on its files. */
export function replaceDataset(dataset: OpenDataset, show: boolean): void {
  open.set(dataset.id, dataset);
  if (show) session.setState({ activeId: dataset.id });
}

export function closeDataset(id: string): void {
  const dataset = open.get(id);
  if (!dataset) return;
  letGo(id);
  cancelDatasetJobs(id);
  const { datasets, activeId } = session.getState();
  const left = datasets.filter((one) => one.id !== id);
  session.setState({ datasets: left, activeId: activeId === id ? left.at(-1)?.id : activeId });
  modalityOf(dataset).close?.(dataset);
  resources.deletePrefix(`${id}/`);
  open.delete(id);
}
