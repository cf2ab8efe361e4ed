// The one pass over the movie: summary images, binned movie and the truth's raw traces, filling in while it runs.

import { SomascopeError } from '../../../base/errors.ts';
import { mark } from '../../../base/marks.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { throwIfAborted } from '../../../base/steps.ts';
import { tracked } from '../../../state/jobs.ts';
import { notify, reportError } from '../../../state/log.ts';
import { frames, resources } from '../../../state/resources.ts';
import { outliving, runJob } from '../../../workers/client.ts';
import { binRange, MAX_BINNED_BYTES } from '../shared/bin-range.ts';
import type { SummaryInput, SummaryOutput, SummaryPreview } from '../shared/images.ts';
import { addBins, type BinnedMovie } from './binned.ts';
import { type CalciumDataset, truthOf } from './datasets.ts';
import { bump } from './store.ts';

/** Pictures of what was read so far cost a tenth of a core at two a second. */
const PREVIEW_MS = 1000;

interface Pass {
  readonly done: Promise<void>;
  /** Aborted where the pass is begun anew. */
  readonly control: AbortController;
}

const running = new Map<string, Pass>();

/** Starts the pass, or returns the one that runs or ran. It runs again once its binned movie had to make room for another's. */
export function ensureSummary(dataset: CalciumDataset): Promise<void> {
  const pass = running.get(dataset.id);
  const lost = !dataset.store.getState().reading && !resources.has(`${dataset.id}/bins`);
  return pass && !lost ? pass.done : begin(dataset).done;
}

function begin(dataset: CalciumDataset): Pass {
  dataset.store.setState({ reading: true });
  const control = new AbortController();
  const { signal } = control;
  const done = outliving(() => runSummary(dataset, signal))
    .finally(() => {
      if (!signal.aborted) dataset.store.setState({ reading: false });
    })
    .catch((error) => {
      // Who waits for a pass that was begun anew waits for the new one.
      if (signal.aborted) return ensureSummary(dataset);
      running.delete(dataset.id);
      throw error;
    });
  const pass = { done, control };
  running.set(dataset.id, pass);
  return pass;
}

/** Reads the movie anew, as its frames are to be read now; false where nobody has begun to read it. */
export function renewSummary(dataset: CalciumDataset): boolean {
  const pass = running.get(dataset.id);
  pass?.control.abort();
  releaseSummary(dataset);
  if (!pass) return false;
  startSummary(dataset);
  return true;
}

export function forgetSummary(id: string): void {
  running.delete(id);
}

const KEPT = [
  'mean',
  'max',
  'standard-deviation',
  'correlation',
  'correlation4',
  'noise',
  'even-mean',
  'odd-mean',
  'bins',
  'traces/truth',
] as const;

/** Gives back the memory of a pass over a data set that nobody looks at; it is read again when somebody does. */
export function releaseSummary({ id, store }: CalciumDataset): void {
  running.delete(id);
  for (const name of KEPT) resources.delete(`${id}/${name}`);
  frames.deletePrefix(`${id}/`);
  store.setState({ framesRead: 0, reading: true });
  bump(store, 'images', 'bins', 'traces');
}

export function summaryDone(dataset: CalciumDataset): boolean {
  const { framesRead } = dataset.store.getState();
  return resources.has(`${dataset.id}/odd-mean`) && framesRead > 0;
}

async function runSummary(dataset: CalciumDataset, renewed: AbortSignal): Promise<void> {
  const { id, files, store, info } = dataset;
  const { frames: count, height, width } = files.movie;
  let binned: BinnedMovie | undefined;
  const take = (preview: SummaryPreview) => {
    if (store.getState().framesRead === 0) mark('summary-first');
    if (!binned) {
      binned = { ...preview.bins.scheme, height, width, images: [] };
      resources.put(`${id}/bins`, binned, preview.bins.scheme.bins * height * width * 2);
    }
    addBins(binned, preview.bins);
    keepImages(id, preview);
    store.setState({ framesRead: preview.framesRead, damaged: preview.damaged.length });
    bump(store, 'images', 'bins');
  };
  // The first frame belongs to the job: the page is not ready while the pass is about to begin.
  const output = await tracked({ label: 'Summary images', dataset: id, unit: 'frames', total: count }, async (options) => {
    const first = await firstGoodFrame(dataset);
    const input: SummaryInput = {
      ...files,
      rateHz: info.facts.rateHz,
      binRange: binRange(first.data),
      binBytes: Math.min(MAX_BINNED_BYTES, resources.budget / 2),
      regions: truthOf(dataset)?.regions ?? [],
      origin: Float64Array.from(first.data),
    };
    return runJob<SummaryOutput, unknown, SummaryPreview>('calcium', 'summary', input, {
      ...options,
      signal: AbortSignal.any([options.signal, renewed]),
      onPreview: take,
      previewEveryMs: PREVIEW_MS,
    });
  });
  throwIfAborted(renewed);
  resources.put(`${id}/even-mean`, output.evenMean, output.evenMean.byteLength, true);
  resources.put(`${id}/odd-mean`, output.oddMean, output.oddMean.byteLength, true);
  if (output.traces) resources.put(`${id}/traces/truth`, output.traces, output.traces.raw.byteLength * 2, true);
  take(output);
  bump(store, 'traces');
  mark('summary-done');
  reportDamage(dataset, output);
}

async function firstGoodFrame({ player, files, name }: CalciumDataset): Promise<{ data: NumericArray }> {
  for (let frame = 0; frame < player.frames; frame++) {
    const got = await player.source.read(frame);
    if ('data' in got) return got;
  }
  throw new SomascopeError(
    'Invalid',
    'No frame can be read.',
    { file: files.listing.files[0]?.name ?? name },
    'Get the file again.',
  );
}

function keepImages(id: string, { images }: SummaryPreview): void {
  const planes: [string, NumericArray][] = [
    ['mean', images.mean],
    ['max', images.max],
    ['standard-deviation', images.standardDeviation],
    ['correlation', images.correlation],
    ['correlation4', images.correlation4],
    ['noise', images.noise],
  ];
  for (const [name, data] of planes) resources.put(`${id}/${name}`, data, data.byteLength, true);
}

function reportDamage({ name, files }: CalciumDataset, { damaged }: SummaryPreview): void {
  const first = damaged[0];
  if (!first) return;
  notify(
    'failure',
    `${name}: ${damaged.length} of ${files.movie.frames} frames cannot be read`,
    `Frame ${first.frame}: ${first.reason} They are drawn hatched and left out of all statistics; get the file again for whole ones.`,
    damaged.map(({ frame, reason }) => `frame ${frame}: ${reason}`).join('\n'),
  );
}

/** Starts the pass when a data set is opened; its failure is reported once. */
export function startSummary(dataset: CalciumDataset): void {
  ensureSummary(dataset).catch((error) => reportError(error, `${dataset.name}: the movie could not be read`));
}
