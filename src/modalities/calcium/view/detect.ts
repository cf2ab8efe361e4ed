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
import type { CalciumDataset } from './datasets.ts';
import { replaceLayer } from './layer-actions.ts';
import { ensureSummary } from './summary.ts';

/** Shares of the progress line: ladder, shape, activity. */
const SHARES = { ladder: 0.35, shape: 0.3 };

const control = new Map<string, Promise<void>>();

/** Runs a detection with the parameters of the store; a second press while one runs waits for it. */
export function detect(dataset: CalciumDataset): Promise<void> {
  const running = control.get(dataset.id);
  if (running) return running;
  const run = runDetection(dataset)
    .catch((error) => reportError(error, `${dataset.name}: detection stopped`))
    .finally(() => control.delete(dataset.id));
  control.set(dataset.id, run);
  return run;
}

async function runDetection(dataset: CalciumDataset): Promise<void> {
  const { id, files, store, rateHz } = dataset;
  const { height, width } = files.movie;
  const { labels, sensitivity, diameter } = store.getState();
  await ensureSummary(dataset);
  mark('detect-start');
  const started = performance.now();
  await tracked({ label: 'Detecting neurons', dataset: id }, async ({ signal, onProgress }) => {
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
    const layer = { name: 'Detected', source: 'Detected', confidence: united.defaultCut, foundDiameter: 2 * radius };
    replaceLayer(dataset, 'Find neurons', layer, united.detections);
    const count = united.detections.filter(({ confidence }) => confidence >= united.defaultCut).length;
    const seconds = (performance.now() - started) / 1000;
    notify(
      'success',
      `${count} neurons found`,
      `${dataset.name}, diameter ${(2 * radius).toFixed(1)} px, ${seconds.toFixed(1)} s`,
    );
  });
  mark('detect-done');
}
