// Reads the features that a sorter saved of some spikes, and on which channels they are.
import { SomascopeError } from '../../../base/errors.ts';
import { getOrMake } from '../../../base/get-or-make.ts';
import type { FileListing } from '../../../base/listing.ts';
import { readNpyList } from '../../../formats/npy/index.ts';
import { type Features, openFeatures } from '../../../formats/phy/index.ts';
import type { FoundSorting } from '../shared/found.ts';
import type { SpikeFeatures } from '../shared/metrics.ts';
import type { PhySpikes } from '../shared/phy-features.ts';
import { phyFilesOf } from './open-files.ts';

interface Opened {
  readonly features: Features;
  /** Template of each spike in the files' order; undefined where all have the same channels. */
  readonly templates: ArrayLike<number> | undefined;
}

const MOST_OPEN = 4;
const opened = new Map<string, Promise<Opened | undefined>>();

/** Undefined where the folder has no features. Throws Invalid where they are not of its spikes, else as the readers. */
function phyFeaturesOf({ key, listing, found }: PhySpikes, signal: AbortSignal): Promise<Opened | undefined> {
  return getOrMake(opened, key, () => {
    if (opened.size >= MOST_OPEN) opened.delete(opened.keys().next().value!);
    return open(listing, found, signal).catch((error: unknown) => {
      opened.delete(key);
      throw error;
    });
  });
}

async function open(listing: FileListing, found: FoundSorting, signal: AbortSignal): Promise<Opened | undefined> {
  const files = phyFilesOf(listing, found);
  const features = await openFeatures(files, signal);
  if (!features) return undefined;
  const file = files.get('spike_templates.npy') ?? files.get('spike_clusters.npy');
  const templates = features.channels && file ? await readNpyList(file, signal) : undefined;
  if (templates && templates.length !== features.spikes) {
    const message = `pc_features.npy holds ${features.spikes} spikes, the sorting ${templates.length}.`;
    throw new SomascopeError('Invalid', message, { file: 'pc_features.npy' }, 'Drop files of the same sorting.');
  }
  return { features, templates };
}

/** Throws Invalid where the features are not of its spikes, NotRecognised where the folder has none, else as the readers. */
export async function readPhySample(input: PhySpikes, signal: AbortSignal): Promise<SpikeFeatures> {
  const { found, units } = input;
  const known = await phyFeaturesOf(input, signal);
  if (!known) throw new SomascopeError('NotRecognised', `${found.name} has no pc_features.npy.`, { file: found.name });
  const { features, templates } = known;
  const { components, local: locals } = features;
  const places = units.flatMap((unit) => Array.from(unit));
  const order = Array.from(places.keys()).sort((a, b) => places[a]! - places[b]!);
  const rising = await features.read(
    order.map((i) => places[i]!),
    signal,
  );
  const size = components * locals;
  const data = new Float32Array(rising.length);
  order.forEach((i, k) => {
    data.set(rising.subarray(k * size, (k + 1) * size), i * size);
  });
  return {
    data,
    components,
    locals,
    channels: features.channels ?? Int32Array.from({ length: locals }, (_, k) => k),
    templateOf: Int32Array.from(places, (place) => templates?.[place] ?? 0),
    unitOf: Int32Array.from(units.flatMap((unit, u) => new Array<number>(unit.length).fill(u))),
    count: units.length,
  };
}
