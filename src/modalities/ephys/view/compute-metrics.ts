// Compute metrics: spike trains at once, then the recording in two passes (mean waveforms, then every spike), then the separation of the
// units. Each step is a job with progress and Cancel; what is there already stays.
import { toPlain } from '../../../base/errors.ts';
import { grouped } from '../../../base/number-format.ts';
import { complete, drive, type Steps } from '../../../base/steps.ts';
import { endJob, reportJob, startJob } from '../../../state/jobs.ts';
import { notify, reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask, runJob } from '../../../workers/client.ts';
import type { UnitMeasures } from '../shared/measures.ts';
import { metricSpans, secondsOfSpans, USUAL_SECONDS } from '../shared/metric-spans.ts';
import {
  COMPONENTS,
  FEATURE_ELECTRODES,
  type MeasureColumns,
  type ShapeInput,
  type Shapes,
  type SpikeFeatures,
  type SpikeInput,
  type SpikeMeasures,
  type SpikeTable,
  type TemplateInput,
  type TrainInput,
  type TrainSpikes,
  type UnitTemplates,
} from '../shared/metrics.ts';
import type { Similarity } from '../shared/sorter-templates.ts';
import type { EphysDataset } from './datasets.ts';
import { forgetPlaces, spikeDepthsKey } from './drift.ts';
import { columnOf } from './electrodes.ts';
import { savedQuality } from './saved-quality.ts';
import { similarityKey } from './similarity-plot.tsx';
import { bump } from './store.ts';
import { spikeAmplitudesKey } from './unit-amplitudes.ts';
import { putMeasures, putMetricsRead } from './unit-facts.ts';
import { sortingOf, unitsOf } from './units.ts';

export const METRICS_LABEL = 'Metrics';
export const templatesKey = ({ id, store }: EphysDataset) => `${id}/templates/${store.getState().sorting}`;

/** Templates and the units that they are of. */
export interface HeldTemplates {
  readonly ids: readonly number[];
  readonly templates: UnitTemplates;
}

type NamedTable = SpikeTable & { readonly ids: readonly number[] };

/** All spikes of a sorting, with the place of their unit as curation has left them. */
export function* spikeTableSteps(dataset: EphysDataset, index: number): Steps<NamedTable> {
  const times = sortingOf(dataset, index)?.times ?? new Float64Array(0);
  const all = [...unitsOf(dataset, index).units.values()];
  const units = new Int32Array(times.length).fill(-1);
  let done = 0;
  for (let place = 0; place < all.length; place++) {
    const { spikes } = all[place]!;
    for (let i = 0; i < spikes.length; i++) units[spikes[i]!] = place;
    done += spikes.length;
    if (done >> 18 !== (done - spikes.length) >> 18) yield done / times.length;
  }
  return { times, units, count: all.length, ids: all.map(({ id }) => id) };
}

/** The same at once. */
export function spikeTable(dataset: EphysDataset, index = dataset.store.getState().sorting): NamedTable {
  return complete(spikeTableSteps(dataset, index));
}

const SHARES = { templates: 0.35, spikes: 0.75, quality: 0.9, trains: 1 };

/** Of a long recording the waveform measures read seconds evenly over it; `all` reads the whole. */
export async function computeMetrics(dataset: EphysDataset, all = false): Promise<void> {
  const { rate, frames, source, recording, electrodes, store } = dataset;
  const control = new AbortController();
  const { signal } = control;
  const total = unitsOf(dataset).units.size;
  const job = startJob({ label: METRICS_LABEL, dataset: dataset.id, unit: 'units', total }, () => control.abort());
  const progress = (from: number, to: number) => (share: number) => reportJob(job, from + share * (to - from));
  const columns: MeasureColumns[] = [];
  try {
    const { ids, ...table } = await drive(spikeTableSteps(dataset, store.getState().sorting), { signal });
    let spikes: SpikeMeasures | null = null;
    let gains: Float64Array<ArrayBuffer> | null = null;
    if (recording && ids.length > 0) {
      const seconds = all ? Number.POSITIVE_INFINITY : USUAL_SECONDS;
      const { chain } = store.getState();
      const input: TemplateInput = { ...table, source, chain, frames, rate, channels: electrodes.count, seconds };
      const templates = await runJob<UnitTemplates>('ephys', 'templates', input, {
        signal,
        onProgress: progress(0, SHARES.templates),
      });
      const shapeInput: ShapeInput = { source, templates, rate };
      const { columns: shapes, axes, electrodes: near } = await ask<Shapes>('ephys', 'shapes', shapeInput, { signal });
      columns.push(shapes);
      const second: SpikeInput = { ...input, templates, axes, electrodes: near };
      spikes = await runJob<SpikeMeasures>('ephys', 'spikes', second, {
        signal,
        onProgress: progress(SHARES.templates, SHARES.spikes),
      });
      const { featureUnits, features } = spikes;
      const quality: SpikeFeatures = {
        data: features,
        components: COMPONENTS,
        locals: FEATURE_ELECTRODES,
        channels: near,
        templateOf: featureUnits,
        unitOf: featureUnits,
        count: ids.length,
      };
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
      gains = gainsOf(dataset, templates.peaks);
      putMetricsRead(dataset, {
        seconds: secondsOfSpans(metricSpans(frames, rate, seconds), rate),
        ofSeconds: frames / rate,
        spikes: spikes.amplitudes.reduce((sum, value) => sum + Number(Number.isFinite(value)), 0),
        ofSpikes: table.units.reduce((sum, unit) => sum + Number(unit >= 0), 0),
      });
    }
    const saved = await savedQuality(dataset, signal);
    if (saved) columns.push(saved);
    const trains: TrainInput = { count: ids.length, frames, rate, gains };
    // Handed over, not copied to every worker: with millions of spikes that alone would take longer than the measures.
    const attach = (): TrainSpikes => ({
      times: table.times.slice(),
      units: table.units.slice(),
      amplitudes: spikes?.amplitudes.slice() ?? sorterAmplitudes(dataset),
      depths: spikes?.depths.slice() ?? sorterDepths(dataset),
    });
    // First, because templates tell the depth better than the places of spikes do.
    columns.unshift(
      await runJob<MeasureColumns>('ephys', 'trains', trains, {
        signal,
        attach,
        onProgress: progress(SHARES.quality, SHARES.trains),
      }),
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

/** µV a count of each unit's largest electrode; null where the recording does not say it. */
function gainsOf({ recording }: EphysDataset, peaks: Int32Array): Float64Array<ArrayBuffer> | null {
  if (!recording) return null;
  const gains = Float64Array.from(peaks, (peak) => (peak < 0 ? Number.NaN : recording.gain[columnOf(recording, peak)]!));
  return gains.some(Number.isFinite) ? gains : null;
}

/** What the sorter said of amplitudes serves where no recording is open. */
function sorterAmplitudes(dataset: EphysDataset): Float32Array<ArrayBuffer> | null {
  const own = sortingOf(dataset)?.amplitudes;
  return own ? Float32Array.from(own) : null;
}

/** Where the sorter put its spikes, µm along the probe. */
function sorterDepths(dataset: EphysDataset): Float32Array<ArrayBuffer> | null {
  const own = sortingOf(dataset)?.positions;
  return own ? Float32Array.from({ length: own.length / 2 }, (_, spike) => own[2 * spike + 1]!) : null;
}

export function measuresBy(ids: readonly number[], columns: readonly MeasureColumns[]): ReadonlyMap<number, UnitMeasures> {
  const all: MeasureColumns = Object.assign({}, ...columns);
  const found = Object.entries(all);
  return new Map(ids.map((id, i) => [id, Object.fromEntries(found.map(([name, column]) => [name, column[i]!]))]));
}
