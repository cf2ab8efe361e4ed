// The lanes of the time strip: the selected region and the one it is compared with, or the mean of the field while none is.
import { useEffect, useMemo } from 'react';
import { pixelCount, type Region } from '../../../base/region.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import type { LineKind } from '../../../ui/line-sample.tsx';
import type { BinnedMovie } from './binned.ts';
import { type CalciumDataset, detectionsOf, truthOf } from './datasets.ts';
import { useCalcium, useTask } from './hooks.ts';
import { plainLine } from './layer-looks.ts';
import { meanTrace } from './mean-trace.ts';
import { partnerOf } from './partner.ts';
import { probeLane, useProbeLane } from './probe.ts';
import { describeRow, keptScore, RESULT_LINES, type RegionRow } from './region-rows.ts';
import { somaDiameter } from './soma.ts';
import type { Selection } from './store.ts';
import { summaryDone } from './summary.ts';
import { ensureExactTraces, processTrace, type RegionTrace, traceNow } from './traces.ts';

export interface TraceLane {
  readonly key: string;
  /** Null for the mean of the field and for the probe. */
  readonly selection: Selection | null;
  /** "Region 112". */
  readonly title: string;
  /** One sentence: "nearest truth 7.2 px, limit 6". */
  readonly text: string;
  readonly line: LineKind;
  /** Null until enough of the movie is read. */
  readonly trace: RegionTrace | null;
}

export function useTraceLanes(dataset: CalciumDataset): readonly TraceLane[] {
  const selection = useCalcium(dataset, (state) => state.selection);
  const versions = useCalcium(dataset, (state) => state.versions);
  const threshold = useCalcium(dataset, (state) => state.threshold);
  // By least squares a trace depends on which regions are shown.
  const method = useCalcium(dataset, ({ traceMethod, confidence }) => (traceMethod === 'mean' ? '' : `demixed at ${confidence}`));
  // The versions stand for the arrays that the lanes are made of.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const lanes = useMemo(
    () => (selection ? regionLanes(dataset, selection, threshold) : []),
    [dataset, selection, threshold, method, versions.traces, versions.bins, versions.predictions, versions.truth, versions.score],
  );
  const probed = useProbeLane(dataset, versions.bins);
  const mean = useMeanLane(dataset, selection === null && probed === null, versions.bins);
  useExactTraces(dataset, lanes, versions.predictions, method);
  return useMemo(() => togetherWith(lanes, probed, selection ? null : mean), [selection, lanes, mean, probed]);
}

/** The same lanes for whoever draws them once. */
export async function lanesNow(dataset: CalciumDataset): Promise<readonly TraceLane[]> {
  const { selection, threshold, edit } = dataset.store.getState();
  const lanes = selection ? regionLanes(dataset, selection, threshold) : [];
  const probed = probeLane(dataset, edit.probe, somaDiameter(dataset));
  const bins = resources.get<BinnedMovie>(`${dataset.id}/bins`);
  const wanted = bins !== undefined && selection === null && probed === null;
  return togetherWith(lanes, probed, wanted ? meanLane(dataset, bins, await meanTrace(bins)) : null);
}

/** The probe takes the place of what the region is compared with. */
function togetherWith(lanes: readonly TraceLane[], probed: TraceLane | null, mean: TraceLane | null): readonly TraceLane[] {
  return probed ? [...lanes.slice(0, 1), probed] : mean ? [mean] : lanes;
}

function meanLane(
  { rateHz }: CalciumDataset,
  { factor }: Pick<BinnedMovie, 'factor'>,
  raw: Float32Array<ArrayBuffer>,
): TraceLane | null {
  if (raw.length === 0) return null;
  const trace = { step: factor / rateHz, exact: false, raw, neuropil: null, processed: null };
  return { key: 'mean', selection: null, title: 'Whole field', text: 'mean of all pixels, binned', line: 'trace', trace };
}

function useMeanLane(dataset: CalciumDataset, wanted: boolean, version: number): TraceLane | null {
  const values = useTask(async () => {
    const bins = wanted ? resources.get<BinnedMovie>(`${dataset.id}/bins`) : undefined;
    return bins && { id: dataset.id, factor: bins.factor, raw: await meanTrace(bins) };
  }, `${dataset.id} ${wanted} ${version}`);
  return useMemo(() => (values && values.id === dataset.id ? meanLane(dataset, values, values.raw) : null), [values, dataset]);
}

/** Asks for ΔF/F and events of what is shown, and once for the exact traces of these predictions. */
function useExactTraces(dataset: CalciumDataset, lanes: readonly TraceLane[], predictions: number, method: string): void {
  // Only what becomes exact is processed: a result that the cache has dropped is not computed over and over.
  const key = `${dataset.id} ${predictions} ${method} ${lanes.map((lane) => `${lane.key} ${lane.trace?.exact}`).join()}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the lanes
  useEffect(() => {
    for (const { selection, trace, title } of lanes) {
      if (!selection || !trace?.exact) continue;
      processTrace(dataset, selection.layer, selection.index).catch((error) =>
        reportError(error, `${dataset.name}: ΔF/F of ${title} could not be computed`),
      );
    }
  }, [key]);
  const wanted = lanes.some(({ selection, trace }) => selection?.layer === 'predictions' && trace?.exact === false);
  const ready = wanted && summaryDone(dataset);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the list
  useEffect(() => {
    if (!ready || !isNewList(dataset)) return;
    asked.set(dataset, new Set(detectionsOf(dataset).map(({ region }) => region)));
    readExactTraces(dataset);
  }, [dataset, ready, predictions]);
}

/** Of which regions the exact traces were asked for: a pass that was cancelled, or for a few that were edited, is not started
 *  unasked. */
const asked = new WeakMap<CalciumDataset, ReadonlySet<Region>>();

/** Whether most of the regions are others than those of the last pass. */
function isNewList(dataset: CalciumDataset): boolean {
  const detections = detectionsOf(dataset);
  const before = asked.get(dataset);
  return !before || 2 * detections.filter(({ region }) => before.has(region)).length < detections.length;
}

export function readExactTraces(dataset: CalciumDataset): void {
  // The pass reports its own failure.
  ensureExactTraces(dataset).catch(() => undefined);
}

function regionLanes(dataset: CalciumDataset, selection: Selection, threshold: number): TraceLane[] {
  const truth = truthOf(dataset)?.regions ?? [];
  const partner = partnerOf(selection, { detections: detectionsOf(dataset), truth, score: keptScore(dataset) });
  return [selection, ...(partner ? [partner] : [])].flatMap((one) => regionLane(dataset, one, threshold) ?? []);
}

function regionLane(dataset: CalciumDataset, selection: Selection, threshold: number): TraceLane | null {
  const { layer, index } = selection;
  const truth = truthOf(dataset);
  const region = layer === 'truth' ? truth?.regions[index] : detectionsOf(dataset)[index]?.region;
  const row = rowOf(dataset, selection);
  if (!region || !row) return null;
  return {
    key: row.key,
    selection,
    title: layer === 'truth' ? `Truth ${truth?.ids[index] ?? index}` : `Region ${index + 1}`,
    text: layer === 'truth' && row.result === 'matched' ? `found, ${row.distance.toFixed(1)} px` : describeRow(row, threshold),
    line: row.line,
    trace: traceNow(dataset, layer, index, region),
  };
}

/** The row of any region, also of one that the table leaves out: a matched truth, a class that is hidden. */
function rowOf(dataset: CalciumDataset, { layer, index }: Selection): RegionRow | null {
  const score = keptScore(dataset);
  if (layer === 'truth') {
    const region = truthOf(dataset)?.regions[index];
    if (!region) return null;
    const matched = (score?.match[index] ?? -1) >= 0;
    return {
      key: `t${index}`,
      layer,
      index,
      label: `T ${index}`,
      result: score ? (matched ? 'matched' : 'missed') : null,
      line: score ? RESULT_LINES[matched ? 'matched' : 'missed'] : 'truth',
      area: pixelCount(region),
      distance: score?.truthDistance[index] ?? Number.NaN,
      confidence: Number.NaN,
      kind: 'truth',
      evidence: '',
    };
  }
  const one = detectionsOf(dataset)[index];
  if (!one) return null;
  const estimate = score ? score.estimates.indexOf(one) : -1;
  const result = !score || estimate < 0 ? null : score.match.includes(estimate) ? 'matched' : 'extra';
  return {
    key: `p${index}`,
    layer,
    index,
    label: String(index + 1),
    result,
    line: result ? RESULT_LINES[result] : plainLine(dataset),
    area: pixelCount(one.region),
    distance: score?.estimateDistance[estimate] ?? Number.NaN,
    confidence: one.confidence,
    kind: one.kind,
    evidence: one.evidence,
  };
}
