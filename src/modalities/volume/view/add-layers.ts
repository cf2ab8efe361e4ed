// Files that are dropped on an open volume: predictions and further labels as layers, answers to tasks 1 and 3 as scores.
import { fromPlain, isSomascopeError, type PlainError, SomascopeError } from '../../../base/errors.ts';
import type { FileListing } from '../../../base/listing.ts';
import { shapeText } from '../../../base/volume.ts';
import { notify, reportError } from '../../../state/log.ts';
import { ask } from '../../../workers/client.ts';
import type { OpenDataset } from '../../modality.ts';
import type { Answers } from '../shared/score-types.ts';
import type { VolumeItem } from '../shared/types.ts';
import { openVolume } from './activate.ts';
import { scoreDropped } from './answers.ts';
import { layerOf, type VolumeDataset } from './datasets.ts';
import type { Layer } from './store.ts';

const DEPTH_WITHOUT_ZI = 3 / 4;

export async function addFiles(listing: FileListing, open: readonly OpenDataset[], activeId: string | undefined): Promise<void> {
  const target =
    open.find(({ id, modality }) => id === activeId && modality === 'volume') ??
    open.findLast(({ modality }) => modality === 'volume');
  if (!target)
    throw new SomascopeError(
      'NotRecognised',
      'Labels and answers need the volume they belong to.',
      {},
      'Open the image first, then drop these.',
    );
  const dataset = openVolume(target);
  if (listing.paths.length === 1 && (await addAnswers(dataset, listing))) return;
  await addVolumes(dataset, listing);
}

/** True where the file was an answer to task 1 or 3. */
async function addAnswers(dataset: VolumeDataset, listing: FileListing): Promise<boolean> {
  const path = listing.paths[0]!;
  if (!/\.(csv|npy)$/i.test(path)) return false;
  let answers: Answers;
  try {
    answers = await ask<Answers>('volume', 'answers', { listing });
  } catch (error) {
    if (/\.csv$/i.test(path) || !isSomascopeError(error, 'Unsupported')) throw error;
    return false;
  }
  if (answers.shape && answers.shape.length > 2) return false;
  await scoreDropped(dataset, answers);
  return true;
}

async function addVolumes(dataset: VolumeDataset, listing: FileListing): Promise<void> {
  const { items, faults } = await ask<{ items: readonly VolumeItem[]; faults: readonly PlainError[] }>('volume', 'find', {
    listing,
  });
  for (const fault of faults) reportError(fromPlain(fault), 'A volume could not be added');
  const fitting = items.filter((item) => fits(dataset, item));
  for (const item of items.filter((one) => !fits(dataset, one)))
    reportError(mismatch(dataset, item), `${item.name} was not added`);
  if (fitting.length === 0) return;
  const made = fitting.map((item) => newLayer(dataset, listing, item));
  dataset.store.setState(({ layers }) => {
    // What is dropped last is what somebody wants to see.
    const shown = new Map(made.map((layer) => [layer.role, layer.id]));
    const others = layers.map((one) => (shown.has(one.role) ? { ...one, visible: false } : one));
    return { layers: [...others, ...made.map((one) => ({ ...one, visible: shown.get(one.role) === one.id }))] };
  });
  notify(
    'success',
    made.length === 1 ? `${made[0]!.name} is a layer now` : `${made.length} layers were added`,
    made.map(({ name, role }) => `${name}: ${role}`).join(', '),
  );
}

function fits({ shape, info }: VolumeDataset, item: VolumeItem): boolean {
  const isShort = info.cutouts.length > 0 && item.shape[0] === shape[0] * DEPTH_WITHOUT_ZI;
  return item.shape.every((extent, axis) => extent === shape[axis] || (axis === 0 && isShort));
}

function mismatch({ name, shape }: VolumeDataset, item: VolumeItem): SomascopeError {
  const message = `Its shape is ${shapeText(item.shape)} and that of ${name} ${shapeText(shape)} (z, y, x).`;
  return new SomascopeError('Invalid', message, { file: item.name }, 'Drop a prediction of this volume, voxel for voxel.');
}

let added = 0;

/** Truth only where the name says so and there is none yet; all other labels that are dropped are predictions. */
function newLayer(dataset: VolumeDataset, listing: FileListing, item: VolumeItem): Layer {
  const { layers } = dataset.store.getState();
  const hasTruth = layers.some(({ role }) => role === 'truth');
  const role = item.role === 'truth' && !hasTruth ? 'truth' : 'prediction';
  const labels = item.labels ?? layers.find((one) => one.role === 'truth' && one.visible)?.kind ?? 'microstructure';
  const kind = labels === 'other' ? 'microstructure' : labels;
  const layer = layerOf({ ...item, role, labels: kind, index: ++added });
  const id = `added${added}`;
  dataset.sources.set(id, { listing, item });
  return { ...layer, id, shape: dataset.shape, origin: 'dropped' };
}
