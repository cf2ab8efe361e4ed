// Exchanges the axes of a volume: those of the image take the labels that lie on it with them, and what was marked is gone.
import type { Triple } from '../../../base/volume.ts';
import { resources } from '../../../state/resources.ts';
import { noteShape } from '../shared/open-shapes.ts';
import type { AxisOrder } from '../shared/types.ts';
import { scribblesKey, type VolumeDataset } from './datasets.ts';
import { forgetHistory } from './history.ts';
import { reload } from './load.ts';
import type { Layer } from './store.ts';
import { forgetWork } from './work.ts';

/** The shape of a volume whose axes are named by `order`, as z, y, x. */
export function orderedShape(shape: Triple, order: AxisOrder): Triple {
  return [shape[order.indexOf('z')]!, shape[order.indexOf('y')]!, shape[order.indexOf('x')]!];
}

export function setOrder(dataset: VolumeDataset, layer: Layer, order: AxisOrder): void {
  const { store, sources } = dataset;
  const { layers } = store.getState();
  const isMain = layer.visible && (layer.role === 'image' || layers.every(({ role }) => role !== 'image'));
  const moved = isMain ? layers.filter((one) => one.order === layer.order) : [layer];
  const own = sources.get(layer.id)?.item.shape;
  if (isMain && own) {
    dataset.shape = orderedShape(own, order);
    noteShape(dataset.id, dataset.shape);
    const position = dataset.shape.map((extent) => Math.floor(extent / 2)) as unknown as Triple;
    resources.delete(scribblesKey(dataset));
    forgetHistory(dataset.id);
    forgetWork(dataset.id);
    store.setState((state) => ({
      // What was made here lies on the old axes.
      layers: state.layers.filter(({ id }) => sources.has(id)),
      kept: state.kept + 1,
      position,
      camera: null,
      cutout: null,
      measure: [],
      undo: [],
      redo: [],
      scores: null,
      cells: null,
      report: null,
    }));
  }
  for (const one of moved) {
    const shape = sources.get(one.id)?.item.shape;
    if (shape) reload(dataset, one.id, { order, shape: orderedShape(shape, order) });
  }
}
