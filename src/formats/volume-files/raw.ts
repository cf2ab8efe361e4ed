// Voxels that lie uncompressed in one block of a source, the last axis fastest: npy, NIfTI, raw NRRD and whatever unpacks to these.
import { freeArray } from '../../base/free-array.ts';
import { makeLimiter } from '../../base/limiter.ts';
import type { NumericArray } from '../../base/ndarray.ts';
import { type Triple, voxelsOf } from '../../base/volume.ts';
import type { ByteSource } from '../source.ts';
import { checkBox, dtypeOfStored, STORED_BYTES, type StoredType, type VolumeReader } from '../volume.ts';
import { decodeVoxels } from './decode.ts';

export interface RawLayout {
  readonly source: ByteSource;
  /** Byte of the first voxel. */
  readonly offset: number;
  /** Extents in file order, slowest first. */
  readonly shape: Triple;
  readonly stored: StoredType;
  readonly littleEndian: boolean;
}

/** What a reader says beside its voxels. */
export type VolumeFacts = Partial<Pick<VolumeReader, 'voxelSize' | 'kindHint' | 'notices' | 'scaling' | 'isSequential'>>;

// Below this a second read costs more than the bytes between two wanted runs.
const GAP_BYTES = 256 * 1024;
const BLOCK_BYTES = 8 * 2 ** 20;
const READS_AT_ONCE = 4;

/** The voxels of `layout` as a volume; axes in file order. */
export function rawVolume(name: string, layout: RawLayout, facts: VolumeFacts = {}): VolumeReader {
  const { shape, stored } = layout;
  const planeBytes = Math.max(1, shape[1] * shape[2] * STORED_BYTES[stored]);
  return {
    name,
    shape,
    stored,
    dtype: dtypeOfStored(stored),
    voxelSize: facts.voxelSize,
    kindHint: facts.kindHint ?? (stored === 'uint64' || stored === 'int64' ? 'labels' : undefined),
    notices: facts.notices ?? [],
    ...(facts.scaling && { scaling: facts.scaling }),
    brick: [Math.max(1, Math.min(shape[0], Math.floor(BLOCK_BYTES / 2 / planeBytes))), shape[1], shape[2]],
    isSequential: facts.isSequential ?? false,
    readBox: (from, to, signal) => readRawBox(name, layout, from, to, signal),
  };
}

async function readRawBox(
  name: string,
  layout: RawLayout,
  from: Triple,
  to: Triple,
  signal?: AbortSignal,
): Promise<NumericArray> {
  const { stored, shape } = layout;
  const itemBytes = STORED_BYTES[stored];
  const extent = checkBox(name, shape, from, to, itemBytes);
  const rowBytes = shape[2] * itemBytes;
  const planeBytes = shape[1] * rowBytes;
  const start = layout.offset + from[0] * planeBytes + from[1] * rowBytes;
  if (extent[1] === shape[1] && extent[2] === shape[2]) {
    return decoded(await layout.source.read(start, extent[0] * planeBytes, signal), layout, name);
  }
  const out = new Uint8Array(voxelsOf(extent) * itemBytes);
  const span = (extent[1] - 1) * rowBytes + extent[2] * itemBytes;
  const isDense = planeBytes - span <= GAP_BYTES;
  const step = isDense ? Math.max(1, Math.floor(BLOCK_BYTES / planeBytes)) : 1;
  const limiter = makeLimiter(READS_AT_ONCE);
  const readPlanes = async (first: number) => {
    const planes = Math.min(step, extent[0] - first);
    const at = start + first * planeBytes + from[2] * itemBytes;
    const bytes = await layout.source.read(at, (planes - 1) * planeBytes + span, signal);
    for (let z = 0; z < planes; z++) {
      for (let y = 0; y < extent[1]; y++) {
        const row = z * planeBytes + y * rowBytes;
        out.set(bytes.subarray(row, row + extent[2] * itemBytes), ((first + z) * extent[1] + y) * extent[2] * itemBytes);
      }
    }
  };
  const reads: Promise<void>[] = [];
  for (let first = 0; first < extent[0]; first += step) reads.push(limiter(() => readPlanes(first)));
  await Promise.all(reads);
  return decoded(out, layout, name);
}

/** Labels of 64 bits become an eighth as large: what they came from is not kept until somebody collects it. */
function decoded(bytes: Uint8Array<ArrayBuffer>, { stored, littleEndian }: RawLayout, name: string): NumericArray {
  const voxels = decodeVoxels(bytes, stored, littleEndian, name);
  if (voxels.buffer !== bytes.buffer) freeArray(bytes);
  return voxels;
}
