// What is under the cursor: voxel, micrometres, grey value and every label by name.
import { fixed, grouped, MISSING } from '../../../base/number-format.ts';
import type { Triple } from '../../../base/volume.ts';
import { brickValue, labelAt } from './bricks.ts';
import { codeFor, imageOf, type VolumeDataset } from './datasets.ts';
import { classColour, classesOf, cssColour, fileLabel } from './palette.ts';
import { shortName } from './short-name.ts';
import type { Layer } from './store.ts';

export interface ReadPart {
  readonly name: string;
  readonly text: string;
  readonly swatch?: string;
}

/** `voxel` null: nothing is under the cursor. */
export function readOut(dataset: VolumeDataset, voxel: Triple | null): readonly ReadPart[] {
  const { voxelSize, voxelKnown, layers, recolour } = dataset.store.getState();
  const shown = (pick: (at: Triple) => readonly number[], digits: number) =>
    voxel
      ? [...pick(voxel)]
          .reverse()
          .map((at) => fixed(at, digits))
          .join(' ')
      : MISSING;
  const [depth, height, width] = dataset.shape;
  const at = voxel && voxel[0] < depth ? (voxel[0] * height + voxel[1]) * width + voxel[2] : -1;
  const image = layers.find(({ role, visible }) => role === 'image' && visible);
  const value = imageOf(dataset)?.data[at] ?? (voxel && image ? brickValue(dataset, image, voxel) : undefined);
  const told = layers.filter(isTold);
  // Several of a role go by their own names.
  const wordOf = (layer: Layer) => {
    const word = layerWord(layer);
    return told.some((one) => one !== layer && layerWord(one) === word) ? shortName(layer.name, dataset) : word;
  };
  const labels = told.map((layer): ReadPart => {
    const isIn = voxel !== null && at >= 0;
    const id = isIn ? labelAt(dataset, layer, voxel) : undefined;
    if (id === undefined) return { name: wordOf(layer), text: MISSING };
    const known = classesOf(layer, [id]).find((one) => one.id === id)!;
    const swatch = cssColour(classColour({ ...known, id: codeFor(dataset, layer, id) }, recolour));
    return { name: wordOf(layer), text: `${known.name} (${fileLabel(layer, id)})`, swatch };
  });
  return [
    { name: 'x y z', text: shown((all) => all, 0) },
    ...(voxelKnown ? [{ name: 'µm', text: shown((all) => all.map((one, axis) => one * voxelSize[axis]!), 1) }] : []),
    { name: 'value', text: value === undefined ? MISSING : Number.isInteger(value) ? grouped(value) : fixed(value, 3) },
    ...labels,
  ];
}

/** What is on screen, and the truth also where it is hidden. */
const isTold = ({ role, status, visible }: Layer) => role !== 'image' && status === 'ready' && (visible || role === 'truth');

const layerWord = ({ role, kind, name }: Layer) =>
  kind === 'regions' ? 'region' : kind === 'other' ? (name.split('/').at(-1) ?? role) : role;
