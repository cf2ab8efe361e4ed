// Saves what the menu Export offers. Names of files say the data set.
import { drive, type Steps, within } from '../../../base/steps.ts';
import { tracked } from '../../../state/jobs.ts';
import { notify, reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { saveBlob, saveBytes, saveText } from '../../../ui/download.ts';
import { ask, runJob } from '../../../workers/client.ts';
import { type CuratedSorting, type CurationText, NO_UNIT, type SavedBlob } from '../shared/exports.ts';
import { MEASURE_NAMES } from '../shared/measures.ts';
import type { CorrelogramInput, Correlograms } from '../shared/unit-jobs.ts';
import { allRows } from './all-rows.ts';
import { CORRELOGRAM_MS } from './ask-units.ts';
import { type HeldTemplates, spikeTableSteps, templatesKey } from './compute-metrics.ts';
import type { EphysDataset } from './datasets.ts';
import { columnOf } from './electrodes.ts';
import type { ShownPicture } from './pictures.ts';
import { peakElectrode } from './unit-facts.ts';
import { selectedUnits, sortingOf, trainOf, unitsOf } from './units.ts';

/** A file's name without what a system may refuse. */
export function fileStem({ name }: Pick<EphysDataset, 'name'>): string {
  return name.replace(/\.(zip|bin|dat|cbin|npz|mda)$/i, '').replace(/[^\w.-]+/g, '-') || 'recording';
}

function saving(title: string, task: () => Promise<void>): void {
  task().catch((error: unknown) => reportError(error, title));
}

/** One line a unit; empty where a measure is missing. */
export function metricsCsv(dataset: EphysDataset): string {
  const { definitions } = dataset.store.getState();
  const cell = (value: number | undefined) => (value === undefined || Number.isNaN(value) ? '' : String(value));
  const lines = allRows(dataset).map(({ unit, passes, measures }) => {
    const verdict = passes === null ? '' : passes ? 'pass' : 'fail';
    return [unit.name, unit.label, verdict, definitions, ...MEASURE_NAMES.map((name) => cell(measures[name]))].join(',');
  });
  return `${['unit', 'label', 'verdict', 'definitions', ...MEASURE_NAMES].join(',')}\n${lines.join('\n')}\n`;
}

export function saveMetrics(dataset: EphysDataset): void {
  saveText(`${fileStem(dataset)}.metrics.csv`, metricsCsv(dataset), 'text/csv');
}

const STRIDE = 1 << 18;

/** The sorting as curation has left it. */
export function* curatedSteps(dataset: EphysDataset): Steps<CuratedSorting> {
  const index = dataset.store.getState().sorting;
  const sorting = sortingOf(dataset);
  const { times, units: clusters, ids } = yield* within(spikeTableSteps(dataset, index), 0, 0.5);
  for (let spike = 0; spike < clusters.length; spike++) {
    clusters[spike] = ids[clusters[spike]!] ?? NO_UNIT;
    if (spike % STRIDE === STRIDE - 1) yield 0.5 + (0.5 * spike) / clusters.length;
  }
  const all = [...unitsOf(dataset, index).units.values()].sort((a, b) => a.id - b.id);
  return {
    name: dataset.name,
    samplingRate: dataset.rate,
    times,
    clusters,
    unitIds: Int32Array.from(all, ({ id }) => id),
    labels: all.map(({ label }) => label),
    peaks: Int32Array.from(all, (unit) => {
      const peak = peakElectrode(dataset, unit);
      return peak === null || !dataset.recording ? -1 : columnOf(dataset.recording, peak);
    }),
    fileClusters: sorting?.clusters ?? new Int32Array(0),
    fileUnits: [...(sorting?.unitIds ?? [])],
    fileNames: sorting?.unitNames ?? null,
    order: sorting?.order,
  };
}

/** What a job in a worker makes of it, with progress in the bar of jobs, where it can be stopped. */
function ofSorting<O>(dataset: EphysDataset, label: string, job: string): Promise<O> {
  return tracked({ label, dataset: dataset.id }, async ({ signal, onProgress }) =>
    runJob<O>('ephys', job, await drive(curatedSteps(dataset), { signal }), { signal, onProgress }),
  );
}

const LABEL = 'Saving the sorting';

async function saveSpikes(dataset: EphysDataset, job: string, ending: string): Promise<void> {
  const { blob } = await ofSorting<SavedBlob>(dataset, LABEL, job);
  saveBlob(`${fileStem(dataset)}.${ending}`, blob);
}

export function saveSorting(dataset: EphysDataset): void {
  saving('The sorting could not be saved', () => saveSpikes(dataset, 'sortingNpz', 'sorting.npz'));
}

export function saveFirings(dataset: EphysDataset): void {
  saving('The firings could not be saved', () => saveSpikes(dataset, 'firings', 'firings.mda'));
}

export function savePhy(dataset: EphysDataset): void {
  saving('The phy files could not be saved', () => saveSpikes(dataset, 'phy', 'phy.zip'));
}

export function saveCuration(dataset: EphysDataset): void {
  saving('The curation could not be saved', async () => {
    const { text, lost } = await ofSorting<CurationText>(dataset, LABEL, 'curation');
    saveText(`${fileStem(dataset)}.curation.json`, text, 'application/json');
    if (lost.length > 0)
      notify(
        'failure',
        'The curation JSON does not hold all of the curation',
        `SpikeInterface’s format cannot say that ${lost.join(', nor that ')}. Sorting NPZ and Phy files ZIP hold it all.`,
      );
  });
}

async function saveArray(
  name: string,
  data: Float32Array<ArrayBuffer> | Int32Array<ArrayBuffer>,
  shape: readonly number[],
): Promise<void> {
  saveBytes(name, await ask<Uint8Array<ArrayBuffer>>('ephys', 'npy', { data: data.slice(), shape }));
}

/** Units whose pairs are all saved where none is selected. */
const MOST_UNITS = 100;

/** [unit][unit][bin], int32: of the selected units, or of all. */
export function saveCorrelograms(dataset: EphysDataset): void {
  saving('The correlograms could not be saved', async () => {
    const chosen = selectedUnits(dataset);
    const units = chosen.length > 0 ? chosen : [...unitsOf(dataset).units.values()].slice(0, MOST_UNITS);
    const trains = units.map((unit) => trainOf(dataset, unit).slice());
    const input: CorrelogramInput = { trains, rate: dataset.rate, windowMs: CORRELOGRAM_MS, binMs: 1 };
    const { counts, bins } = await ask<Correlograms>('ephys', 'correlograms', input);
    await saveArray(`${fileStem(dataset)}.correlograms.npy`, Int32Array.from(counts), [units.length, units.length, bins]);
  });
}

/** [unit][sample][channel], float32 µV. */
export function saveTemplates(dataset: EphysDataset): void {
  saving('The templates could not be saved', async () => {
    const held = resources.get<HeldTemplates>(templatesKey(dataset));
    if (!held) return;
    const { mean, samples, channels } = held.templates;
    await saveArray(`${fileStem(dataset)}.templates.npy`, mean, [held.ids.length, samples, channels]);
  });
}

export type PictureFormat = 'PNG' | 'SVG';

/** One of the pictures on screen, as it is there. */
export function savePicture(dataset: EphysDataset, picture: ShownPicture, format: PictureFormat): void {
  saving('The picture could not be saved', async () => {
    const words = picture.label.toLowerCase().replace(/[^a-z]+/g, '-');
    const name = `${fileStem(dataset)}.${words}.${format.toLowerCase()}`;
    if (format === 'SVG') return saveText(name, picture.toSvg(), 'image/svg+xml');
    const canvas = picture.toCanvas();
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob) saveBlob(name, blob);
  });
}
