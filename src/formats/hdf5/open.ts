// The datasets of an HDF5 file that are volumes: three axes of numbers, [z, y, x]. jsfive, loaded when the first file is met, walks
// groups and object headers; items are read here, chunk by chunk. The file is held in memory, so its size is limited.
import { isSomascopeError, SomascopeError } from '../../base/errors.ts';
import { byteSize, grouped } from '../../base/number-format.ts';
import type { Triple } from '../../base/volume.ts';
import { asNumbers } from '../json-values.ts';
import { parseDescr } from '../npy/index.ts';
import { squeezeAxes } from '../npy/volume.ts';
import { type ByteSource, bytesSource } from '../source.ts';
import { STORED_BYTES, type StoredType, type VolumeReader } from '../volume.ts';
import { chunkedVolume } from '../volume-files/chunked.ts';
import { decodeVoxels } from '../volume-files/decode.ts';
import { rawVolume, type VolumeFacts } from '../volume-files/raw.ts';
import { refuseFilters, undoFilters } from './filters.ts';
import { readLayout } from './layout.ts';

const MAX_BYTES = 512 * 2 ** 20;
const MAX_OBJECTS = 10_000;
const MAX_DEPTH = 16;
const MAX_CHUNK_BYTES = 2 ** 28;
const LAYOUT_MESSAGE = 8;
const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

type Jsfive = typeof import('jsfive');
type Dataset = InstanceType<Jsfive['Dataset']>;

/**
 * The volumes of the file, in the order of its groups. What is not read is named in the notices of the others; throws Unsafe (too
 * large), Invalid, CutOff or, where no volume is left, the first reason.
 */
export async function openHdf5(source: ByteSource, signal?: AbortSignal): Promise<VolumeReader[]> {
  const { name, size } = source;
  if (size > MAX_BYTES) {
    const message = `HDF5 files are read up to ${byteSize(MAX_BYTES)}; this one has ${byteSize(size)}.`;
    throw new SomascopeError('Unsafe', message, { file: name }, 'Save the volume alone (numpy.save, or a zarr folder).');
  }
  const bytes = await source.read(0, size, signal);
  if (SIGNATURE.some((byte, i) => bytes[i] !== byte))
    throw new SomascopeError('Invalid', 'This is not an HDF5 file.', { file: name, byte: 0 }, 'Get the file again.');
  const jsfive = await import('jsfive');
  const datasets = await guarded(name, () => listDatasets(jsfive, bytes, name));
  const volumes: VolumeReader[] = [];
  const left: { path: string; error: SomascopeError }[] = [];
  for (const { path, dataset } of datasets) {
    try {
      const volume = await guarded(`${name}${path}`, () => openDataset(dataset, bytes, `${name}${path}`));
      if (volume) volumes.push(volume);
    } catch (error) {
      if (!isSomascopeError(error)) throw error;
      left.push({ path, error });
    }
  }
  if (volumes.length === 0) {
    const message = `None of the ${grouped(datasets.length)} datasets of this HDF5 file is a volume: each has another number of axes than three.`;
    throw (
      left[0]?.error ??
      new SomascopeError('Unsupported', message, { file: name }, 'Save the volume as one dataset of three axes.')
    );
  }
  const notices = left.map(({ path, error }) => `${path} was left out: ${error.message}`);
  return volumes.map((volume) => ({ ...volume, notices: [...volume.notices, ...notices] }));
}

function listDatasets(jsfive: Jsfive, bytes: Uint8Array<ArrayBuffer>, name: string): { path: string; dataset: Dataset }[] {
  const found: { path: string; dataset: Dataset }[] = [];
  const waiting: { path: string; item: unknown; depth: number }[] = [
    { path: '', item: new jsfive.File(bytes.buffer, name), depth: 0 },
  ];
  for (let seen = 0; waiting.length > 0 && seen < MAX_OBJECTS; seen++) {
    const { path, item, depth } = waiting.shift()!;
    if (item instanceof jsfive.Dataset) found.push({ path, dataset: item });
    else if (item instanceof jsfive.Group && depth < MAX_DEPTH) {
      for (const key of item.keys) waiting.push({ path: `${path}/${key}`, item: item.get(key), depth: depth + 1 });
    }
  }
  return found;
}

/** Undefined where the dataset has other than three axes. */
function openDataset(dataset: Dataset, bytes: Uint8Array<ArrayBuffer>, name: string): VolumeReader | undefined {
  const axes = dataset.shape.length > 2 ? squeezeAxes(dataset.shape) : undefined;
  if (!axes || axes.includes(0) || typeof dataset.dtype !== 'string') return undefined;
  const type = parseDescr(dataset.dtype, { file: name });
  if (type.kind === 'complex' || type.storage === 'bytes') return undefined;
  const stored = type.storage as StoredType;
  const objects = dataset._dataobjects;
  const message = objects.find_msg_type(LAYOUT_MESSAGE)[0]?.get('offset_to_message');
  if (message === undefined)
    throw new SomascopeError('Invalid', 'The dataset has no layout.', { file: name }, 'Get the file again.');
  const layout = readLayout(new DataView(bytes.buffer), message, name);
  const filters = (objects.filter_pipeline ?? []).map((filter) => Number(filter.get('filter_id')));
  refuseFilters(filters, name);
  const facts: VolumeFacts = { voxelSize: voxelSizeOf(dataset) };
  const littleEndian = !type.bigEndian;
  const fill = typeof dataset.fillvalue === 'number' ? dataset.fillvalue : 0;
  if (layout.kind === 'contiguous') {
    const shape = axes;
    if (layout.offset === undefined)
      return chunkedVolume(name, { shape, chunk: shape, stored, fill, readChunk: async () => undefined }, facts);
    return rawVolume(name, { source: bytesSource(name, bytes), offset: layout.offset, shape, stored, littleEndian }, facts);
  }
  const lead = dataset.shape.findIndex((_, axis) => dataset.shape.slice(axis, axis + 3).join() === axes.join());
  const chunk = layout.chunk.slice(lead, lead + 3) as unknown as Triple;
  const strides: Triple = [chunk[1] * chunk[2], chunk[2], 1];
  const chunkBytes = layout.chunk.reduce((product, extent) => product * extent, STORED_BYTES[stored]);
  if (chunkBytes > MAX_CHUNK_BYTES)
    throw new SomascopeError('Unsafe', `A chunk takes ${byteSize(chunkBytes)}.`, { file: name }, 'Save it in smaller chunks.');
  const readChunk = async (cell: Triple) => {
    const full = layout.chunk.map((_, axis) => cell[axis - lead] ?? 0);
    const place = layout.chunks.get(full.join());
    if (!place) return undefined;
    if (place.offset + place.bytes > bytes.length)
      throw new SomascopeError(
        'CutOff',
        'The HDF5 file ends before its dataset does.',
        { file: name, byte: bytes.length },
        'Get the file again.',
      );
    const packed = bytes.subarray(place.offset, place.offset + place.bytes);
    const plain = await undoFilters(packed, filters, place, chunkBytes, STORED_BYTES[stored], name);
    return { data: decodeVoxels(plain.slice(), stored, littleEndian, name), offset: 0, strides };
  };
  return chunkedVolume(name, { shape: axes, chunk, stored, fill, readChunk }, facts);
}

/** ilastik's and Fiji's `element_size_um` [z, y, x]; the `resolution` of CREMI in nanometres. */
function voxelSizeOf(dataset: Dataset): Triple | undefined {
  let attributes: Readonly<Record<string, unknown>>;
  try {
    attributes = dataset.attrs;
  } catch {
    // Attributes of kinds that jsfive does not know: the voxels are read all the same, their size is unknown.
    return undefined;
  }
  const microns = asNumbers(attributes['element_size_um'], Number.MIN_VALUE);
  const nanometres = asNumbers(attributes['resolution'], Number.MIN_VALUE);
  const size = microns ?? nanometres?.map((length) => length / 1000);
  return size?.length === 3 ? (size as unknown as Triple) : undefined;
}

/** jsfive throws texts and whatever a DataView throws. */
async function guarded<T>(file: string, work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    if (isSomascopeError(error)) throw error;
    if (error instanceof RangeError)
      throw new SomascopeError(
        'CutOff',
        'The HDF5 file ends too early, or its parts point beyond its end.',
        { file },
        'Get the file again.',
        error,
      );
    const why = typeof error === 'string' ? error : error instanceof Error ? error.message : String(error);
    throw new SomascopeError(
      'Unsupported',
      `A part of this HDF5 file is not read here (${why.slice(0, 120)}).`,
      { file },
      'Save the volume alone (numpy.save).',
      error,
    );
  }
}
