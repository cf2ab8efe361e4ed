// A volume whose slices are read one by one: stacks of TIFF pages and of pictures.
import { makeLimiter } from '../../base/limiter.ts';
import { makeArray, type NumericArray } from '../../base/ndarray.ts';
import { type Triple, voxelsOf } from '../../base/volume.ts';
import { checkBox, dtypeOfStored, STORED_BYTES, type StoredType, type VolumeReader } from '../volume.ts';
import type { VolumeFacts } from './raw.ts';

/** Slice z [y, x] of the whole width and height; an array of the volume's dtype. */
export type ReadSlice = (z: number, signal?: AbortSignal) => Promise<NumericArray>;

const READS_AT_ONCE = 4;
const BLOCK_BYTES = 4 * 2 ** 20;

/** A volume [z, y, x] of `shape` whose slices `readSlice` reads. */
export function sliceVolume(
  name: string,
  shape: Triple,
  stored: StoredType,
  readSlice: ReadSlice,
  facts: VolumeFacts = {},
): VolumeReader {
  const [depth, height, width] = shape;
  const dtype = dtypeOfStored(stored);
  const readBox = async (from: Triple, to: Triple, signal?: AbortSignal) => {
    const extent = checkBox(name, shape, from, to, STORED_BYTES[stored]);
    const out = makeArray(dtype, voxelsOf(extent));
    const limiter = makeLimiter(READS_AT_ONCE);
    const readOne = async (z: number) => {
      const slice = await readSlice(from[0] + z, signal);
      for (let y = 0; y < extent[1]; y++) {
        const row = (from[1] + y) * width;
        out.set(slice.subarray(row + from[2], row + to[2]), (z * extent[1] + y) * extent[2]);
      }
    };
    await Promise.all(Array.from({ length: extent[0] }, (_, z) => limiter(() => readOne(z))));
    return out;
  };
  const planes = Math.max(1, Math.floor(BLOCK_BYTES / (height * width * STORED_BYTES[stored])));
  return {
    name,
    shape,
    stored,
    dtype,
    voxelSize: facts.voxelSize,
    kindHint: facts.kindHint,
    notices: facts.notices ?? [],
    brick: [Math.min(planes, depth), height, width],
    isSequential: false,
    readBox,
  };
}
