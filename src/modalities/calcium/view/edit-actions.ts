// Everything that curating does to the predictions: each is one step of the history with a readable name. What was computed for
// detections that are gone meanwhile is dropped.
import { centre, pixelCount, type Region } from '../../../base/region.ts';
import { notify, reportError } from '../../../state/log.ts';
import { ask } from '../../../workers/client.ts';
import type { Detection } from '../shared/detection.ts';
import type { EditInput, EditOutput, RegionEdit } from '../shared/edit.ts';
import { type CalciumDataset, detectionsOf } from './datasets.ts';
import { setPredictions } from './history.ts';
import { selectRegion } from './selection.ts';

/** "region 12", "regions 12 and 14", "regions 12, 14 and 3 others". */
export function nameRegions(indexes: readonly number[]): string {
  const numbers = indexes.map((index) => String(index + 1));
  if (numbers.length === 1) return `region ${numbers[0]}`;
  if (numbers.length === 2) return `regions ${numbers[0]} and ${numbers[1]}`;
  if (numbers.length === 3) return `regions ${numbers[0]}, ${numbers[1]} and ${numbers[2]}`;
  return `regions ${numbers[0]}, ${numbers[1]} and ${numbers.length - 2} others`;
}

/** Puts the list in place of the current layer's; the step is called `name` in Undo. */
export function install(dataset: CalciumDataset, name: string, detections: readonly Detection[]): void {
  const { confidence, predictionSource, foundDiameter } = dataset.store.getState();
  setPredictions(dataset, name, detections, {
    confidence,
    foundDiameter,
    predictionSource: predictionSource || 'Drawn',
  });
}

const VERBS = { accepted: 'Accept', rejected: 'Reject', none: 'Unsort' } as const;

/** Null: as the confidence decides. Regions keep their numbers. */
export function setStatus(dataset: CalciumDataset, indexes: readonly number[], status: 'accepted' | 'rejected' | null): void {
  const all = detectionsOf(dataset);
  const changed = indexes.filter((index) => all[index] && (all[index].status ?? null) !== status);
  if (changed.length === 0) return;
  const set = new Set(changed);
  const next = all.map((one, index): Detection => {
    if (!set.has(index)) return one;
    const { status: _, ...rest } = one;
    return status ? { ...rest, status } : rest;
  });
  install(dataset, `${VERBS[status ?? 'none']} ${nameRegions(changed)}`, next);
}

export function removeRegions(dataset: CalciumDataset, indexes: readonly number[]): void {
  if (indexes.length === 0) return;
  const gone = new Set(indexes);
  const next = detectionsOf(dataset).filter((_, index) => !gone.has(index));
  install(dataset, `Remove ${nameRegions(indexes)}`, next);
}

/** A detection by hand: it counts whatever the confidence cut. */
export function byHand(region: Region, kind: 'drawn' | 'edited', evidence: string, confidence = 1): Detection {
  const [row, col] = centre(region);
  return { region, row, col, confidence, kind, evidence, status: 'accepted' };
}

export function edited(dataset: CalciumDataset, edit: RegionEdit): Promise<EditOutput> {
  const { height, width } = dataset.files.movie;
  return ask<EditOutput>('calcium', 'edit-region', { edit, height, width } satisfies EditInput);
}

export interface Made {
  readonly region: Region;
  readonly evidence: string;
}

/** Adds a region at the end of the list and selects it; says why where nothing came of it (null). */
export async function addRegion(
  dataset: CalciumDataset,
  verb: 'Draw' | 'Grow',
  otherwise: string,
  make: () => Promise<Made | null>,
): Promise<void> {
  await attempt(dataset, async () => {
    const made = await make();
    if (!made) {
      notify('warning', 'No region there', otherwise);
      return;
    }
    const all = detectionsOf(dataset);
    install(dataset, `${verb} region ${all.length + 1}`, [...all, byHand(made.region, 'drawn', made.evidence)]);
    selectRegion(dataset, { layer: 'predictions', index: all.length });
  });
}

interface Replacement {
  /** The regions that change, by number. */
  readonly indexes: readonly number[];
  readonly name: string;
  readonly evidence: string;
  readonly edit: RegionEdit;
  /** At least as many regions must come of it, else nothing is done. */
  readonly least: number;
  readonly otherwise: string;
}

/** The first of the regions becomes the first result in its place; further results go to the end, further regions go. */
async function replace(dataset: CalciumDataset, { indexes, name, evidence, edit, least, otherwise }: Replacement): Promise<void> {
  await attempt(dataset, async () => {
    const before = detectionsOf(dataset);
    const old = indexes.map((index) => before[index]!);
    const results = await edited(dataset, edit);
    const all = detectionsOf(dataset);
    const places = old.map((one) => all.indexOf(one));
    if (places.includes(-1) || isUnchanged(edit, results)) return;
    if (results.length < least) {
      notify('warning', `${name}: nothing done`, otherwise);
      return;
    }
    const confidence = Math.max(...old.map((one) => one.confidence));
    const made = results.map((region) => byHand(region, 'edited', evidence, confidence));
    const others = new Set(places.slice(1));
    const kept = all.flatMap((one, i) => (i === places[0] ? (made[0] ?? []) : others.has(i) ? [] : [one]));
    install(dataset, name, [...kept, ...made.slice(1)]);
    const index = made[0] ? detectionsOf(dataset).indexOf(made[0]) : -1;
    if (index >= 0) selectRegion(dataset, { layer: 'predictions', index });
  });
}

/** A brush that met no pixel of the region, or only its own, makes no step. */
function isUnchanged(edit: RegionEdit, [result]: readonly Region[]): boolean {
  const isBrush = edit.kind === 'paint' || edit.kind === 'erase';
  return isBrush && result !== undefined && pixelCount(result) === pixelCount(edit.region);
}

const regionAt = (dataset: CalciumDataset, index: number) => detectionsOf(dataset)[index]!.region;

export function mergeRegions(dataset: CalciumDataset, indexes: readonly number[]): Promise<void> {
  const sorted = [...indexes].sort((a, b) => a - b);
  return replace(dataset, {
    indexes: sorted,
    name: `Merge ${nameRegions(sorted)}`,
    evidence: `merged from ${nameRegions(sorted)}`,
    edit: { kind: 'merge', regions: sorted.map((index) => regionAt(dataset, index)) },
    least: 1,
    otherwise: 'None of them has a pixel within the movie.',
  });
}

export function splitRegion(dataset: CalciumDataset, index: number): Promise<void> {
  return replace(dataset, {
    indexes: [index],
    name: `Split region ${index + 1}`,
    evidence: `part of region ${index + 1}, split in two`,
    edit: { kind: 'split', region: regionAt(dataset, index) },
    least: 2,
    otherwise: 'It takes two pixels to make two parts.',
  });
}

export function cutRegion(
  dataset: CalciumDataset,
  index: number,
  line: readonly [number, number, number, number],
): Promise<void> {
  return replace(dataset, {
    indexes: [index],
    name: `Cut region ${index + 1}`,
    evidence: `part of region ${index + 1}, cut by a line`,
    edit: { kind: 'cut', region: regionAt(dataset, index), line },
    least: 2,
    otherwise: 'The line leaves all of it on one side. Draw it across the region.',
  });
}

/** Paints or erases with the brush; a region of which nothing is left is removed. */
export function brushRegion(
  dataset: CalciumDataset,
  index: number,
  kind: 'paint' | 'erase',
  vertices: readonly number[],
  radius: number,
): Promise<void> {
  return replace(dataset, {
    indexes: [index],
    name: `${kind === 'paint' ? 'Paint' : 'Erase from'} region ${index + 1}`,
    evidence: 'changed with the brush',
    edit: { kind, region: regionAt(dataset, index), vertices, radius },
    least: 0,
    otherwise: '',
  });
}

async function attempt(dataset: CalciumDataset, task: () => Promise<void>): Promise<void> {
  try {
    await task();
  } catch (error) {
    reportError(error, `${dataset.name}: the regions could not be edited`);
  }
}
