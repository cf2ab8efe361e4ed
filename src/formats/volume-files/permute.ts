// The same volume with its axes in another order: Fortran-ordered files, and axes that the user corrects.
import type { NumericArray } from '../../base/ndarray.ts';
import type { Triple } from '../../base/volume.ts';
import type { VolumeReader } from '../volume.ts';

/** Axis `order[i]` of `reader` becomes axis i: [2, 1, 0] turns [x, y, z] into [z, y, x]. The same reader for [0, 1, 2]. */
export function permuteVolume(reader: VolumeReader, order: Triple): VolumeReader {
  if (order.every((axis, i) => axis === i)) return reader;
  const pick = (values: Triple): Triple => [values[order[0]]!, values[order[1]]!, values[order[2]]!];
  const unpick = (values: Triple): Triple => {
    const out: [number, number, number] = [0, 0, 0];
    order.forEach((axis, i) => {
      out[axis] = values[i]!;
    });
    return out;
  };
  const { levels } = reader;
  return {
    ...reader,
    shape: pick(reader.shape),
    brick: pick(reader.brick),
    voxelSize: reader.voxelSize && pick(reader.voxelSize),
    readBox: async (from, to, signal) => {
      const inner: [Triple, Triple] = [unpick(from), unpick(to)];
      const data = await reader.readBox(...inner, signal);
      return permuteAxes(data, [inner[1][0] - inner[0][0], inner[1][1] - inner[0][1], inner[1][2] - inner[0][2]], order);
    },
    ...(levels && { levels: levels.map((level) => permuteVolume(level, order)) }),
  };
}

/** A copy of `data` [shape] with axis `order[i]` as axis i. */
export function permuteAxes(data: NumericArray, shape: Triple, order: Triple): NumericArray {
  const strides = [shape[1] * shape[2], shape[2], 1] as const;
  const [planes, rows, columns] = order.map((axis) => shape[axis]!) as [number, number, number];
  const [byPlane, byRow, byColumn] = order.map((axis) => strides[axis]!) as [number, number, number];
  const out = data.slice();
  let to = 0;
  for (let z = 0; z < planes; z++) {
    for (let y = 0; y < rows; y++) {
      let at = z * byPlane + y * byRow;
      for (let x = 0; x < columns; x++, at += byColumn) out[to++] = data[at]!;
    }
  }
  return out;
}
