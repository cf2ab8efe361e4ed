// Traces of the selected regions: binned at once from what is in memory, exact from a pass over the movie.
import type { Region } from '../../../base/region.ts';
import { tracked } from '../../../state/jobs.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask, runJob } from '../../../workers/client.ts';
import type { Detection } from '../shared/detection.ts';
import type { ProcessedTrace, ProcessInput, RawTraces, TracesInput } from '../shared/traces.ts';
import { type BinnedMovie, binnedTrace } from './binned.ts';
import { type CalciumDataset, detectionsOf } from './datasets.ts';
import { sameRegions } from './same-regions.ts';
import { bump, type LayerName } from './store.ts';

export interface RegionTrace {
  /** Seconds between samples. */
  readonly step: number;
  readonly exact: boolean;
  /** Grey values [sample]. */
  readonly raw: Float32Array<ArrayBuffer>;
  readonly neuropil: Float32Array<ArrayBuffer> | null;
  readonly processed: ProcessedTrace | null;
}

interface Pass {
  readonly detections: readonly Detection[];
  readonly promise: Promise<void>;
}

const passes = new Map<string, Pass>();

/** Index into the layer's full list: predictions are numbered before the confidence filter. */
export function traceNow(dataset: CalciumDataset, layer: LayerName, index: number, region: Region): RegionTrace | null {
  const { id, rateHz } = dataset;
  const exact = resources.get<RawTraces>(`${id}/traces/${layer}`);
  if (exact && index < exact.regions) {
    const from = index * exact.frames;
    const raw = exact.raw.slice(from, from + exact.frames);
    const neuropil = exact.neuropil.slice(from, from + exact.frames);
    const processed = resources.get<ProcessedTrace>(`${id}/processed/${layer}/${index}`) ?? null;
    return { step: 1 / rateHz, exact: true, raw, neuropil, processed };
  }
  const binned = resources.get<BinnedMovie>(`${id}/bins`);
  if (!binned || binned.images.length === 0) return null;
  return { step: binned.factor / rateHz, exact: false, raw: binnedTrace(binned, region.points), neuropil: null, processed: null };
}

/** ΔF/F and events of one region, computed once its exact trace is there. */
export async function processTrace(dataset: CalciumDataset, layer: LayerName, index: number, trace: RegionTrace): Promise<void> {
  const key = `${dataset.id}/processed/${layer}/${index}`;
  if (!trace.exact || !trace.neuropil || resources.has(key)) return;
  const input: ProcessInput = { raw: trace.raw, neuropil: trace.neuropil, rateHz: dataset.rateHz };
  const version = dataset.store.getState().versions[layer];
  const processed = await ask<ProcessedTrace>('calcium', 'process-trace', input);
  if (version !== dataset.store.getState().versions[layer]) return;
  resources.put(key, processed, processed.corrected.byteLength * 3);
  bump(dataset.store, 'traces');
}

/** Reads the exact traces of all predictions in one pass; the truth's come with the first pass. */
export function ensureExactTraces(dataset: CalciumDataset): Promise<void> {
  const { id, files, store } = dataset;
  const detections = detectionsOf(dataset);
  const running = passes.get(id);
  if (running && sameRegions(running.detections, detections)) return running.promise;
  const regions = detections.map(({ region }) => region);
  if (regions.length === 0 || resources.has(`${id}/traces/predictions`)) return Promise.resolve();
  const input: TracesInput = { ...files, regions };
  const promise = tracked({ label: 'Exact traces', dataset: id, unit: 'frames', total: files.movie.frames }, (options) =>
    runJob<RawTraces>('calcium', 'traces', input, options),
  ).then((traces) => {
    if (!sameRegions(detections, detectionsOf(dataset))) return;
    for (let i = 0; i < traces.regions; i++) resources.delete(`${id}/processed/predictions/${i}`);
    resources.put(`${id}/traces/predictions`, traces, traces.raw.byteLength * 2, true);
    bump(store, 'traces');
  });
  const pass = { detections, promise };
  passes.set(id, pass);
  promise
    .catch((error) => reportError(error, `${dataset.name}: the exact traces could not be read`))
    .finally(() => {
      if (passes.get(id) === pass) passes.delete(id);
    });
  return promise;
}
