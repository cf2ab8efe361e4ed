// The mistakes of the current predictions, and the walk from one to the next: the region is selected and brought into the middle,
// and the movie goes to the frame of its strongest transient where a trace is known.
import { centre, pixelCount } from '../../../base/region.ts';
import { resources } from '../../../state/resources.ts';
import type { BinnedMovie } from './binned.ts';
import { type CalciumDataset, detectionsOf, truthOf } from './datasets.ts';
import { classify, keptScore } from './region-rows.ts';
import { selectRegion } from './selection.ts';
import type { StagePicture } from './stage-picture.ts';
import type { LayerName, Selection } from './store.ts';
import { type RegionTrace, traceNow } from './traces.ts';
import { walkOrder } from './walk-order.ts';

export interface Mistake extends Selection {
  readonly key: string;
  readonly kind: 'extra' | 'missed';
  readonly row: number;
  readonly col: number;
}

/** In walking order; classes that the legend hides are left out. */
export function mistakesOf(dataset: CalciumDataset): Mistake[] {
  const truth = truthOf(dataset)?.regions ?? [];
  if (!keptScore(dataset)) return [];
  const { classes: shown } = dataset.store.getState();
  const classes = classify(dataset);
  const detections = detectionsOf(dataset);
  const at = (layer: LayerName, index: number) => centre(layer === 'truth' ? truth[index]! : detections[index]!.region);
  const found: Mistake[] = [];
  const add = (layer: LayerName, kind: Mistake['kind']) => (result: string | null, index: number) => {
    if (result !== kind || !shown[kind]) return;
    const [row, col] = at(layer, index);
    found.push({ layer, index, kind, row, col, key: keyOf({ layer, index }) });
  };
  classes.predictions.forEach(add('predictions', 'extra'));
  classes.truth.forEach(add('truth', 'missed'));
  return walkOrder(found, dataset.files.movie.height);
}

export function keyOf({ layer, index }: Selection): string {
  return `${layer === 'truth' ? 't' : 'p'}${index}`;
}

/** As the lists call a region: its number, or `T` and the truth's own name. */
export function regionLabel(dataset: CalciumDataset, { layer, index }: Selection): string {
  return layer === 'truth' ? `T ${truthOf(dataset)?.ids[index] ?? index}` : String(index + 1);
}

/** To the next mistake, or with −1 to the one before; from a region that is none, to the first. */
export function stepMistake(dataset: CalciumDataset, picture: StagePicture | null, by: 1 | -1): void {
  const mistakes = mistakesOf(dataset);
  const { selection } = dataset.store.getState();
  const at = selection ? mistakes.findIndex(({ key }) => key === keyOf(selection)) : -1;
  const next = at < 0 ? (by > 0 ? 0 : mistakes.length - 1) : (at + by + mistakes.length) % mistakes.length;
  const mistake = mistakes[next];
  if (mistake) goToRegion(dataset, picture, mistake);
}

/** Diameters of the region across the shorter side of the stage. */
const SURROUNDINGS = 12;

export function goToRegion(dataset: CalciumDataset, picture: StagePicture | null, { layer, index }: Selection): void {
  const region = layer === 'truth' ? truthOf(dataset)?.regions[index] : detectionsOf(dataset)[index]?.region;
  if (!region) return;
  const { player } = dataset;
  selectRegion(dataset, { layer, index });
  const diameter = 2 * Math.sqrt(pixelCount(region) / Math.PI);
  picture?.showPlace(...centre(region), SURROUNDINGS * diameter);
  const frame = strongestFrame(dataset, traceNow(dataset, layer, index, region));
  if (frame === null) return;
  player.pause();
  player.seek(frame);
}

/** The frame in which a trace is highest: of ΔF/F where it is known. Null without a trace. */
function strongestFrame({ id, rateHz, player }: CalciumDataset, trace: RegionTrace | null): number | null {
  if (!trace) return null;
  const values = trace.processed?.deltaFOverF ?? trace.raw;
  let best = -1;
  values.forEach((value, i) => {
    if (Number.isFinite(value) && (best < 0 || value > values[best]!)) best = i;
  });
  if (best < 0) return null;
  // A bin stands for its frames; the one in its middle is shown.
  const half = trace.exact ? 0 : ((resources.get<BinnedMovie>(`${id}/bins`)?.factor ?? 1) - 1) / 2;
  return Math.min(player.frames - 1, Math.round(best * trace.step * rateHz + half));
}
