// Traces of the selected regions: binned at once from what is in memory, exact from a pass over the movie.
import type { Region } from '../../../base/region.ts';
import { tracked } from '../../../state/jobs.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask, runJob } from '../../../workers/client.ts';
import { type Detection, isChosen } from '../shared/detection.ts';
import type { DemixInput, ProcessedTrace, ProcessInput, RawTraces, TracesInput } from '../shared/traces.ts';
import { type BinnedMovie, binnedTrace } from './binned.ts';
import { type CalciumDataset, detectionsOf, truthOf } from './datasets.ts';
import { overlapGroup } from './overlapping.ts';
import { sameRegions } from './same-regions.ts';
import { bump, type LayerName } from './store.ts';
import { tracesAt } from './traces-at.ts';

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
    const { raw, neuropil } = tracesAt(exact, [index]);
    const kept = resources.get<KeptTrace>(keyOf(dataset, layer, mixedWith(dataset, layer, index)));
    return { step: 1 / rateHz, exact: true, raw: kept?.raw ?? raw, neuropil, processed: kept?.processed ?? null };
  }
  const binned = resources.get<BinnedMovie>(`${id}/bins`);
  if (!binned || binned.images.length === 0) return null;
  return { step: binned.factor / rateHz, exact: false, raw: binnedTrace(binned, region.points), neuropil: null, processed: null };
}

/** ΔF/F and events of one region, computed once its exact trace is there; by least squares where the person chose that. */
export async function processTrace(dataset: CalciumDataset, layer: LayerName, index: number): Promise<void> {
  const { id, rateHz, store } = dataset;
  const exact = resources.get<RawTraces>(`${id}/traces/${layer}`);
  const group = mixedWith(dataset, layer, index);
  const key = keyOf(dataset, layer, group);
  if (!exact || index >= exact.regions || resources.has(key)) return;
  const version = store.getState().versions[layer];
  const mixed = tracesAt(exact, group);
  const list = listOf(dataset, layer);
  const demixed =
    group.length > 1
      ? await demix(
          dataset,
          group.map((one) => list[one]!),
          mixed,
        )
      : mixed;
  const raw = demixed.raw.slice(0, exact.frames);
  const neuropil = mixed.neuropil.slice(0, exact.frames);
  const processed = await ask<ProcessedTrace>('calcium', 'process-trace', { raw, neuropil, rateHz } satisfies ProcessInput);
  if (version !== store.getState().versions[layer]) return;
  const kept: KeptTrace = { raw, processed };
  resources.put(key, kept, processed.corrected.byteLength * 4);
  bump(store, 'traces');
}

/** The traces of regions that may share pixels, by least squares. */
export function demix({ files }: CalciumDataset, regions: readonly Region[], traces: RawTraces): Promise<RawTraces> {
  const { height, width } = files.movie;
  return ask<RawTraces>('calcium', 'demix', { regions, traces, height, width } satisfies DemixInput);
}

interface KeptTrace {
  readonly raw: Float32Array<ArrayBuffer>;
  readonly processed: ProcessedTrace;
}

const keyOf = ({ id }: CalciumDataset, layer: LayerName, group: readonly number[]) =>
  `${id}/processed/${layer}/${group.join(' ')}`;

const listOf = (dataset: CalciumDataset, layer: LayerName): readonly Region[] =>
  layer === 'truth' ? (truthOf(dataset)?.regions ?? []) : detectionsOf(dataset).map(({ region }) => region);

/** The region and, for least squares, those shown that share pixels with it. */
function mixedWith(dataset: CalciumDataset, layer: LayerName, index: number): readonly number[] {
  const { traceMethod, confidence } = dataset.store.getState();
  if (traceMethod === 'mean') return [index];
  const list = listOf(dataset, layer);
  const all = detectionsOf(dataset);
  const shown = [...list.keys()].filter((i) => layer === 'truth' || isChosen(all[i]!, confidence));
  return overlapGroup(list, index, shown);
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
    resources.deletePrefix(`${id}/processed/predictions/`);
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
