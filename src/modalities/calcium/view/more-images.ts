// Images that take a pass of their own, made when they are first looked at: peak to noise, maximum of correlations.
import type { NumericArray } from '../../../base/ndarray.ts';
import { tracked } from '../../../state/jobs.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { runJob } from '../../../workers/client.ts';
import type { RowBand } from '../shared/detection.ts';
import type { MoreImageInput } from '../shared/images.ts';
import { type BinnedMovie, cutBand } from './binned.ts';
import type { CalciumDataset } from './datasets.ts';
import { bump, VIEW_TITLES, type ViewName } from './store.ts';
import { ensureSummary } from './summary.ts';

const ON_DEMAND: readonly ViewName[] = ['pnr', 'max-correlation'];
const asked = new Set<string>();

/** Starts the computation of an image that is not there yet; the others come with the first pass. */
export function needImage(dataset: CalciumDataset, name: ViewName): void {
  const key = `${dataset.id}/${name}`;
  if (!ON_DEMAND.includes(name) || resources.has(key) || asked.has(key)) return;
  asked.add(key);
  makeImage(dataset, name)
    .catch((error) => reportError(error, `${VIEW_TITLES[name]} could not be computed`))
    .finally(() => asked.delete(key));
}

async function makeImage(dataset: CalciumDataset, name: ViewName): Promise<void> {
  const { id, files, store } = dataset;
  const { height, width } = files.movie;
  await ensureSummary(dataset);
  const binned = resources.get<BinnedMovie>(`${id}/bins`);
  if (!binned) return;
  const input: MoreImageInput = { height, width, bins: binned.images.length };
  const image = await tracked({ label: VIEW_TITLES[name], dataset: id }, (options) =>
    runJob<NumericArray, RowBand>('calcium', name, input, {
      ...options,
      attach: async (band) => ({ data: await cutBand(binned, band) }),
    }),
  );
  resources.put(`${id}/${name}`, image, image.byteLength, true);
  bump(store, 'images');
}
