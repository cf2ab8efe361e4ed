// The spikes of the selected units as points of a plane: the features that the sorter saved where it did, else principal components of
// the waveforms that were read; and amplitudes over time. Where only some spikes are read, all of a unit can be asked for.

import { baseName } from '../../../base/listing.ts';
import { lowerBound } from '../../../base/rising.ts';
import { tracked } from '../../../state/jobs.ts';
import { ask, runJob } from '../../../workers/client.ts';
import { sortingId } from '../shared/found.ts';
import type { PhyPlane, PhyPlaneInput, PhySpikes } from '../shared/phy-features.ts';
import type { FeatureBasis, Projected, ProjectInput, UnitWaveforms } from '../shared/unit-jobs.ts';
import type { EphysDataset } from './datasets.ts';
import { sortingOf, trainOf, type Unit } from './units.ts';

/** Points of one unit. */
export interface SpikePlane {
  /** Places of the spikes in the unit's list. */
  readonly places: Int32Array;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** Spikes of a unit that are drawn: more only hide one another. */
const MOST_POINTS = 20_000;

/** Places [first, last) of the unit's spikes within the time brush. */
function brushedRange(dataset: EphysDataset, unit: Unit): readonly [number, number] {
  const { brush } = dataset.store.getState();
  const train = trainOf(dataset, unit);
  return brush ? [lowerBound(train, brush.from * dataset.rate), lowerBound(train, brush.to * dataset.rate)] : [0, train.length];
}

/** All places of the spikes within the time brush. */
export function brushedPlaces(dataset: EphysDataset, unit: Unit): Int32Array<ArrayBuffer> {
  const [first, last] = brushedRange(dataset, unit);
  return Int32Array.from({ length: last - first }, (_, i) => first + i);
}

/** Whether the sorting on screen came with features; of a part of its units they are not looked up. */
export function hasSavedFeatures({ info, source, store }: EphysDataset): boolean {
  const found = info.sortings[store.getState().sorting];
  if (found?.kind !== 'phy' || found.group) return false;
  return found.entries.some((index) => baseName(source.listing.paths[index]!) === 'pc_features.npy');
}

/** What a question about saved features holds: spikes by their places in the files. */
export function savedSpikes(dataset: EphysDataset, units: readonly Int32Array<ArrayBuffer>[]): PhySpikes {
  const { info, source, store } = dataset;
  const found = info.sortings[store.getState().sorting]!;
  const order = sortingOf(dataset)?.order;
  const inFile = (spikes: Int32Array<ArrayBuffer>) => (order ? spikes.map((spike) => order[spike]!) : spikes);
  return { key: `${source.key} ${sortingId(found)}`, listing: source.listing, found, units: units.map(inFile) };
}

export interface SavedPlanes {
  /** The units that it is of. */
  readonly of: readonly Unit[];
  readonly channel: number;
  readonly units: readonly SpikePlane[];
}

export async function askSavedPlanes(dataset: EphysDataset, units: readonly Unit[], signal: AbortSignal): Promise<SavedPlanes> {
  const places = units.map((unit) => {
    const all = brushedPlaces(dataset, unit);
    const every = Math.ceil(all.length / MOST_POINTS);
    return every > 1 ? all.filter((_, i) => i % every === 0) : all;
  });
  const spikes = units.map((unit, u) => places[u]!.map((place) => unit.spikes[place]!));
  const { channel, units: found } = await ask<PhyPlane>('ephys', 'phyPlane', savedSpikes(dataset, spikes), { signal });
  return { of: units, channel, units: found.map((plane, u) => ({ places: places[u]!, ...plane })) };
}

/** All spikes of a unit within the brush, on the channel that is shown. */
export async function askWholeSavedPlane(dataset: EphysDataset, unit: Unit, channel: number): Promise<SpikePlane> {
  const places = brushedPlaces(dataset, unit);
  const spikes = places.map((place) => unit.spikes[place]!);
  const input: PhyPlaneInput = { ...savedSpikes(dataset, [spikes]), channel };
  const label = `Reading the features of unit ${unit.name}`;
  const { units } = await tracked({ label, dataset: dataset.id }, ({ signal }) =>
    ask<PhyPlane>('ephys', 'phyPlane', input, { signal }),
  );
  return { places, ...units[0]! };
}

/** Places of spikes by their frames. */
export function placesOfFrames(dataset: EphysDataset, unit: Unit, frames: Float64Array): Int32Array<ArrayBuffer> {
  const train = trainOf(dataset, unit);
  return Int32Array.from(frames, (frame) => lowerBound(train, frame));
}

/** Components of the waveforms that were read. */
export function readPlane(dataset: EphysDataset, unit: Unit, { frames, features }: UnitWaveforms): SpikePlane {
  return {
    places: placesOfFrames(dataset, unit, frames),
    x: features.filter((_, i) => i % 2 === 0),
    y: features.filter((_, i) => i % 2 === 1),
  };
}

/** Components and amplitudes of all spikes of a unit within the brush: each is read from the recording. */
export async function projectAll(
  dataset: EphysDataset,
  unit: Unit,
  basis: FeatureBasis,
): Promise<Projected & Pick<SpikePlane, 'places'>> {
  const { source, store, id } = dataset;
  const places = brushedPlaces(dataset, unit);
  const train = trainOf(dataset, unit);
  const frames = Float64Array.from(places, (place) => train[place]!);
  const input: ProjectInput = { source, chain: store.getState().chain, frames, basis };
  const label = { label: `Reading all spikes of unit ${unit.name}`, dataset: id, unit: 'spikes', total: places.length };
  const found = await tracked(label, ({ signal, onProgress }) =>
    runJob<Projected>('ephys', 'project', input, { signal, onProgress }),
  );
  return { places, ...found };
}
