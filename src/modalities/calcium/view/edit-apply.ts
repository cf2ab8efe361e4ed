// What a tool does when its gesture is over. Coordinates are those of the image: row, column, row, column …
import { notify, reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { GrowInput, GrowOutput, RegionEdit } from '../shared/edit.ts';
import type { BinnedMovie } from './binned.ts';
import { cutWindow } from './binned-window.ts';
import { type CalciumDataset, detectionsOf } from './datasets.ts';
import { addRegion, brushRegion, cutRegion, edited, type Made } from './edit-actions.ts';
import { markWithin, selectedPredictions, selectRegion } from './selection.ts';
import { brushDiameter, somaDiameter } from './soma.ts';
import type { StagePicture } from './stage-picture.ts';
import { summaryDone } from './summary.ts';

const OUTSIDE = 'No pixel of the movie is inside.';

async function madeBy(dataset: CalciumDataset, edit: RegionEdit, evidence: string): Promise<Made | null> {
  const [region] = await edited(dataset, edit);
  return region ? { region, evidence } : null;
}

export function drawOutline(dataset: CalciumDataset, vertices: readonly number[]): Promise<void> {
  return addRegion(dataset, 'Draw', OUTSIDE, () => madeBy(dataset, { kind: 'polygon', vertices }, 'drawn by hand'));
}

/** Its middle is the middle of the pixel, so that every disc has the same shape. */
export function placeDisc(dataset: CalciumDataset, row: number, col: number): Promise<void> {
  const radius = somaDiameter(dataset) / 2;
  const evidence = `disc of ${(2 * radius).toFixed(1)} px, placed by hand`;
  return addRegion(dataset, 'Draw', OUTSIDE, () =>
    madeBy(dataset, { kind: 'stroke', vertices: [Math.floor(row) + 0.5, Math.floor(col) + 0.5], radius }, evidence),
  );
}

/** Marks the shown predictions whose centres are inside. */
export async function markInside(dataset: CalciumDataset, picture: StagePicture, vertices: readonly number[]): Promise<void> {
  try {
    const [region] = await edited(dataset, { kind: 'polygon', vertices });
    const { width } = dataset.files.movie;
    const pixels = new Set<number>();
    const points = region?.points ?? [];
    for (let i = 0; i + 1 < points.length; i += 2) pixels.add(points[i]! * width + points[i + 1]!);
    markWithin(dataset, pixels, (index) => picture.isPredictionShown(index));
  } catch (error) {
    reportError(error, `${dataset.name}: the regions could not be selected`);
  }
}

const REACH = 2.5;

/** Grows a region from the binned movie around a place; says so where nothing stands out there. */
export async function growAt(dataset: CalciumDataset, row: number, col: number): Promise<void> {
  const binned = resources.get<BinnedMovie>(`${dataset.id}/bins`);
  const { height, width } = dataset.files.movie;
  const [y, x] = [Math.floor(row), Math.floor(col)];
  if (y < 0 || x < 0 || y >= height || x >= width) return;
  if (!binned || !summaryDone(dataset)) {
    notify('warning', 'The movie is still being read', 'A region grows on the whole movie. Try again when it is read.');
    return;
  }
  const radius = somaDiameter(dataset) / 2;
  const window = cutWindow(binned, y, x, Math.ceil(REACH * radius));
  const { top, left, data } = window;
  const otherwise = 'Nothing stands out around this place. Draw it, or place a disc.';
  await addRegion(dataset, 'Grow', otherwise, async () => {
    const input: GrowInput = {
      data,
      bins: binned.images.length,
      height: window.height,
      width: window.width,
      row: y - top,
      col: x - left,
      radius,
    };
    const grown = await ask<GrowOutput>('calcium', 'grow', input);
    if (!grown) return null;
    const points = grown.region.points.map((value, i) => value + (i % 2 ? left : top));
    return { region: { ...grown.region, points }, evidence: `grown from a click, on the ${grown.on}` };
  });
}

/** Cuts the selected region, or without one the region under the middle of the line. */
export async function cutAlong(
  dataset: CalciumDataset,
  picture: StagePicture,
  line: readonly [number, number, number, number],
): Promise<void> {
  const [r0, c0, r1, c1] = line;
  const selected = selectedPredictions(dataset);
  const index = selected.length === 1 ? selected[0]! : picture.predictionAt((r0 + r1) / 2, (c0 + c1) / 2);
  if (index === null) notify('warning', 'No region under the line', 'Select the region, or draw the line across it.');
  else await cutRegion(dataset, index, line);
}

/** Paints on the selected region, or a new one; erases from the selected one, or the one where the stroke began. */
export async function brushAlong(
  dataset: CalciumDataset,
  picture: StagePicture,
  kind: 'paint' | 'erase',
  vertices: readonly number[],
): Promise<void> {
  const radius = brushDiameter(dataset) / 2;
  const [selected] = selectedPredictions(dataset);
  const index = selected ?? picture.predictionAt(vertices[0]!, vertices[1]!);
  if (index !== null && detectionsOf(dataset)[index]) {
    if (selected === undefined) selectRegion(dataset, { layer: 'predictions', index });
    await brushRegion(dataset, index, kind, vertices, radius);
  } else if (kind === 'paint') {
    await addRegion(dataset, 'Draw', OUTSIDE, () => madeBy(dataset, { kind: 'stroke', vertices, radius }, 'painted by hand'));
  } else notify('warning', 'No region there', 'Select the region to erase from, or begin on it.');
}
