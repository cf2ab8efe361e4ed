// Which layers the picture on stage shows, for the legend of a saved one.
import { type CalciumDataset, chosenDetections, chosenOf, truthOf } from './datasets.ts';
import { keptDifference } from './difference.ts';
import { LAYER_LOOKS } from './layer-looks.ts';
import { layerOf } from './layer-set.ts';
import type { LegendLayer, LegendLayers } from './picture-notes.ts';

export function legendLayers(dataset: CalciumDataset): LegendLayers {
  const { layers, currentLayer, show, difference } = dataset.store.getState();
  const shown = show.predictions ? layers.filter(({ visible }) => visible) : [];
  const entry = ({ id, name, colour }: (typeof layers)[number]): LegendLayer => ({
    name,
    look: LAYER_LOOKS[colour],
    count: chosenOf(dataset, id).length,
  });
  const current = shown.find(({ id }) => id === currentLayer);
  const unnamed = { name: 'Predictions', look: LAYER_LOOKS.white, count: chosenDetections(dataset).length };
  const nameOf = (id: string) => (id === 'truth' ? 'Truth' : (layerOf({ layers }, id)?.name ?? ''));
  const kept = difference && keptDifference(dataset);
  return {
    truth: truthOf(dataset)?.regions.length ?? 0,
    current: current ? entry(current) : layers.length === 0 && show.predictions ? unnamed : null,
    beside: shown.filter(({ id }) => id !== currentLayer).map(entry),
    difference: kept ? { a: nameOf(kept.a), b: nameOf(kept.b), counts: kept.counts } : null,
  };
}
