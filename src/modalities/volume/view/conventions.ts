// Switches what the numbers of a layer mean: the labels in memory are numbered anew, as one step of undo.
import { conventionById, defaultConvention, relabelTable } from '../shared/label-conventions.ts';
import { forgetLayerBricks } from './bricks.ts';
import { labelsIn, type VolumeDataset } from './datasets.ts';
import { noteStep } from './history.ts';
import { relabel } from './load.ts';
import { bump, changeLayer, type Layer } from './store.ts';
import { touchKept } from './work.ts';

export function setConvention(dataset: VolumeDataset, layer: Layer, id: string): void {
  const [from, to] = [conventionById(layer.convention), conventionById(id)];
  if (layer.kind === 'other' || !from || !to || from === to) return;
  const canonical = defaultConvention(layer.kind);
  const apply = (before: typeof from, after: typeof to) => {
    const data = labelsIn(dataset, layer)?.data;
    // From memory's numbers back to the file's, then by the other meaning to memory's again.
    if (data instanceof Uint8Array) {
      const back = relabelTable(canonical, before);
      const anew = relabelTable(after, canonical);
      relabel(
        data,
        back.map((label) => anew[label]!),
      );
    }
    // What is read in bricks comes with the other numbers from now on.
    forgetLayerBricks(dataset, layer.id);
    changeLayer(dataset.store, layer.id, { convention: after.id });
    touchKept(dataset, layer.id);
    bump(dataset.store, 'labels', 'classes');
  };
  apply(from, to);
  noteStep(dataset, { name: `Numbers as ${to.title}`, undo: () => apply(to, from), redo: () => apply(from, to) });
}
