// Redo in a rectangle: the detection runs again there and nowhere else, as one step of Undo. What a person judged, drew or changed
// stays; the detector's other regions with their centre inside give way to what is found now.
import { translated } from '../../../base/region.ts';
import { tracked } from '../../../state/jobs.ts';
import { notify, reportError } from '../../../state/log.ts';
import type { Detection } from '../shared/detection.ts';
import { findRegions } from '../shared/find-regions.ts';
import { refuseWhileBlind } from './blind.ts';
import { type CalciumDataset, detectionsOf } from './datasets.ts';
import { findInput, type Rectangle, widened } from './find-input.ts';
import { setPredictions } from './history.ts';
import { poolRunner } from './pool-runner.ts';
import { somaDiameter } from './soma.ts';
import { ensureSummary } from './summary.ts';

export const REDO_STEP = 'Redo in a rectangle';
/** The searches learn from what is around: at least this many px a side, and so many soma diameters beyond the rectangle. */
const LEAST_SIDE = 128;
const AROUND = 3;
/** Nearer to a region that stays than this share of a soma diameter, a new one is the same cell. */
const ONE_CELL = 0.45;

const running = new Set<string>();

export async function redoInside(dataset: CalciumDataset, area: Rectangle): Promise<void> {
  const inside = widened(area, 0, dataset.files.movie);
  const diameter = somaDiameter(dataset);
  if (!inside || Math.min(inside.height, inside.width) < diameter) {
    notify('warning', 'The rectangle is too small', `Draw it at least one soma wide: ${diameter.toFixed(0)} px.`);
    return;
  }
  if (running.has(dataset.id)) return;
  running.add(dataset.id);
  try {
    const { added, removed } = await redo(dataset, inside, diameter);
    notify('success', `${added} regions in the rectangle`, `${removed} gave way. Undo takes it back.`);
  } catch (error) {
    reportError(error, `${dataset.name}: the detection in the rectangle stopped`);
  } finally {
    running.delete(dataset.id);
  }
}

async function redo(dataset: CalciumDataset, inside: Rectangle, diameter: number): Promise<{ added: number; removed: number }> {
  refuseWhileBlind(dataset);
  await ensureSummary(dataset);
  const short = Math.ceil((LEAST_SIDE - Math.min(inside.height, inside.width)) / 2);
  const around = widened(inside, Math.max(short, Math.ceil(AROUND * diameter)), dataset.files.movie)!;
  const input = { ...findInput(dataset, around), radius: diameter / 2 };
  const found = await tracked({ label: 'Detecting in the rectangle', dataset: dataset.id }, (options) =>
    findRegions(input, poolRunner(options)),
  );
  refuseWhileBlind(dataset);
  const all = detectionsOf(dataset);
  const isInside = ({ row, col }: Pick<Detection, 'row' | 'col'>) =>
    row >= inside.top && col >= inside.left && row < inside.top + inside.height && col < inside.left + inside.width;
  const kept = all.filter((one) => !isInside(one) || one.status !== undefined || !isFound(one));
  const { confidence: cut, predictionSource, foundDiameter } = dataset.store.getState();
  const aligned = all.length > 0 ? cut : found.defaultCut;
  const fresh = found.detections
    .map((one): Detection => {
      const region = translated(one.region, around.top, around.left);
      const confidence = onSameSide(one.confidence, found.defaultCut, aligned);
      return { ...one, region, row: one.row + around.top, col: one.col + around.left, confidence };
    })
    .filter(
      (one) => isInside(one) && kept.every((old) => Math.hypot(old.row - one.row, old.col - one.col) > ONE_CELL * diameter),
    );
  setPredictions(dataset, REDO_STEP, [...kept, ...fresh], {
    confidence: aligned,
    predictionSource: predictionSource || 'Detected',
    foundDiameter: foundDiameter ?? diameter,
  });
  const added = fresh.filter(({ confidence }) => confidence >= aligned).length;
  return { added, removed: all.length - kept.length };
}

/** Whether the detector made it, and no person since. */
const isFound = ({ kind }: Detection) => kind === 'shape' || kind === 'activity' || kind === 'both';

/** What the rectangle's own cut takes is shown at the layer's cut too, and what it leaves is not. */
export function onSameSide(confidence: number, own: number, layers: number): number {
  return confidence >= own ? Math.max(confidence, layers) : Math.min(confidence, layers - 1e-6);
}
