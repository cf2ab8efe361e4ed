// Voxels of each class in the part that is shown, counted whenever labels or the part change. Counting a slab a moment keeps the page
// free.
import { grouped } from '../../../base/number-format.ts';
import { drive, type Steps } from '../../../base/steps.ts';
import { notify } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import type { LabelArray } from '../shared/types.ts';
import { coarseOf } from './bricks.ts';
import { bricksIn, labelsIn, shownRange, type VolumeDataset } from './datasets.ts';
import { canonicalConvention } from './palette.ts';
import { type ClassCounts, countsKey, countsOf } from './shown-palette.ts';
import { bump, type Layer } from './store.ts';

const SLAB = 1 << 20;

/** Two tables in turn: neighbouring voxels mostly have the same label, and each addition would wait for the one before. */
function countBytes(data: Uint8Array, from: number, to: number, counts: Float64Array): void {
  const [even, odd] = [new Uint32Array(256), new Uint32Array(256)];
  let i = from;
  for (; i + 1 < to; i += 2) {
    even[data[i]!]!++;
    odd[data[i + 1]!]!++;
  }
  if (i < to) even[data[i]!]!++;
  for (let label = 0; label < 256; label++) counts[label]! += even[label]! + odd[label]!;
}

function countAny(data: LabelArray, from: number, to: number, small: Float64Array, large: Map<number, number>): void {
  for (let i = from; i < to; i++) {
    const label = data[i]!;
    if (label < 256) small[label]!++;
    else large.set(label, (large.get(label) ?? 0) + 1);
  }
}

function* countLabels(data: LabelArray, from: number, to: number): Steps<Map<number, number>> {
  const small = new Float64Array(256);
  const large = new Map<number, number>();
  for (let start = from; start < to; start += SLAB) {
    const end = Math.min(to, start + SLAB);
    if (data instanceof Uint8Array) countBytes(data, start, end, small);
    else countAny(data, start, end, small, large);
    yield (end - from) / (to - from);
  }
  const counts = new Map<number, number>();
  for (const [label, count] of small.entries()) if (count > 0) counts.set(label, count);
  for (const [label, count] of large) counts.set(label, count);
  return counts;
}

export function keepCounted(dataset: VolumeDataset): () => void {
  let turn = 0;
  const told = new Set<string>();
  return dataset.store.subscribe((now, before) => {
    if (now.versions.classes === before.versions.classes && now.cutout === before.cutout) return;
    turn++;
    void countAll(dataset, () => turn, told);
  });
}

/** What counts of a layer are of. */
export function countedAs(dataset: VolumeDataset, { id, order, kind, convention }: Layer): string {
  const { from, to } = shownRange(dataset);
  return [id, order, kind, convention, from, to].join();
}

/** Of labels that are read from their files in bricks: those that are seen from afar, until all of them are counted. */
function noteSample(dataset: VolumeDataset, layer: Layer): void {
  const of = countedAs(dataset, layer);
  const coarse = coarseOf(dataset, layer);
  if (!coarse || countsOf(dataset, layer.id)?.of === of) return;
  const counts = new Map(
    Array.from(new Set(coarse.data).values(), (label) => [label, Number.NaN] as const).sort(([a], [b]) => a - b),
  );
  resources.put(countsKey(dataset, layer.id), { counts, total: Number.NaN, of, isSample: true } satisfies ClassCounts, 0, true);
  bump(dataset.store, 'report');
}

async function countAll(dataset: VolumeDataset, turnNow: () => number, told: Set<string>): Promise<void> {
  const turn = turnNow();
  const { from, to } = shownRange(dataset);
  const area = dataset.shape[1] * dataset.shape[2];
  for (const layer of dataset.store.getState().layers) {
    const labels = layer.role !== 'image' && labelsIn(dataset, layer);
    const bricks = bricksIn(dataset, layer);
    if (!labels && !bricks) {
      if (layer.role !== 'image') noteSample(dataset, layer);
      continue;
    }
    const counts = labels ? await drive(countLabels(labels.data, from * area, to * area), { slice: 8 }) : bricks!.counts();
    if (turn !== turnNow()) return;
    const total = bricks?.bytes ?? (to - from) * area;
    const of = countedAs(dataset, layer);
    resources.put(countsKey(dataset, layer.id), { counts, total, of, isSample: false } satisfies ClassCounts, 0, true);
    bump(dataset.store, 'report');
    if (!told.has(layer.id)) tellUnknown(layer, counts);
    told.add(layer.id);
  }
}

/** Labels that no class has are counted and listed, once a layer. */
export function tellUnknown(layer: Layer, counts: ReadonlyMap<number, number>): void {
  const known = canonicalConvention(layer.kind)?.classes;
  if (!known) return;
  const unknown = [...counts].filter(([label]) => known.every(({ id }) => id !== label));
  if (unknown.length === 0) return;
  const voxels = unknown.reduce((sum, [, count]) => sum + count, 0);
  const list = unknown.slice(0, 6).map(([label, count]) => `${label} (${grouped(count)})`);
  notify(
    'failure',
    `${layer.name}: ${grouped(voxels)} voxels have labels that no class has`,
    `Labels and their voxels: ${list.join(', ')}${unknown.length > 6 ? ` and ${unknown.length - 6} more` : ''}. They are shown, and left out of the scores.`,
  );
}
