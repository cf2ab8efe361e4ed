// A volume cut into chunks of one size, read one by one: zarr and precomputed. Chunks that were unpacked lately are kept within a
// budget. Axes z, y, x.
import { SomascopeError } from '../../base/errors.ts';
import { makeLimiter } from '../../base/limiter.ts';
import { ByteLru } from '../../base/lru.ts';
import { type DType, dtypeOf, makeArray, type NumericArray } from '../../base/ndarray.ts';
import { type Triple, voxelsOf } from '../../base/volume.ts';
import { checkBox, dtypeOfStored, STORED_BYTES, type StoredType, type VolumeReader } from '../volume.ts';
import type { VolumeFacts } from './raw.ts';

/** A chunk's voxels in whatever order: voxel [z, y, x] is at offset + z·strides[0] + y·strides[1] + x·strides[2]. */
export interface Chunk {
  readonly data: NumericArray;
  readonly offset: number;
  readonly strides: Triple;
}

export interface ChunkedLayout {
  readonly shape: Triple;
  readonly chunk: Triple;
  readonly stored: StoredType;
  /** The value of voxels whose chunk does not exist. */
  readonly fill: number;
  /** Chunk [z, y, x] of the grid; undefined where it does not exist. */
  readChunk(cell: Triple, signal?: AbortSignal): Promise<Chunk | undefined>;
}

const READS_AT_ONCE = 8;
const MAX_CELLS = 200_000;
const KEPT_BYTES = 64 * 2 ** 20;
/** From narrow to wide: each holds the whole numbers of those before it. */
const WIDTHS: readonly DType[] = ['uint8', 'uint16', 'uint32', 'float64'];

/** The volume behind `layout`. */
export function chunkedVolume(
  name: string,
  layout: ChunkedLayout,
  facts: VolumeFacts & Pick<VolumeReader, 'levels'> = {},
): VolumeReader {
  const { shape, chunk, stored, fill } = layout;
  const kept = new ByteLru(KEPT_BYTES);
  const readKept = async (cell: Triple, signal?: AbortSignal) => {
    const key = cell.join();
    if (kept.has(key)) return kept.get<Chunk | null>(key) ?? undefined;
    const found = await layout.readChunk(cell, signal);
    kept.put(key, found ?? null, found?.data.byteLength ?? 64);
    return found;
  };
  const readBox = async (from: Triple, to: Triple, signal?: AbortSignal) => {
    const extent = checkBox(name, shape, from, to, STORED_BYTES[stored]);
    const limiter = makeLimiter(READS_AT_ONCE);
    const cells = cellsOf(name, from, to, chunk);
    const chunks = await Promise.all(cells.map((cell) => limiter(() => readKept(cell, signal))));
    const out = makeArray(boxType(layout, chunks), voxelsOf(extent));
    if (fill !== 0 && chunks.includes(undefined)) out.fill(fill);
    cells.forEach((cell, i) => {
      const found = chunks[i];
      if (found) copyChunk(found, cell, chunk, out, from, to);
    });
    return out;
  };
  return {
    name,
    shape,
    stored,
    dtype: dtypeOfStored(stored),
    voxelSize: facts.voxelSize,
    kindHint: facts.kindHint ?? (stored === 'uint64' || stored === 'int64' ? 'labels' : undefined),
    notices: facts.notices ?? [],
    brick: [Math.min(chunk[0], shape[0]), Math.min(chunk[1], shape[1]), Math.min(chunk[2], shape[2])],
    isSequential: false,
    readBox,
    ...(facts.levels && facts.levels.length > 0 && { levels: facts.levels }),
  };
}

function cellsOf(name: string, from: Triple, to: Triple, chunk: Triple): Triple[] {
  const cells: Triple[] = [];
  const [first, last] = [
    from.map((at, axis) => Math.floor(at / chunk[axis]!)),
    to.map((at, axis) => Math.ceil(at / chunk[axis]!)),
  ];
  const count = last.reduce((product, at, axis) => product * (at - first[axis]!), 1);
  if (count > MAX_CELLS) {
    const message = `${count} chunks lie in this part of the volume; at most ${MAX_CELLS} are read at once.`;
    throw new SomascopeError('Unsafe', message, { file: name }, 'Look at a smaller part, or save it in larger chunks.');
  }
  for (let z = first[0]!; z < last[0]!; z++)
    for (let y = first[1]!; y < last[1]!; y++) for (let x = first[2]!; x < last[2]!; x++) cells.push([z, y, x]);
  return cells;
}

/** 64-bit integers come narrowed chunk by chunk: the box takes the widest of them. */
function boxType({ stored, fill }: ChunkedLayout, chunks: readonly (Chunk | undefined)[]): DType {
  if (stored !== 'int64' && stored !== 'uint64') return dtypeOfStored(stored);
  let width = chunks.includes(undefined) && fill !== 0 ? WIDTHS.length - 1 : 0;
  for (const found of chunks) if (found) width = Math.max(width, WIDTHS.indexOf(dtypeOf(found.data)));
  return WIDTHS[width]!;
}

function copyChunk(
  { data, offset, strides }: Chunk,
  cell: Triple,
  chunk: Triple,
  out: NumericArray,
  from: Triple,
  to: Triple,
): void {
  const start = cell.map((at, axis) => at * chunk[axis]!) as unknown as Triple;
  const low = start.map((at, axis) => Math.max(at, from[axis]!)) as unknown as Triple;
  const high = start.map((at, axis) => Math.min(at + chunk[axis]!, to[axis]!)) as unknown as Triple;
  const [height, width] = [to[1] - from[1], to[2] - from[2]];
  for (let z = low[0]; z < high[0]; z++) {
    for (let y = low[1]; y < high[1]; y++) {
      let at = offset + (z - start[0]) * strides[0] + (y - start[1]) * strides[1] + (low[2] - start[2]) * strides[2];
      let into = ((z - from[0]) * height + (y - from[1])) * width + low[2] - from[2];
      const end = into + high[2] - low[2];
      if (strides[2] === 1) out.set(data.subarray(at, at + end - into), into);
      else for (; into < end; into++, at += strides[2]) out[into] = data[at]!;
    }
  }
}
