// The edits of a calcium data set as they are remembered: its predictions, packed.
import { SomascopeError } from '../../../base/errors.ts';
import type { Detection } from '../shared/detection.ts';
import { type CalciumDataset, detectionsOf } from './datasets.ts';
import { type StepState, setPredictions } from './history.ts';
import { type PackedDetections, packDetections, unpackDetections } from './packed.ts';

interface KeptEdits {
  readonly predictions: PackedDetections;
  /** What the layer is called. */
  readonly source: string;
}

const packed = new WeakMap<readonly Detection[], KeptEdits>();

/** The same object until the predictions change. */
export function keptEdits(dataset: CalciumDataset): KeptEdits {
  const detections = detectionsOf(dataset);
  const found = packed.get(detections);
  if (found) return found;
  const made = { predictions: packDetections(detections), source: dataset.store.getState().predictionSource };
  packed.set(detections, made);
  return made;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Puts edits back as one step of Undo; throws `Invalid` where they do not fit the movie. */
export function putBack(
  dataset: CalciumDataset,
  edits: unknown,
  step: string,
  { confidence, foundDiameter }: Omit<StepState, 'predictionSource'>,
): void {
  if (!isRecord(edits) || typeof edits['source'] !== 'string') {
    throw new SomascopeError('Invalid', 'The edits that were saved cannot be read.', {}, 'What is open stays as it is.');
  }
  const detections = unpackDetections(edits['predictions'], dataset.info.movie);
  // From nothing to nothing is no step.
  if (detections.length === 0 && detectionsOf(dataset).length === 0) return;
  setPredictions(dataset, step, detections, { confidence, foundDiameter, predictionSource: edits['source'] });
}
