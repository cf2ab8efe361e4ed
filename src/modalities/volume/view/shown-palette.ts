// Which colour each label code has now, and whether it is shown: hidden classes, the one that is alone, the convention.
import type { VolumeRole } from '../../../base/volume.ts';
import { resources } from '../../../state/resources.ts';
import type { VolumeDataset } from './datasets.ts';
import { NO_SCRIBBLE } from './datasets.ts';
import { classesOf, paletteTable } from './palette.ts';
import { shownLayer } from './store.ts';

type Painted = Exclude<VolumeRole, 'image'> | 'scribbles';

/** The table, or none where it is the one that `known` names. In 3-D only what is no background is solid. */
export function paletteOf(
  dataset: VolumeDataset,
  role: Painted,
  known: string | undefined,
  in3d = false,
): { key: string; table?: Uint8Array<ArrayBuffer> } {
  const state = dataset.store.getState();
  const { hidden, solo, recolour } = state;
  const layer = shownLayer(state, role === 'scribbles' ? 'truth' : role) ?? shownLayer(state, 'prediction');
  const key = JSON.stringify([layer?.id, layer?.kind, hidden, solo, recolour, in3d, role]);
  if (key === known) return { key };
  const classes = classesOf({ kind: layer?.kind ?? 'microstructure' }, []);
  if (role === 'scribbles') return { key, table: paletteTable(classes, (id) => id !== NO_SCRIBBLE) };
  const isShown = (id: number) => (solo === null ? !hidden.includes(id) : id === solo) && !(in3d && id === 0);
  return { key, table: paletteTable(classes, isShown, recolour) };
}

/** Voxels of each label of a layer, by label; measured when its voxels change. */
export interface ClassCounts {
  readonly counts: ReadonlyMap<number, number>;
  readonly total: number;
  /** Which part of which layer, read how. */
  readonly of: string;
  /** The labels are some of those that there are, and nobody knows how many voxels have them. */
  readonly isSample: boolean;
}

export const countsKey = (dataset: Pick<VolumeDataset, 'id'>, layer: string) => `${dataset.id}/counts/${layer}`;

export function countsOf(dataset: VolumeDataset, layer: string): ClassCounts | undefined {
  return resources.get<ClassCounts>(countsKey(dataset, layer));
}
