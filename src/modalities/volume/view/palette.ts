// Colours of classes: by what a class is, not by its number, so that they stay when the convention is switched.
import type { Rgb } from '../../../render/colour.ts';
import { conventionById, defaultConvention, type LabelClass, type LabelConvention } from '../shared/label-conventions.ts';
import type { Layer } from './store.ts';

const BY_NAME: Readonly<Record<string, Rgb>> = {
  background: [150, 150, 150],
  unlabelled: [150, 150, 150],
  'blood vessel': [204, 121, 167],
  cell: [230, 159, 0],
  'myelinated axon': [0, 168, 132],
  cortex: [127, 184, 255],
  striatum: [230, 159, 0],
  'thalamic reticular nucleus': [183, 156, 242],
  'ventral posterior nucleus': [0, 168, 132],
  'zona incerta': [204, 121, 167],
  'internal capsule': [217, 217, 217],
  hypothalamus: [196, 144, 96],
  'corpus callosum': [140, 200, 120],
};

/** Turns round the circle of hues by the golden angle, so that neighbours differ; `turn` gives others. */
export function spreadColour(id: number, turn = 0): Rgb {
  const hue = (id * (137.508 + 31.7 * turn)) % 360;
  const part = (n: number) => {
    const k = (n + hue / 30) % 12;
    return Math.round(255 * (0.66 - 0.26 * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [part(0), part(8), part(4)];
}

/** `turn`: see `spreadColour`; classes that have a name keep their colour. */
export function classColour({ id, name }: Pick<LabelClass, 'id' | 'name'>, turn = 0): Rgb {
  return BY_NAME[name] ?? spreadColour(id, turn);
}

export const cssColour = ([red, green, blue]: Rgb) => `rgb(${red} ${green} ${blue})`;

/** Labels in memory always have these numbers, whatever the file's convention. */
export function canonicalConvention(kind: Layer['kind']): LabelConvention | undefined {
  return kind === 'other' ? undefined : defaultConvention(kind);
}

/** The classes of a layer, in memory's numbers; those of labels that nobody knows are the ones that are there. */
export function classesOf({ kind }: Pick<Layer, 'kind'>, present: readonly number[]): readonly LabelClass[] {
  const known = canonicalConvention(kind)?.classes ?? [{ id: 0, name: 'background', short: 'bg' }];
  const more = present.filter((id) => known.every((one) => one.id !== id));
  return [
    ...known,
    ...more.map((id) => ({ id, name: kind === 'other' ? `label ${id}` : `unknown label ${id}`, short: `${id}` })),
  ];
}

/** The number that the file uses for a label in memory. */
export function fileLabel({ kind, convention }: Pick<Layer, 'kind' | 'convention'>, id: number): number {
  const name = canonicalConvention(kind)?.classes.find((one) => one.id === id)?.name;
  return conventionById(convention)?.classes.find((one) => one.name === name)?.id ?? id;
}

/** 256 × RGBA; alpha 0 hides a class. */
export function paletteTable(
  classes: readonly LabelClass[],
  isShown: (id: number) => boolean,
  turn = 0,
): Uint8Array<ArrayBuffer> {
  const table = new Uint8Array(256 * 4);
  for (let id = 0; id < 256; id++) {
    const known = classes.find((one) => one.id === id);
    table.set([...classColour(known ?? { id, name: '' }, turn), isShown(id) ? 255 : 0], id * 4);
  }
  return table;
}
