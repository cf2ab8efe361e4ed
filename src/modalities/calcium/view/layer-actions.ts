// What a person does to the prediction layers as wholes. Every one is a step of the history.
import type { Detection } from '../shared/detection.ts';
import { type CalciumDataset, layersOf } from './datasets.ts';
import { commit, newLayerId } from './history.ts';
import {
  freeName,
  type Layer,
  type LayerColour,
  type LayerSet,
  layerOf,
  type NewLayer,
  withChange,
  withCopy,
  withCurrent,
  withLayer,
  withList,
  withoutLayer,
} from './layer-set.ts';

/** Adds a layer under its name and makes it current; returns its id. */
export function addLayer(dataset: CalciumDataset, step: string, layer: NewLayer, detections: readonly Detection[]): string {
  const id = newLayerId(dataset);
  commit(dataset, step, withLayer(layersOf(dataset), id, layer, detections));
  showPredictions(dataset);
  return id;
}

/** The layer from the same source becomes current with new regions; it is added where there is none. */
export function replaceLayer(dataset: CalciumDataset, step: string, layer: NewLayer, detections: readonly Detection[]): string {
  const set = layersOf(dataset);
  const found = set.layers.find(({ source }) => source === layer.source);
  if (!found) return addLayer(dataset, step, layer, detections);
  const { confidence, foundDiameter } = layer;
  const next = withCurrent(withList(set, found.id, detections), found.id);
  commit(dataset, step, withChange(next, found.id, { confidence, foundDiameter, visible: true }));
  showPredictions(dataset);
  return found.id;
}

export function makeCurrent(dataset: CalciumDataset, id: string): void {
  change(dataset, id, (set, { name }) => set.current !== id && [`Make ${name} current`, withCurrent(set, id)]);
  showPredictions(dataset);
}

/** A name that another layer has gets a number. */
export function renameLayer(dataset: CalciumDataset, id: string, wanted: string): void {
  change(dataset, id, (set, { name }) => {
    const others = { layers: set.layers.filter((layer) => layer.id !== id) };
    const to = freeName(others, wanted.trim());
    return wanted.trim() !== '' && to !== name && [`Rename ${name} to ${to}`, withChange(set, id, { name: to })];
  });
}

export function recolourLayer(dataset: CalciumDataset, id: string, colour: LayerColour): void {
  change(dataset, id, (set, layer) => layer.colour !== colour && [`Colour ${layer.name}`, withChange(set, id, { colour })]);
}

export function setVisible(dataset: CalciumDataset, id: string, visible: boolean): void {
  change(
    dataset,
    id,
    (set, layer) => layer.visible !== visible && [`${visible ? 'Show' : 'Hide'} ${layer.name}`, withChange(set, id, { visible })],
  );
  if (visible) showPredictions(dataset);
}

export function setRole(dataset: CalciumDataset, id: string, role: Layer['role']): void {
  const says = { predictions: 'as predictions', 'second grader': 'as second grader' }[role];
  change(dataset, id, (set, layer) => layer.role !== role && [`Mark ${layer.name} ${says}`, withChange(set, id, { role })]);
}

/** Keeps a copy of a layer as it is now. */
export function copyLayer(dataset: CalciumDataset, id: string): void {
  change(dataset, id, (set, { name }) => [`Keep a copy of ${name}`, withCopy(set, id, newLayerId(dataset))]);
}

export function deleteLayer(dataset: CalciumDataset, id: string): void {
  change(dataset, id, (set, { name }) => [`Delete ${name}`, withoutLayer(set, id)]);
}

type Step = readonly [name: string, next: LayerSet];

function change(dataset: CalciumDataset, id: string, make: (set: LayerSet, layer: Layer) => Step | false): void {
  const set = layersOf(dataset);
  const layer = layerOf(set, id);
  const step = layer && make(set, layer);
  if (step) commit(dataset, ...step);
}

/** Whoever asks for a layer wants to see it, whatever the switch for all predictions says. */
function showPredictions({ store }: CalciumDataset): void {
  store.setState(({ show }) => (show.predictions ? {} : { show: { ...show, predictions: true } }));
}
