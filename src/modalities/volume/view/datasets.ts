// The open volume data sets: what the shell opened, their view state, and their voxels in the resource cache.
import type { FileListing } from '../../../base/listing.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import type { Triple } from '../../../base/volume.ts';
import { resources } from '../../../state/resources.ts';
import type { OpenDataset } from '../../modality.ts';
import { LabelBricks } from '../shared/label-bricks.ts';
import { defaultConvention } from '../shared/label-conventions.ts';
import { forgetShape, noteShape } from '../shared/open-shapes.ts';
import { byteOf, codeOf } from '../shared/planes.ts';
import { VOXEL_SIZE } from '../shared/published.ts';
import type { Cutout, ItemInput, LabelArray, VolumeInfo, VolumeItem } from '../shared/types.ts';
import { type Layer, makeStore, shownLayer, type VolumeStore } from './store.ts';

export interface VolumeDataset {
  readonly id: string;
  readonly name: string;
  readonly info: VolumeInfo;
  /** Where the voxels of each layer come from; none of what was made here. */
  readonly sources: Map<string, Source>;
  readonly store: VolumeStore;
  /** What the scores are of. */
  readonly scored: { key: string };
  /** Shape of the first image, or of the first labels; another one when its axes are exchanged. */
  shape: Triple;
}

export interface Source {
  readonly listing: FileListing;
  readonly item: VolumeItem;
}

const held = new Map<string, VolumeDataset>();

export function ensureDataset({ id, name, listing, info }: OpenDataset): VolumeDataset {
  const found = held.get(id);
  if (found) return found;
  const facts = info as VolumeInfo;
  const main = facts.items.find(({ role }) => role === 'image') ?? facts.items[0]!;
  const told = facts.items.find((item) => item.voxelSize)?.voxelSize ?? null;
  // The benchmark's own labels belong to its volume, whose voxels have one size.
  const isKnownTissue = facts.cutouts.length > 0 || facts.items.some(({ labels }) => labels !== null);
  const usual: Triple | null = isKnownTissue ? [VOXEL_SIZE, VOXEL_SIZE, VOXEL_SIZE] : null;
  const store = makeStore(main.shape, { size: told ?? usual, assumed: !told && usual !== null }, layersOf(facts));
  const sources = new Map(facts.items.map((item) => [layerOf(item).id, { listing, item }]));
  const made: VolumeDataset = { id, name, info: facts, sources, store, scored: { key: '' }, shape: main.shape };
  held.set(id, made);
  noteShape(id, made.shape);
  return made;
}

export function datasetById(id: string): VolumeDataset | undefined {
  return held.get(id);
}

export function forget(id: string): void {
  held.delete(id);
  forgetShape(id);
  resources.deletePrefix(`${id}/`);
}

/** One visible layer a role, and of the labels those first whose classes are known. */
function layersOf({ items }: VolumeInfo): Layer[] {
  const layers = items.map(layerOf);
  const shown = new Set<string>();
  for (const role of ['image', 'truth', 'prediction'] as const) {
    const all = layers.filter((one) => one.role === role);
    const first = all.find(({ kind }) => kind === 'microstructure') ?? all[0];
    if (first) shown.add(first.id);
  }
  const known = layers.find(({ role, kind }) => role === 'truth' && kind !== 'other');
  return layers.map((one) => {
    const visible = shown.has(one.id);
    // A prediction whose name says nothing is of what the truth is of.
    const isAlike = known && one.role === 'prediction' && one.kind === 'other';
    return isAlike ? { ...one, visible, kind: known.kind, convention: conventionOf(known.kind) } : { ...one, visible };
  });
}

const conventionOf = (kind: Layer['kind']) => (kind === 'other' ? 'other' : defaultConvention(kind).id);

export function layerOf(item: VolumeItem): Layer {
  const kind = item.labels ?? 'other';
  return {
    id: `v${item.index}`,
    name: item.name,
    role: item.role,
    kind,
    convention: item.convention ?? conventionOf(kind),
    order: 'zyx',
    shape: item.shape,
    origin: 'file',
    status: 'waiting',
    visible: false,
    fill: item.role === 'truth' ? 0 : 0.35,
    outline: true,
  };
}

/** What a job needs to read a layer; undefined for one that was made here. */
export function inputOf({ sources }: VolumeDataset, { id, order }: Layer): ItemInput | undefined {
  const source = sources.get(id);
  return source && { listing: source.listing, file: source.item.file, member: source.item.member, order };
}

export const voxelsKey = (dataset: Pick<VolumeDataset, 'id'>, layer: string) => `${dataset.id}/voxels/${layer}`;

export function imageOf(dataset: VolumeDataset): { data: NumericArray; layer: Layer } | undefined {
  const layer = shownLayer(dataset.store.getState(), 'image');
  const data = layer && resources.get<NumericArray>(voxelsKey(dataset, layer.id));
  return layer && data ? { data, layer } : undefined;
}

/** All voxels, or of a volume larger than memory those that were labelled. */
export type HeldLabels = LabelArray | LabelBricks;

export interface Labels {
  readonly data: LabelArray;
  readonly layer: Layer;
}

export function labelsOf(dataset: VolumeDataset, role: 'truth' | 'prediction'): Labels | undefined {
  const layer = shownLayer(dataset.store.getState(), role);
  return layer && labelsIn(dataset, layer);
}

export function labelsIn(dataset: VolumeDataset, layer: Layer): Labels | undefined {
  const data = resources.get<HeldLabels>(voxelsKey(dataset, layer.id));
  return data && !(data instanceof LabelBricks) ? { data, layer } : undefined;
}

/** Labels that were made of a volume larger than memory. */
export function bricksIn(dataset: VolumeDataset, { id }: Pick<Layer, 'id'>): LabelBricks | undefined {
  const data = resources.get<HeldLabels>(voxelsKey(dataset, id));
  return data instanceof LabelBricks ? data : undefined;
}

/** The code that a label is drawn with: itself where all labels are bytes, else one of 255 that labels share. */
export function codeFor(dataset: VolumeDataset, layer: Layer, label: number): number {
  const found = labelsIn(dataset, layer);
  if (!found) return byteOf(label);
  return found.data instanceof Uint8Array ? label : codeOf(label);
}

/** What a stroke left; 255 where there is none. */
export const NO_SCRIBBLE = 255;

export const scribblesKey = ({ id }: Pick<VolumeDataset, 'id'>) => `${id}/scribbles`;

export function scribblesOf(dataset: Pick<VolumeDataset, 'id'>): LabelBricks | undefined {
  return resources.get<LabelBricks>(scribblesKey(dataset));
}

export function ensureScribbles(dataset: VolumeDataset): LabelBricks {
  const found = scribblesOf(dataset);
  if (found) return found;
  const made = new LabelBricks(dataset.shape, NO_SCRIBBLE);
  putVoxels(scribblesKey(dataset), made);
  return made;
}

/** Holds labels or marks until they are taken away; called again when there are more bricks. */
export function putVoxels(key: string, data: HeldLabels): void {
  resources.put(key, data, data instanceof LabelBricks ? data.bytes : data.byteLength, true);
}

/** The planes that are shown: those of the chosen part, or all. */
export function shownRange(dataset: VolumeDataset): Cutout {
  const { cutout } = dataset.store.getState();
  const [depth] = dataset.shape;
  return dataset.info.cutouts.find(({ name }) => name === cutout) ?? { name: 'All', from: 0, to: depth };
}

/** First planes of further cutouts in the same stack: tissue does not go on across them. */
export function seamsOf({ info }: VolumeDataset): number[] {
  return info.cutouts.slice(1).map(({ from }) => from);
}
