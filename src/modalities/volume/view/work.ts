// What was done to the voxels of a volume, packed to be remembered: scribbles, labels that were painted, made or dropped here. A plane is
// packed anew only where it was touched, a few milliseconds at a time, so that strokes stay smooth.
import { getOrMake } from '../../../base/get-or-make.ts';
import { grouped } from '../../../base/number-format.ts';
import { drive, type Steps } from '../../../base/steps.ts';
import { notify } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { type BrickRuns, LabelBricks } from '../shared/label-bricks.ts';
import { joinRuns, packRuns, type Runs } from '../shared/runs.ts';
import { type HeldLabels, scribblesKey, type VolumeDataset, voxelsKey } from './datasets.ts';

/** The scribbles, beside the layers' ids. */
export const SCRIBBLES = 'scribbles';
/** About 40 MB: more is not written for every stroke. */
const MOST_RUNS = 8e6;

/** Of all voxels in one array, or of bricks. */
export type PackedRuns = Runs | BrickRuns;

interface Packed {
  readonly data: HeldLabels;
  /** Of one array: those planes that are packed. */
  readonly planes: (Runs | undefined)[];
  /** null where there are too many to keep. */
  joined: PackedRuns | null | undefined;
}

interface Work {
  readonly packed: Map<string, Packed>;
  isPacking: boolean;
}

const works = new Map<string, Work>();
const workOf = ({ id }: Pick<VolumeDataset, 'id'>) => getOrMake(works, id, (): Work => ({ packed: new Map(), isPacking: false }));

/** Says that voxels of a layer (or the scribbles) are no longer those of a file: on these planes, or anywhere. */
export function touch(dataset: VolumeDataset, what: string, planes?: Iterable<number>): void {
  const data = dataOf(dataset, what);
  if (!data) return;
  const { packed } = workOf(dataset);
  const known = packed.get(what);
  if (known?.data === data && planes) {
    known.joined = undefined;
    for (const z of planes) known.planes[z] = undefined;
  } else packed.set(what, { data, planes: [], joined: undefined });
  void pack(dataset);
}

/** The same for a layer that is kept already; one that is still as its file has it stays so. */
export function touchKept(dataset: VolumeDataset, layer: string): void {
  if (workOf(dataset).packed.has(layer)) touch(dataset, layer);
}

/** It is as its file has it, or gone. */
export function untouch(dataset: VolumeDataset, what: string): void {
  if (workOf(dataset).packed.delete(what)) void pack(dataset);
}

/** While it is so, some of what was touched is not packed yet. */
export function isPacking(dataset: VolumeDataset): boolean {
  return workOf(dataset).isPacking;
}

/** Whether its voxels are others than a file's. */
export function isTouched(dataset: VolumeDataset, what: string): boolean {
  return workOf(dataset).packed.has(what);
}

export function forgetWork(id: string): void {
  works.delete(id);
}

/** What is kept, by layer; what is still being packed is as it was before. */
export function packedRuns(dataset: VolumeDataset): ReadonlyMap<string, PackedRuns> {
  const found = new Map<string, PackedRuns>();
  for (const [what, { joined }] of workOf(dataset).packed) if (joined) found.set(what, joined);
  return found;
}

function dataOf(dataset: VolumeDataset, what: string): HeldLabels | undefined {
  return resources.get<HeldLabels>(what === SCRIBBLES ? scribblesKey(dataset) : voxelsKey(dataset, what));
}

async function pack(dataset: VolumeDataset): Promise<void> {
  const work = workOf(dataset);
  // Whoever packs now goes on until nothing is left.
  if (work.isPacking) return;
  work.isPacking = true;
  try {
    while (isLeft(work)) {
      await drive(packSteps(dataset, work), { slice: 8 });
      for (const [what, one] of work.packed) if (one.joined === undefined && isWhole(dataset, one)) join(dataset, what, one);
    }
  } finally {
    work.isPacking = false;
  }
  if (works.get(dataset.id) === work) dataset.store.setState(({ kept }) => ({ kept: kept + 1 }));
}

const isLeft = ({ packed }: Work) => [...packed.values()].some(({ joined }) => joined === undefined);

function isWhole({ shape }: VolumeDataset, { data, planes }: Packed): boolean {
  if (data instanceof LabelBricks) return data.packed() !== null;
  for (let z = 0; z < shape[0]; z++) if (!planes[z]) return false;
  return true;
}

function* packSteps({ shape }: VolumeDataset, { packed }: Work): Steps<void> {
  const area = shape[1] * shape[2];
  for (const { data, planes } of packed.values()) {
    if (data instanceof LabelBricks) {
      yield* data.pack();
      continue;
    }
    for (let z = 0; z < shape[0]; z++) {
      planes[z] ??= packRuns(data, z * area, (z + 1) * area);
      yield z / shape[0];
    }
  }
}

function join(dataset: VolumeDataset, what: string, one: Packed): void {
  const bricks = one.data instanceof LabelBricks ? one.data.packed() : null;
  const parts = bricks?.bricks.map(({ runs }) => runs) ?? (one.planes as readonly Runs[]);
  const count = parts.reduce((sum, { lengths }) => sum + lengths.length, 0);
  one.joined = count > MOST_RUNS ? null : (bricks ?? joinRuns(parts));
  if (one.joined) return;
  const name = dataset.store.getState().layers.find(({ id }) => id === what)?.name ?? 'The scribbles';
  notify(
    'warning',
    `${name} is not remembered between visits`,
    `It changes from voxel to voxel ${grouped(count)} times, too often to be kept. Export it as a prediction.`,
  );
}
