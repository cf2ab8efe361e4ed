// Region files dropped onto open data sets become layers, the last one current: regions.json, submissions, other tools' results.
import { SomascopeError } from '../../../base/errors.ts';
import { type FileListing, subListing } from '../../../base/listing.ts';
import { grouped } from '../../../base/number-format.ts';
import type { Region } from '../../../base/region.ts';
import { centre } from '../../../base/region.ts';
import { notify } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { OpenDataset } from '../../modality.ts';
import type { Detection } from '../shared/detection.ts';
import { findLayers, type LayerSource } from '../shared/find-layers.ts';
import type { ReadLayer, ReadRegionsInput } from '../shared/regions.ts';
import { openCalcium } from './activate.ts';
import { listBad } from './bad-regions.ts';
import { refuseWhileBlind } from './blind.ts';
import { type CalciumDataset, datasetById } from './datasets.ts';
import { setPredictions } from './history.ts';
import { addLayer } from './layer-actions.ts';
import { addRecipeFile, isRecipeFile } from './replay.ts';

export async function addRegionFiles(
  listing: FileListing,
  open: readonly OpenDataset[],
  activeId: string | undefined,
): Promise<void> {
  const datasets = open.filter(({ modality }) => modality === 'calcium').map(openCalcium);
  const shown = shownOf(datasets, activeId);
  for (const source of findLayers(listing)) {
    const [entry] = source.entries;
    if (entry !== undefined && (await isRecipeFile(listing, entry))) await addRecipeFile(listing, entry, shown);
    else await addRegionFile({ listing, source }, datasets, activeId, false);
  }
}

function shownOf(datasets: readonly CalciumDataset[], activeId: string | undefined): CalciumDataset | undefined {
  return (activeId === undefined ? undefined : datasetById(activeId)) ?? datasets.at(-1);
}

interface Origin {
  readonly listing: FileListing;
  readonly source: LayerSource;
}

/** Where the current layer was read from, so that it can be read again as counted from one. */
const originOf = ({ id, store }: CalciumDataset) => resources.get<Origin>(`${id}/layer-file/${store.getState().currentLayer}`);

/** Whether the current layer came from a JSON file, whose rows and columns may count from one. */
export function cameFromFile(dataset: CalciumDataset): boolean {
  return originOf(dataset)?.source.kind === 'json';
}

/** Reads the file of the predictions again, counting rows and columns from one as Matlab does. Can be undone. */
export async function readOneBased(dataset: CalciumDataset): Promise<void> {
  const origin = originOf(dataset);
  if (origin) await addRegionFile(origin, [dataset], dataset.id, true);
}

async function addRegionFile(
  origin: Origin,
  datasets: readonly CalciumDataset[],
  activeId: string | undefined,
  oneBased: boolean,
): Promise<void> {
  const { listing, source } = origin;
  const file = source.name;
  if (datasets.length === 0) {
    throw new SomascopeError(
      'NotRecognised',
      'Regions lie on a movie, and none is open.',
      { file },
      'Open the data set first, then drop this file onto it.',
    );
  }
  const active = shownOf(datasets, activeId);
  const input: ReadRegionsInput = {
    listing: subListing(listing, source.entries),
    source: { ...source, entries: source.entries.map((_, i) => i) },
    oneBased,
    frames: datasets.map(({ info }) => ({ name: info.shortName, height: info.movie.height, width: info.movie.width })),
    active: active?.info.shortName,
  };
  const layers = await ask<readonly ReadLayer[]>('calcium', 'read-regions', input);
  const missing: string[] = [];
  for (const layer of layers) {
    const target = findTarget(layer.dataset, datasets, active, layers.length);
    if (target) {
      refuseWhileBlind(target);
      install(target, origin, layer, oneBased);
    } else missing.push(layer.dataset ?? 'a set without a name');
  }
  if (missing.length === layers.length) {
    throw new SomascopeError(
      'NotRecognised',
      `It holds regions for ${missing.join(', ')}, and none of these is open.`,
      { file },
      `Open that data set first. Open now: ${datasets.map(({ info }) => info.shortName).join(', ')}.`,
    );
  }
  if (missing.length > 0) notify('warning', `${file}: ${missing.length} sets are not open`, `Left out: ${missing.join(', ')}.`);
}

/** By name; a file that names no set, or a single set, belongs to the one on screen. */
function findTarget(
  name: string | null,
  datasets: readonly CalciumDataset[],
  active: CalciumDataset | undefined,
  layers: number,
): CalciumDataset | undefined {
  const named = datasets.find(({ info }) => info.shortName === name);
  return named ?? (name === null && layers === 1 ? active : undefined);
}

/** Regions without a confidence of their own count as certain. */
export function importedDetection(region: Region, confidence = 1): Detection {
  const [row, col] = centre(region);
  return { region, row, col, confidence, kind: 'imported', evidence: 'imported' };
}

function install(dataset: CalciumDataset, origin: Origin, layer: ReadLayer, oneBased: boolean): void {
  const file = origin.source.name;
  const detections = layer.regions.map((region, i) => importedDetection(region, layer.confidence?.[i]));
  const state = { confidence: 0, foundDiameter: null };
  if (oneBased) {
    setPredictions(dataset, `Read ${file} from one`, detections, { ...state, predictionSource: file });
  } else {
    const id = addLayer(dataset, `Import ${file}`, { ...state, name: file, source: file }, detections);
    resources.put(`${dataset.id}/layer-file/${id}`, origin, 0, true);
  }
  const { bad, regions, warnings } = layer;
  const imported = regions.length === 1 ? '1 region imported' : `${grouped(regions.length)} regions imported`;
  const text = `${dataset.name}, from ${file}${oneBased ? ', read as one-based' : ''}. ${warnings.join(' ')}`.trim();
  if (bad.length > 0) {
    const title = `${imported}, ${grouped(bad.length)} left out`;
    notify(
      'failure',
      title,
      `${text} ${listBad(bad)} Correct these and drop the file again.`,
      `${text}\n${listBad(bad, bad.length)}`,
    );
  } else {
    notify('success', imported, text);
  }
}
