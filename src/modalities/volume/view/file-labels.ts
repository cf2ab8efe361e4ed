// Labels larger than memory, as jobs that go through their files need them; and how many voxels have each label.
import { tracked } from '../../../state/jobs.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { runJob } from '../../../workers/client.ts';
import type { CountInput, LabelCounts, LabelsInput } from '../shared/types.ts';
import { labelsInput } from './ask-known.ts';
import { isTooLarge, layerLevels } from './bricks.ts';
import { countedAs, tellUnknown } from './counts.ts';
import { shownRange, type VolumeDataset } from './datasets.ts';
import { type ClassCounts, countsKey } from './shown-palette.ts';
import { bump, type Layer, layerById, shownLayer } from './store.ts';

export interface FileLabels {
  readonly layer: Layer;
  readonly input: LabelsInput;
}

/** The labels on screen of this role, where they are read from their files as they are looked at. */
export function fileLabels(dataset: VolumeDataset, role: 'truth' | 'prediction'): FileLabels | undefined {
  const layer = shownLayer(dataset.store.getState(), role);
  return layer && fileLabelsIn(dataset, layer);
}

export function fileLabelsIn(dataset: VolumeDataset, layer: Layer): FileLabels | undefined {
  const input = layer.role !== 'image' && isTooLarge(dataset, layer) ? labelsInput(dataset, layer) : undefined;
  return input && { layer, input };
}

const PLANES = 32;

/** Planes that are gone through in one go: whole bricks of each of the layers. */
export function thicknessOf(dataset: VolumeDataset, layers: readonly Layer[]): number {
  const edge = Math.max(...layers.map((layer) => layerLevels(dataset, layer)[0]!.brick[0]));
  return Math.max(edge, PLANES - (PLANES % edge));
}

/** Reads all of a layer to count its voxels; what was counted is kept for the table of classes. Null where it was cancelled. */
export async function countVoxels(dataset: VolumeDataset, { layer, input }: FileLabels): Promise<LabelCounts | null> {
  const { shape } = dataset;
  const of = countedAs(dataset, layer);
  try {
    const job: CountInput = { layer: input, shape, thickness: thicknessOf(dataset, [layer]), planes: shownRange(dataset) };
    const found = await tracked({ label: `Counting ${layer.name}`, dataset: dataset.id }, (options) =>
      runJob<LabelCounts>('volume', 'countLabels', job, options),
    );
    const now = layerById(dataset.store.getState(), layer.id);
    if (!now || countedAs(dataset, now) !== of) return null;
    const counts = new Map(found);
    const total = found.reduce((sum, [, voxels]) => sum + voxels, 0);
    resources.put(countsKey(dataset, layer.id), { counts, total, of, isSample: false } satisfies ClassCounts, 0, true);
    bump(dataset.store, 'report');
    tellUnknown(layer, counts);
    return found;
  } catch (error) {
    reportError(error, `${layer.name} could not be counted`);
    return null;
  }
}
