// Detect neurons: radius ladder, shape search and activity search over the worker pool, then their union.
import { mark } from '../../../base/marks.ts';
import { tracked } from '../../../state/jobs.ts';
import { notify, reportError } from '../../../state/log.ts';
import { frames } from '../../../state/resources.ts';
import { findRegions } from '../shared/find-regions.ts';
import { refuseWhileBlind } from './blind.ts';
import type { CalciumDataset } from './datasets.ts';
import { rememberParameters } from './detection-parameters.ts';
import { findInput } from './find-input.ts';
import { replaceLayer } from './layer-actions.ts';
import { poolRunner } from './pool-runner.ts';
import { endPreview, previewField } from './preview.ts';
import { ensureSummary } from './summary.ts';

/** The step's name in the history. */
export const DETECT_STEP = 'Find neurons';

/** What a detection found: regions at or above the confidence cut, soma diameter in pixels. */
export interface Found {
  readonly count: number;
  readonly diameter: number;
  readonly seconds: number;
}

const control = new Map<string, Promise<Found>>();

/** Runs a detection with the parameters of the store and tells what came of it; a second press while one runs waits for it. */
export async function detect(dataset: CalciumDataset): Promise<void> {
  const pressedAgain = control.has(dataset.id);
  try {
    const { count, diameter, seconds } = await findNeurons(dataset, true);
    if (pressedAgain) return;
    notify('success', `${count} neurons found`, `${dataset.name}, diameter ${diameter.toFixed(1)} px, ${seconds.toFixed(1)} s`);
  } catch (error) {
    if (!pressedAgain) reportError(error, `${dataset.name}: detection stopped`);
  }
}

/** The same without a word: throws what stopped it. Where somebody watches, first regions are drawn at once. */
export function findNeurons(dataset: CalciumDataset, watched = false): Promise<Found> {
  const running = control.get(dataset.id);
  if (running) return running;
  const run = runDetection(dataset, watched).finally(() => control.delete(dataset.id));
  control.set(dataset.id, run);
  return run;
}

export function isDetecting({ id }: CalciumDataset): boolean {
  return control.has(id);
}

async function runDetection(dataset: CalciumDataset, watched: boolean): Promise<Found> {
  const { id, store } = dataset;
  const { labels, sensitivity, diameter, corrected } = store.getState();
  refuseWhileBlind(dataset);
  await ensureSummary(dataset);
  mark('detect-start');
  const started = performance.now();
  const found = await tracked({ label: 'Detecting neurons', dataset: id }, async ({ signal, onProgress }) => {
    // The search holds much for a while, and frames are read again in milliseconds.
    if (labels !== 'visible') frames.deletePrefix(`${id}/`);
    if (watched) previewField(dataset);
    const united = await findRegions(findInput(dataset), poolRunner({ signal, onProgress })).finally(() => endPreview(dataset));
    // Somebody may have begun to label while it ran.
    refuseWhileBlind(dataset);
    rememberParameters(united.detections, { labels, sensitivity, diameter, corrected, cut: united.defaultCut });
    const layer = { name: 'Detected', source: 'Detected', confidence: united.defaultCut, foundDiameter: 2 * united.radius };
    replaceLayer(dataset, DETECT_STEP, layer, united.detections);
    const count = united.detections.filter(({ confidence }) => confidence >= united.defaultCut).length;
    return { count, diameter: 2 * united.radius, seconds: (performance.now() - started) / 1000 };
  });
  mark('detect-done');
  return found;
}
