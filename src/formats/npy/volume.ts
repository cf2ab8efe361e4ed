// A volume in a .npy file: [z, y, x] in C order, or in Fortran order, whose file order is the reverse. Extents of 1 beyond three
// axes are dropped, an image is a volume of one slice. Boxes are read in place, gigabytes stay on disk.
import { SomascopeError } from '../../base/errors.ts';
import { shapeText, type Triple } from '../../base/volume.ts';
import type { ByteSource } from '../source.ts';
import type { StoredType, VolumeReader } from '../volume.ts';
import { permuteVolume } from '../volume-files/permute.ts';
import { rawVolume, type VolumeFacts } from '../volume-files/raw.ts';
import { readNpyHeader } from './movie.ts';

/** Reads the header only. Throws `Unsupported` for arrays that are no volumes of numbers, else what `readNpyHeader` throws. */
export async function openNpyVolume(source: ByteSource, facts: VolumeFacts = {}, signal?: AbortSignal): Promise<VolumeReader> {
  const { type, shape, fortranOrder, dataOffset } = await readNpyHeader(source, signal);
  const refuse = (message: string, hint: string) => new SomascopeError('Unsupported', message, { file: source.name }, hint);
  if (type.kind === 'complex' || type.storage === 'bytes')
    throw refuse(`A volume holds numbers; this array holds ${type.text} items.`, 'Save the numbers alone (numpy.save).');
  const axes = squeezeAxes(shape);
  if (!axes)
    throw refuse(
      `A volume has three axes (z, y, x); this array is ${shapeText(shape)}.`,
      'Save one channel or one time point of it.',
    );
  if (axes.includes(0)) throw refuse(`The array is ${shapeText(shape)}: it holds no voxels.`, 'Save the array again.');
  const notices = [...(facts.notices ?? [])];
  if (shape.length !== 3) notices.push(`The array is ${shapeText(shape)}; it is shown as ${shapeText(axes)} (z, y, x).`);
  const layout = {
    source,
    offset: dataOffset,
    shape: fortranOrder ? ([axes[2], axes[1], axes[0]] as const) : axes,
    stored: type.storage as StoredType,
    littleEndian: !type.bigEndian,
  };
  const kindHint = facts.kindHint ?? (type.kind === 'bool' ? 'labels' : undefined);
  const volume = rawVolume(source.name, layout, { ...facts, kindHint, notices });
  return fortranOrder ? permuteVolume(volume, [2, 1, 0]) : volume;
}

/** Three axes from those of an array: leading ones are added, extents of 1 dropped from the front and then the back. */
export function squeezeAxes(shape: readonly number[]): Triple | undefined {
  const axes = [...shape];
  while (axes.length > 3 && axes[0] === 1) axes.shift();
  while (axes.length > 3 && axes.at(-1) === 1) axes.pop();
  if (axes.length === 2) axes.unshift(1);
  return axes.length === 3 ? (axes as unknown as Triple) : undefined;
}
