// Detect neurons: radius ladder, shape search and activity search over the worker pool, then their union.
import { mark } from '../../../base/marks.ts';
import { tracked } from '../../../state/jobs.ts';
import { notify, reportError } from '../../../state/log.ts';
import { frames, resources } from '../../../state/resources.ts';
import { ask, runJob } from '../../../workers/client.ts';
import type {
  ActivityInput,
  BandPayload,
  RowBand,
  RungsInput,
  ShapeInput,
  UniteInput,
  UniteOutput,
} from '../shared/detection.ts';
import { type BinnedMovie, cutBand } from './binned.ts';
import { refuseWhileBlind } from './blind.ts';
import type { CalciumDataset } from './datasets.ts';
import { rememberParameters } from './detection-parameters.ts';
import { replaceLayer } from './layer-actions.ts';
import { ensureSummary } from './summary.ts';

/** The step's name in the history. */
export const DETECT_STEP = 'Find neurons';
/** Shares of the progress line: ladder, shape, activity. */
const SHARES = { ladder: 0.35, shape: 0.3 };

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
    const { count, diameter, seconds } = await findNeurons(dataset);
    if (pressedAgain) return;
    notify('success', `${count} neurons found`, `${dataset.name}, diameter ${diameter.toFixed(1)} px, ${seconds.toFixed(1)} s`);
  } catch (error) {
    if (!pressedAgain) reportError(error, `${dataset.name}: detection stopped`);
  }
}

/** The same without a word: throws what stopped it. */
export function findNeurons(dataset: CalciumDataset): Promise<Found> {
  const running = control.get(dataset.id);
  if (running) return running;
  const run = runDetection(dataset).finally(() => control.delete(dataset.id));
  control.set(dataset.id, run);
  return run;
}

export function isDetecting({ id }: CalciumDataset): boolean {
  return control.has(id);
}

async function runDetection(dataset: CalciumDataset): Promise<Found> {
  const { id, files, store, rateHz } = dataset;
  const { height, width } = files.movie;
  const { labels, sensitivity, diameter } = store.getState();
  refuseWhileBlind(dataset);
  await ensureSummary(dataset);
  mark('detect-start');
  const started = performance.now();
  const found = await tracked({ label: 'Detecting neurons', dataset: id }, async ({ signal, onProgress }) => {
    const plane = (name: string) => resources.get<Float64Array<ArrayBuffer>>(`${id}/${name}`)!;
    const rungs: RungsInput = { mean: plane('mean'), height, width };
    const shapeFrom = diameter === null ? SHARES.ladder : 0;
    const shapeTo = labels === 'visible' ? 1 : shapeFrom + SHARES.shape;
    const scaled = (from: number, to: number) => (share: number) => onProgress(from + share * (to - from));

    const radius =
      diameter !== null
        ? diameter / 2
        : await runJob<number>('calcium', 'radius', rungs, { signal, onProgress: scaled(0, shapeFrom) });
    const shapeInput: ShapeInput = {
      ...rungs,
      even: plane('even-mean'),
      odd: plane('odd-mean'),
      frames: files.movie.frames,
      radius,
    };
    const shape = await runJob<unknown>('calcium', 'shape', shapeInput, { signal, onProgress: scaled(shapeFrom, shapeTo) });

    const binned = resources.get<BinnedMovie>(`${id}/bins`);
    let activity: unknown = null;
    if (labels !== 'visible' && binned) {
      // The search holds much for a while, and frames are read again in milliseconds.
      frames.deletePrefix(`${id}/`);
      const input: ActivityInput = { height, width, bins: binned.images.length, binRate: rateHz / binned.factor, radius };
      activity = await runJob<unknown, RowBand>('calcium', 'activity', input, {
        signal,
        onProgress: scaled(shapeTo, 1),
        attach: async (band): Promise<BandPayload> => ({ data: await cutBand(binned, band) }),
      });
    }
    const united = await ask<UniteOutput>(
      'calcium',
      'unite',
      { shape, activity, labels, sensitivity, radius, height, width } satisfies UniteInput,
      { signal },
    );
    // Somebody may have begun to label while it ran.
    refuseWhileBlind(dataset);
    rememberParameters(united.detections, { labels, sensitivity, diameter, cut: united.defaultCut });
    const layer = { name: 'Detected', source: 'Detected', confidence: united.defaultCut, foundDiameter: 2 * radius };
    replaceLayer(dataset, DETECT_STEP, layer, united.detections);
    const count = united.detections.filter(({ confidence }) => confidence >= united.defaultCut).length;
    return { count, diameter: 2 * radius, seconds: (performance.now() - started) / 1000 };
  });
  mark('detect-done');
  return found;
}
