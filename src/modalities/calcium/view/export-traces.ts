// The traces that Traces CSV holds: exact ones of the chosen predictions where there are any, else of the truth.
import { SomascopeError } from '../../../base/errors.ts';
import { tracked } from '../../../state/jobs.ts';
import { resources } from '../../../state/resources.ts';
import { runJob } from '../../../workers/client.ts';
import type { RawTraces, TracesInput } from '../shared/traces.ts';
import { quoted } from './csv.ts';
import { type CalciumDataset, chosenDetections, detectionsOf, truthOf } from './datasets.ts';
import type { LayerName } from './store.ts';
import { ensureSummary } from './summary.ts';
import { demix, ensureExactTraces } from './traces.ts';
import { tracesAt } from './traces-at.ts';

export interface ExportedTraces {
  readonly layer: LayerName;
  readonly traces: RawTraces;
  /** One per region, as CSV cells: the prediction's 0-based number as in Regions JSON, the id of a truth region. */
  readonly labels: readonly string[];
}

/** Null where reading stopped and that was told already. */
export function exportedTraces(dataset: CalciumDataset): Promise<ExportedTraces | null> {
  return chosenDetections(dataset).length > 0 ? predictionTraces(dataset) : truthTraces(dataset);
}

async function predictionTraces(dataset: CalciumDataset): Promise<ExportedTraces | null> {
  const all = detectionsOf(dataset);
  const chosen = new Set(chosenDetections(dataset));
  const read = await ensureExactTraces(dataset).then(
    () => true,
    // It reports its own failure.
    () => false,
  );
  if (!read) return null;
  const traces = resources.get<RawTraces>(`${dataset.id}/traces/predictions`);
  if (!traces || detectionsOf(dataset) !== all) {
    throw new SomascopeError('Invalid', 'The regions changed while their traces were read.', {}, 'Save again.');
  }
  const numbers = all.flatMap((one, index) => (chosen.has(one) ? [index] : []));
  const own = tracesAt(traces, numbers);
  const shown = numbers.map((index) => all[index]!.region);
  const byMethod = dataset.store.getState().traceMethod === 'mean' ? own : await demix(dataset, shown, own);
  return { layer: 'predictions', traces: byMethod, labels: numbers.map(String) };
}

async function truthTraces(dataset: CalciumDataset): Promise<ExportedTraces> {
  await ensureSummary(dataset);
  const truth = truthOf(dataset);
  if (!truth || truth.regions.length === 0)
    throw new SomascopeError('Invalid', 'There are no regions.', {}, 'Detect neurons first.');
  const kept = resources.get<RawTraces>(`${dataset.id}/traces/truth`);
  const labels = truth.regions.map((_, index) => quoted(String(truth.ids[index] ?? index)));
  if (kept && kept.regions === truth.regions.length) return { layer: 'truth', traces: kept, labels };
  // A truth that came after the movie was read: its traces take a pass of their own.
  const input: TracesInput = { ...dataset.files, regions: truth.regions };
  const traces = await tracked(
    { label: 'Exact traces', dataset: dataset.id, unit: 'frames', total: dataset.files.movie.frames },
    (options) => runJob<RawTraces>('calcium', 'traces', input, options),
  );
  return { layer: 'truth', traces, labels };
}
