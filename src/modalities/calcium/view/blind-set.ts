// Blind labelling as layer sets: entering leaves one layer in sight, leaving brings the others back with that layer among them.
// Pure functions, so that both are steps of the history like any other.
import { type LayerSet, layerOf, type NewLayer, withCurrent, withLayer, withList } from './layer-set.ts';

/** By its source the layer of a person is found again. */
export function labelSource(name: string): string {
  return `Labels of ${name}`;
}

export function isLabelSource(source: string): boolean {
  return source.startsWith(labelSource(''));
}

/** The set in which `name` labels: their layer alone, as they left it, or an empty one with the id `freshId`. */
export function enterBlind(set: LayerSet, name: string, freshId: string): LayerSet {
  const known = set.layers.find(({ source }) => source === labelSource(name));
  const fresh: NewLayer = { name, source: labelSource(name), confidence: 0, foundDiameter: null };
  const all = known ? set : withLayer(set, freshId, fresh, []);
  const layer = layerOf(all, known?.id ?? freshId)!;
  return {
    layers: [{ ...layer, visible: true }],
    current: layer.id,
    lists: { [layer.id]: all.lists[layer.id] ?? [] },
    blind: { name, layer: layer.id, former: set },
  };
}

/** The set from before, with the person's labels as a layer in it; that layer is current only where there was none. */
export function leaveBlind(set: LayerSet): LayerSet {
  const { blind } = set;
  if (!blind) return set;
  const { former, layer: id } = blind;
  const own = layerOf(set, id);
  const list = set.lists[id] ?? [];
  if (!own) return former;
  if (layerOf(former, id)) return withList(former, id, list);
  const added = withLayer(former, id, own, list);
  return former.current === null ? added : withCurrent(added, former.current);
}
