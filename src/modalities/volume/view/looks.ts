// How the layers of a volume are seen and read, as it is remembered and told in links: the role, axes, numbers and look of each.
import type { VolumeRole } from '../../../base/volume.ts';
import { CONVENTIONS } from '../shared/label-conventions.ts';
import { AXIS_ORDERS } from '../shared/types.ts';
import { setOrder } from './axes.ts';
import type { VolumeDataset } from './datasets.ts';
import { reload } from './load.ts';
import { changeLayer, type Layer, layerById } from './store.ts';

const READING = ['role', 'order', 'convention'] as const;
const LOOK = ['visible', 'fill', 'outline'] as const;
type Look = Partial<Pick<Layer, (typeof READING)[number] | (typeof LOOK)[number]>>;
/** By the layer's id. */
export type Looks = ReadonlyMap<string, Look>;

const ROLES: readonly VolumeRole[] = ['image', 'truth', 'prediction'];
const CHECKS: Readonly<Record<(typeof READING)[number] | (typeof LOOK)[number], (value: unknown) => boolean>> = {
  role: (value) => ROLES.some((role) => role === value),
  order: (value) => AXIS_ORDERS.some((order) => order === value),
  convention: (value) => value === 'other' || CONVENTIONS.some(({ id }) => id === value),
  visible: (value) => typeof value === 'boolean',
  fill: (value) => typeof value === 'number' && value >= 0 && value <= 1,
  outline: (value) => typeof value === 'boolean',
};

const KEYS = [...READING, ...LOOK] as const;

/** What differs from `usual`, by layer; '' where nothing does. Layers that `usual` does not have are told whole. */
export function looksText(layers: readonly Layer[], usual: readonly Layer[]): string {
  // What could not be read is hidden by nobody.
  const readable = layers.filter(({ status }) => status !== 'failed');
  const told = readable.flatMap((layer) => {
    const before = usual.find(({ id }) => id === layer.id);
    const own = KEYS.filter((key) => layer[key] !== before?.[key]).map((key) => [key, layer[key]]);
    return own.length > 0 ? [[layer.id, Object.fromEntries(own)] as const] : [];
  });
  return told.length > 0 ? JSON.stringify(Object.fromEntries(told)) : '';
}

/** What a text says of layers, and nothing that it cannot say. */
export function looksIn(value: unknown): Looks {
  const found = new Map<string, Look>();
  if (typeof value !== 'object' || value === null) return found;
  for (const [id, told] of Object.entries(value)) {
    if (typeof told !== 'object' || told === null) continue;
    const pairs = Object.entries(told).filter(([key, one]) => KEYS.some((known) => known === key && CHECKS[known](one)));
    found.set(id, Object.fromEntries(pairs) as Look);
  }
  return found;
}

/** Shows the layers of the files so; one that is read otherwise than it was is read anew. */
export function putLooks(dataset: VolumeDataset, looks: Looks): void {
  const { store } = dataset;
  for (const [id, { role, order, convention, ...look }] of looks) {
    const layer = layerById(store.getState(), id);
    if (layer?.origin !== 'file') continue;
    // The axes first: those of the image take the labels with them.
    if (order && order !== layer.order) setOrder(dataset, layer, order);
    const reading = { role: role ?? layer.role, convention: convention ?? layer.convention };
    const isSame = reading.role === layer.role && reading.convention === layer.convention;
    if (!isSame) reload(dataset, id, { ...reading, ...look });
    else changeLayer(store, id, look);
  }
}
