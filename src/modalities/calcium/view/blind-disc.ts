// While somebody labels blind: a click places a disc among their labels. Pixels whose centres lie within the circle.
import { centre, type Region } from '../../../base/region.ts';
import { type CalciumDataset, detectionsOf } from './datasets.ts';
import { setPredictions } from './history.ts';

/** Row and column are those of the click, in image px from the top left corner; null where no pixel is inside. */
export function discAt(
  row: number,
  col: number,
  diameter: number,
  { height, width }: { height: number; width: number },
): Region | null {
  const radius = diameter / 2;
  const points: number[] = [];
  for (let y = Math.max(0, Math.floor(row - radius)); y <= Math.min(height - 1, row + radius); y++) {
    for (let x = Math.max(0, Math.floor(col - radius)); x <= Math.min(width - 1, col + radius); x++) {
      if ((y + 0.5 - row) ** 2 + (x + 0.5 - col) ** 2 <= radius ** 2) points.push(y, x);
    }
  }
  return points.length === 0 ? null : { points: Float64Array.from(points), dims: 2 };
}

/** True where the click was used up: somebody labels, and their disc is switched on. */
export function placeDisc(dataset: CalciumDataset, row: number, col: number): boolean {
  const { blind, blindDisc, confidence, predictionSource, foundDiameter } = dataset.store.getState();
  if (blind === null || blindDisc === null) return false;
  const region = discAt(row, col, blindDisc, dataset.files.movie);
  if (!region) return true;
  const [midRow, midCol] = centre(region);
  const evidence = `disc of ${blindDisc} px, placed by ${blind}`;
  const placed = { region, row: midRow, col: midCol, confidence: 1, kind: 'imported', evidence } as const;
  setPredictions(dataset, 'Place disc', [...detectionsOf(dataset), placed], { confidence, predictionSource, foundDiameter });
  return true;
}
