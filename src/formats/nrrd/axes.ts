// Which axes of a NRRD file are x, y and z, and the size of a voxel in micrometres.
import { SomascopeError } from '../../base/errors.ts';
import { grouped } from '../../base/number-format.ts';
import type { Triple } from '../../base/volume.ts';
import type { NrrdHeader } from './header.ts';

export interface PlaceAxes {
  readonly shape: Triple;
  /** Axes of the file that are z, y, x; undefined where the file has fewer. */
  readonly places: readonly (number | undefined)[];
  /** Values a voxel where the fastest axes are lists, else 1. */
  readonly step: number;
  readonly notices: readonly string[];
}

/** Which axes are x, y and z: lists are left out at either end, of further axes the first place is taken. */
export function placeAxes({ sizes, isList }: NrrdHeader, file: string): PlaceAxes {
  const axes = [...sizes.keys()];
  let step = 1;
  while (axes.length > 1 && isList[axes[0]!]) step *= sizes[axes.shift()!]!;
  const [x, y, z] = axes;
  if ([y, z].some((axis) => axis !== undefined && isList[axis])) {
    const message = `The axes of the NRRD file (${sizes.join(' × ')}) hold a list between the places.`;
    throw new SomascopeError('Unsupported', message, { file }, 'Save one channel of it.');
  }
  const shape: Triple = [z === undefined ? 1 : sizes[z]!, y === undefined ? 1 : sizes[y]!, sizes[x!]!];
  const further = axes.slice(3).reduce((product, axis) => product * sizes[axis]!, 1);
  const notices: string[] = [];
  if (step > 1) notices.push(`Each voxel has ${grouped(step)} values; the first is shown.`);
  if (further > 1) notices.push(`The file holds ${grouped(further)} volumes; the first is shown.`);
  return { shape, places: [z, y, x], step, notices };
}

export function voxelSizeOf(
  header: NrrdHeader,
  places: readonly (number | undefined)[],
): { voxelSize: Triple | undefined; notice: string[] } {
  const steps = places.map((axis) => (axis === undefined ? Number.NaN : header.spacings[axis]!));
  const known = steps.filter((step) => Number.isFinite(step) && step > 0);
  const isNothing = known.length < 2 || (header.micronsPerUnit === undefined && known.every((step) => step === 1));
  if (isNothing) return { voxelSize: undefined, notice: [] };
  // Medical programs write millimetres and leave the unit out; those of microscopy write micrometres.
  const unit = header.isAnatomical ? { name: 'millimetres', microns: 1000 } : { name: 'micrometres', microns: 1 };
  const notice = header.micronsPerUnit === undefined ? [`The NRRD file names no unit of length; ${unit.name} are assumed.`] : [];
  const factor = header.micronsPerUnit ?? unit.microns;
  const voxelSize = steps.map((step) => Number(((step > 0 ? step : known.at(-1)!) * factor).toPrecision(12)));
  return { voxelSize: voxelSize as unknown as Triple, notice };
}
