// The open calcium data sets: what the shell opened, its view state, and the names of its arrays in the resource cache.
import { fingerprintOf } from '../../../base/fingerprint.ts';
import type { Region } from '../../../base/region.ts';
import { frames, resources } from '../../../state/resources.ts';
import type { OpenDataset } from '../../modality.ts';
import { defaultThreshold } from '../shared/default-threshold.ts';
import { type Detection, isChosen } from '../shared/detection.ts';
import type { CalciumInfo, RegionSet } from '../shared/info.ts';
import type { MovieFiles } from '../shared/movie.ts';
import { type Blind, type LayerSet, withChange } from './layer-set.ts';
import { Player } from './player.ts';
import { type CalciumStore, type LayerName, makeStore, type Selection } from './store.ts';

export interface CalciumDataset {
  readonly id: string;
  readonly name: string;
  readonly info: CalciumInfo;
  readonly files: MovieFiles;
  readonly store: CalciumStore;
  readonly player: Player;
  /** Frames per second, and whether the data set said so. */
  readonly rateHz: number;
  readonly rateKnown: boolean;
  /** Hash of its files' names, sizes and checksums. */
  readonly fingerprint: string;
}

const ASSUMED_RATE_HZ = 7;
const held = new Map<string, CalciumDataset>();

export function ensureDataset(dataset: OpenDataset): CalciumDataset {
  const found = held.get(dataset.id);
  if (found) return found;
  const info = dataset.info as CalciumInfo;
  const store = makeStore(usualThreshold(info));
  const files: MovieFiles = { movie: info.movie, listing: dataset.listing };
  const rateHz = info.facts.rateHz ?? ASSUMED_RATE_HZ;
  const player = new Player({ id: dataset.id, files, store, rateHz });
  const made: CalciumDataset = {
    id: dataset.id,
    name: dataset.name,
    info,
    files,
    store,
    player,
    rateHz,
    rateKnown: info.facts.rateHz !== null,
    fingerprint: fingerprintOf(dataset.listing, dataset.root),
  };
  held.set(dataset.id, made);
  if (info.truth) resources.put(`${dataset.id}/truth`, info.truth, 0, true);
  return made;
}

/** Gives a data set the files that were opened once more: its own may have been moved or removed. */
export function renewFiles(dataset: CalciumDataset, { info, listing }: OpenDataset): void {
  // In place, because everything that reads frames holds it.
  const { shifts } = dataset.files.movie;
  const { movie } = info as CalciumInfo;
  Object.assign(dataset.files, { movie: shifts ? { ...movie, shifts } : movie, listing } satisfies MovieFiles);
}

export function datasetById(id: string): CalciumDataset | undefined {
  return held.get(id);
}

export function allDatasets(): CalciumDataset[] {
  return [...held.values()];
}

export function forget(id: string): void {
  held.get(id)?.player.stop();
  held.delete(id);
  frames.deletePrefix(`${id}/`);
  resources.deletePrefix(`${id}/`);
}

/** The benchmark's threshold for this set, px. */
export function usualThreshold({ facts }: CalciumInfo): number {
  return defaultThreshold(facts.pixelsPerMicron ?? undefined);
}

/** None while somebody labels blind: whoever shows, scores or saves the truth asks here. */
export function truthOf({ id, store }: CalciumDataset): RegionSet | undefined {
  return store.getState().blind === null ? resources.get<RegionSet>(`${id}/truth`) : undefined;
}

/** The same empty list every time, so that nobody takes it for news. */
const NONE: readonly Detection[] = [];

/** All detections of the current layer, best first. */
export function detectionsOf({ id }: CalciumDataset): readonly Detection[] {
  return resources.get<readonly Detection[]>(`${id}/predictions`) ?? NONE;
}

/** All detections of any layer. */
export function layerList(dataset: CalciumDataset, layer: string): readonly Detection[] {
  if (layer === dataset.store.getState().currentLayer) return detectionsOf(dataset);
  return resources.get<readonly Detection[]>(`${dataset.id}/layers/${layer}`) ?? NONE;
}

/** The layers as they are now, with what the store knows of the current one. */
export function layersOf(dataset: CalciumDataset): LayerSet {
  const { layers, currentLayer: current, confidence, predictionSource: source, foundDiameter } = dataset.store.getState();
  const lists = Object.fromEntries(layers.map(({ id }) => [id, layerList(dataset, id)]));
  const blind = resources.get<Blind>(`${dataset.id}/blind`);
  const set: LayerSet = { layers, current, lists, ...(blind && { blind }) };
  return current === null ? set : withChange(set, current, { confidence, source, foundDiameter });
}

/** Those that were accepted, or at or above the confidence cut and not rejected: what is shown, scored and exported. */
export function chosenDetections(dataset: CalciumDataset): Detection[] {
  const cut = dataset.store.getState().confidence;
  return detectionsOf(dataset).filter((one) => isChosen(one, cut));
}

/** The same for any layer, with its own cut. */
export function chosenOf(dataset: CalciumDataset, layer: string): Detection[] {
  const { currentLayer, layers } = dataset.store.getState();
  if (layer === currentLayer) return chosenDetections(dataset);
  const cut = layers.find(({ id }) => id === layer)?.confidence ?? 0;
  return layerList(dataset, layer).filter((one) => isChosen(one, cut));
}

export function regionsOf(dataset: CalciumDataset, layer: LayerName): readonly Region[] {
  return layer === 'truth' ? (truthOf(dataset)?.regions ?? []) : chosenDetections(dataset).map(({ region }) => region);
}

/** The region that a selection means, by its number in the layer's full list. */
export function regionOf(dataset: CalciumDataset, { layer, index }: Selection): Region | null {
  return (layer === 'truth' ? truthOf(dataset)?.regions[index] : detectionsOf(dataset)[index]?.region) ?? null;
}
