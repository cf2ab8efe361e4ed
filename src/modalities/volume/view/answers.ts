// Answers to tasks 1 and 3 that were dropped: scored against the labels of the open volume.
import { SomascopeError } from '../../../base/errors.ts';
import { tracked } from '../../../state/jobs.ts';
import { notify, reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask, runJob } from '../../../workers/client.ts';
import type { Answers, ReadoutRow, TaskOneOutput } from '../shared/score-types.ts';
import type { LabelArray } from '../shared/types.ts';
import { imageOf, type VolumeDataset, voxelsKey } from './datasets.ts';
import { fileLabelsIn } from './file-labels.ts';
import { loadLayer } from './load.ts';
import type { Layer } from './store.ts';

export async function scoreDropped(dataset: VolumeDataset, answers: Answers): Promise<void> {
  const kind = answers.shape ? 'microstructure' : 'regions';
  const labels = await truthOf(dataset, kind);
  const input = { shape: dataset.shape, answers };
  if (answers.shape) {
    const rows = await tracked({ label: 'Reading out features', dataset: dataset.id }, ({ signal }) =>
      ask<ReadoutRow[]>('volume', 'embeddings', input, { signal, payload: { labels, image: null } }),
    );
    dataset.store.setState(({ taskThree }) => ({ taskThree: { name: answers.name, rows, texture: taskThree?.texture ?? null } }));
  } else {
    const result = await tracked({ label: 'Scoring answers', dataset: dataset.id }, ({ signal }) =>
      ask<TaskOneOutput>('volume', 'task1', input, { signal, payload: labels }),
    );
    dataset.store.setState({ taskOne: { name: answers.name, ...result } });
  }
  notify('success', `${answers.name} is scored`, answers.shape ? 'Task 3: see Features.' : 'Task 1: see Region of each slice.');
}

/** What the texture of the image alone tells of the features, to stand beside embeddings that were learnt. */
export async function readOutTexture(dataset: VolumeDataset): Promise<void> {
  try {
    const labels = await truthOf(dataset, 'microstructure');
    const payload = { labels, image: imageOf(dataset)?.data.slice() ?? null };
    const texture = await tracked({ label: 'Reading out the texture', dataset: dataset.id }, ({ signal, onProgress }) =>
      runJob<ReadoutRow[]>(
        'volume',
        'embeddings',
        { shape: dataset.shape, answers: null },
        { signal, onProgress, attach: () => payload },
      ),
    );
    dataset.store.setState(({ taskThree }) => ({ taskThree: { name: null, rows: null, ...taskThree, texture } }));
  } catch (error) {
    reportError(error, 'The texture could not be read out');
  }
}

/** A copy of the truth of this kind, read first where it was not on screen yet. */
async function truthOf(dataset: VolumeDataset, kind: Layer['kind']): Promise<Uint8Array<ArrayBuffer>> {
  const layer = dataset.store.getState().layers.find((one) => one.role === 'truth' && one.kind === kind);
  const what = kind === 'regions' ? 'brain regions (task1…labels.npy)' : 'microstructure (pixel labels)';
  if (!layer)
    throw new SomascopeError(
      'Unsupported',
      `These answers are scored against ${what}, which are not open.`,
      {},
      'Drop the labels first.',
    );
  if (fileLabelsIn(dataset, layer))
    throw new SomascopeError(
      'OutOfMemory',
      `Answers are scored against labels in memory, and ${layer.name} is larger than that.`,
      { file: layer.name },
      'Raise the cache in the status bar, or open the labels of these slices alone.',
    );
  if (layer.status === 'waiting') await loadLayer(dataset, layer);
  const data = resources.get<LabelArray>(voxelsKey(dataset, layer.id));
  if (!(data instanceof Uint8Array))
    throw new SomascopeError(
      'Unsupported',
      `${layer.name} is not read yet or has too many labels.`,
      {},
      'Wait until it is read, then drop the answers again.',
    );
  return data.slice();
}
