// The named prediction layers of a data set as plain values: pure functions from one set to the next. A set is never changed in
// place, so that a step of the history is a reference and undo costs nothing.
import type { Detection } from '../shared/detection.ts';

/** Each colour has its line style, so that colour never speaks alone. In the order they are given: those that are near to the
 *  colours of results, and white, which truth and selection have, come last. */
export const LAYER_COLOURS = ['violet', 'pink', 'green', 'amber', 'sky', 'white'] as const;
export type LayerColour = (typeof LAYER_COLOURS)[number];

export interface Layer {
  readonly id: string;
  readonly name: string;
  readonly colour: LayerColour;
  readonly visible: boolean;
  /** "Detected", or the file that it was read from. */
  readonly source: string;
  /** The second grader's labels are no method's answer: their score is the ceiling for every method. */
  readonly role: 'predictions' | 'second grader';
  /** The cut that it had when it was last edited; the current layer's lies in the store. */
  readonly confidence: number;
  readonly foundDiameter: number | null;
}

export interface LayerSet {
  readonly layers: readonly Layer[];
  /** The one that is edited, scored and exported; null where there is none. */
  readonly current: string | null;
  /** By layer, best first. */
  readonly lists: Readonly<Record<string, readonly Detection[]>>;
  /** While somebody labels blind, the set is that person's layer alone, and all others wait here. */
  readonly blind?: Blind;
}

export interface Blind {
  /** Who labels. */
  readonly name: string;
  /** The layer of their labels. */
  readonly layer: string;
  readonly former: LayerSet;
}

export type NewLayer = Pick<Layer, 'name' | 'source' | 'confidence' | 'foundDiameter'>;

export const NO_LAYERS: LayerSet = { layers: [], current: null, lists: {} };

export function layerOf({ layers }: Pick<LayerSet, 'layers'>, id: string | null): Layer | undefined {
  return layers.find((layer) => layer.id === id);
}

/** `name`, or `name 2` where that is taken. */
export function freeName({ layers }: Pick<LayerSet, 'layers'>, name: string): string {
  const taken = new Set(layers.map((layer) => layer.name));
  let free = name;
  for (let number = 2; taken.has(free); number++) free = `${name} ${number}`;
  return free;
}

/** The first colour that no layer has, else the one that is used least. */
export function freeColour({ layers }: Pick<LayerSet, 'layers'>): LayerColour {
  const uses = (colour: LayerColour) => layers.filter((layer) => layer.colour === colour).length;
  return LAYER_COLOURS.reduce((best, colour) => (uses(colour) < uses(best) ? colour : best));
}

/** Adds a layer under a free name and makes it current. */
export function withLayer(set: LayerSet, id: string, layer: NewLayer, list: readonly Detection[]): LayerSet {
  const made: Layer = {
    ...layer,
    id,
    name: freeName(set, layer.name),
    colour: freeColour(set),
    visible: false,
    role: 'predictions',
  };
  return withCurrent({ ...set, layers: [...set.layers, made], lists: { ...set.lists, [id]: list } }, id);
}

/** The new current layer is shown; the former one is shown beside it only where the new one was shown beside the former. */
export function withCurrent(set: LayerSet, id: string): LayerSet {
  const next = layerOf(set, id);
  if (!next || id === set.current) return set;
  const layers = set.layers.map((layer) => {
    if (layer.id === id) return { ...layer, visible: true };
    return layer.id === set.current ? { ...layer, visible: next.visible } : layer;
  });
  return { ...set, layers, current: id };
}

export function withChange(set: LayerSet, id: string, change: Partial<Omit<Layer, 'id'>>): LayerSet {
  return { ...set, layers: set.layers.map((layer) => (layer.id === id ? { ...layer, ...change } : layer)) };
}

export function withList(set: LayerSet, id: string, list: readonly Detection[]): LayerSet {
  return { ...set, lists: { ...set.lists, [id]: list } };
}

/** A hidden copy behind the original, which shares its regions. */
export function withCopy(set: LayerSet, id: string, copyId: string): LayerSet {
  const at = set.layers.findIndex((layer) => layer.id === id);
  const original = set.layers[at];
  if (!original) return set;
  const name = freeName(set, `Copy of ${original.name}`);
  const copy: Layer = { ...original, id: copyId, name, source: name, colour: freeColour(set), visible: false };
  return {
    ...set,
    layers: [...set.layers.slice(0, at + 1), copy, ...set.layers.slice(at + 1)],
    lists: { ...set.lists, [copyId]: set.lists[id] ?? [] },
  };
}

/** Without the layer; where it was current, its neighbour becomes so. */
export function withoutLayer(set: LayerSet, id: string): LayerSet {
  const at = set.layers.findIndex((layer) => layer.id === id);
  if (at < 0) return set;
  const layers = set.layers.filter((layer) => layer.id !== id);
  const { [id]: _gone, ...lists } = set.lists;
  if (set.current !== id) return { ...set, layers, lists };
  const heir = layers[Math.min(at, layers.length - 1)];
  const rest = { layers, lists, current: null };
  return heir ? withCurrent(rest, heir.id) : rest;
}
