// Compute metrics: spike trains at once, then the recording in two passes (mean waveforms, then every spike), then the separation of the
// units. Each step is a job with progress and Cancel; what is there already stays.
import { toPlain } from '../../../base/errors.ts';
import { grouped } from '../../../base/number-format.ts';
import { endJob, reportJob, startJob } from '../../../state/jobs.ts';
import { notify, reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask, runJob } from '../../../workers/client.ts';
import { MEASURE_NAMES, type MeasureName, type UnitMeasures } from '../shared/measures.ts';
import type {
  MeasureColumns,
  QualityInput,
  SpikeInput,
  SpikeMeasures,
  SpikeTable,
  TemplateInput,
  TrainInput,
  UnitTemplates,
} from '../shared/metrics.ts';
import type { EphysDataset } from './datasets.ts';
import { forgetPlaces, spikeDepthsKey } from './drift.ts';
import { savedQuality } from './saved-quality.ts';
import { type Similarity, similarityKey } from './similarity-plot.tsx';
import { bump } from './store.ts';
import { spikeAmplitudesKey } from './unit-amplitudes.ts';
import { putMeasures } from './unit-facts.ts';
import { sortingOf, unitsOf } from './units.ts';

export const METRICS_LABEL = 'Metrics';
export const templatesKey = ({ id, store }: EphysDataset) => `${id}/templates/${store.getState().sorting}`;

/** Templates and the units that they are of. */
export interface HeldTemplates {
  readonly ids: readonly number[];
  readonly templates: UnitTemplates;
}

/** All spikes of a sorting, with the place of their unit as curation has left them. */
export function spikeTable(
  dataset: EphysDataset,
  index = dataset.store.getState().sorting,
): SpikeTable & { readonly ids: readonly number[] } {
  const times = sortingOf(dataset, index)?.times ?? new Float64Array(0);
  const all = [...unitsOf(dataset, index).units.values()];
  const units = new Int32Array(times.length).fill(-1);
  all.forEach(({ spikes }, place) => {
    for (const spike of spikes) units[spike] = place;
  });
  return { times, units, count: all.length, ids: all.map(({ id }) => id) };
}

const SHARES = { templates: 0.35, spikes: 0.75, quality: 0.9, trains: 1 };

export async function computeMetrics(dataset: EphysDataset): Promise<void> {
  const { rate, frames, source, recording, electrodes, store } = dataset;
  const { ids, ...table } = spikeTable(dataset);
  const control = new AbortController();
  const { signal } = control;
  const job = startJob({ label: METRICS_LABEL, dataset: dataset.id, unit: 'units', total: ids.length }, () => control.abort());
  const progress = (from: number, to: number) => (share: number) => reportJob(job, from + share * (to - from));
  const columns: MeasureColumns[] = [];
  try {
    let spikes: SpikeMeasures | null = null;
    if (recording && ids.length > 0) {
      const input: TemplateInput = { ...table, source, chain: store.getState().chain, frames, rate, channels: electrodes.count };
      const templates = await runJob<UnitTemplates>('ephys', 'templates', input, {
        signal,
        onProgress: progress(0, SHARES.templates),
      });
      const shapes = await ask<{ columns: MeasureColumns; axes: Float32Array<ArrayBuffer> }>(
        'ephys',
        'shapes',
        { source, templates, rate },
        { signal },
      );
      columns.push(shapes.columns);
      const second: SpikeInput = { ...input, templates, axes: shapes.axes };
      spikes = await runJob<SpikeMeasures>('ephys', 'spikes', second, {
        signal,
        onProgress: progress(SHARES.templates, SHARES.spikes),
      });
      const { featureUnits, features, electrodes: near } = spikes;
      const quality: QualityInput = { featureUnits, features, electrodes: near, count: ids.length };
      columns.push(
        await runJob<MeasureColumns>('ephys', 'quality', quality, {
          signal,
          onProgress: progress(SHARES.spikes, SHARES.quality),
        }),
      );
      const similarity: Similarity = { ids, values: templates.similarity };
      resources.put(similarityKey(dataset), similarity, similarity.values.byteLength, true);
      resources.put(templatesKey(dataset), { ids, templates } satisfies HeldTemplates, templates.mean.byteLength, true);
      resources.put(spikeAmplitudesKey(dataset), spikes.amplitudes, spikes.amplitudes.byteLength, true);
      resources.put(spikeDepthsKey(dataset), spikes.depths, spikes.depths.byteLength, true);
    }
    const saved = await savedQuality(dataset, signal);
    if (saved) columns.push(saved);
    const trains: TrainInput = {
      ...table,
      frames,
      rate,
      amplitudes: spikes?.amplitudes ?? sorterAmplitudes(dataset),
      depths: spikes?.depths ?? null,
    };
    columns.push(
      await runJob<MeasureColumns>('ephys', 'trains', trains, { signal, onProgress: progress(SHARES.quality, SHARES.trains) }),
    );
    putMeasures(dataset, measuresBy(ids, columns));
    forgetPlaces(dataset);
    bump(store, 'metrics', 'drift');
    notify(
      'success',
      'Metrics computed',
      `${grouped(ids.length)} units${recording ? '' : `, from ${saved ? 'spike times and saved features' : 'their spike times'} alone: no recording is open`}`,
    );
  } catch (error) {
    if (toPlain(error).tag !== 'Aborted') reportError(error, 'The metrics could not be computed');
  } finally {
    endJob(job);
  }
}

/** What the sorter said of amplitudes serves where no recording is open. */
function sorterAmplitudes(dataset: EphysDataset): Float32Array<ArrayBuffer> | null {
  const own = sortingOf(dataset)?.amplitudes;
  return own ? Float32Array.from(own) : null;
}

export function measuresBy(ids: readonly number[], columns: readonly MeasureColumns[]): ReadonlyMap<number, UnitMeasures> {
  const all: MeasureColumns = Object.assign({}, ...columns);
  const names = MEASURE_NAMES.filter((name) => all[name]);
  return new Map(
    ids.map((id, i) => [id, Object.fromEntries(names.map((name): [MeasureName, number] => [name, all[name]![i]!]))]),
  );
}
