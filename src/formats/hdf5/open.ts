// The datasets of an HDF5 file that are volumes: three axes of numbers, [z, y, x]. Descriptions are read first, chunks when they are
// looked at: files of any size stay where they are.
import { isSomascopeError, SomascopeError } from '../../base/errors.ts';
import { byteSize, grouped } from '../../base/number-format.ts';
import type { Triple } from '../../base/volume.ts';
import { squeezeAxes } from '../npy/volume.ts';
import type { ByteSource } from '../source.ts';
import { readThrough } from '../tiff/reads.ts';
import { STORED_BYTES, type VolumeReader } from '../volume.ts';
import { chunkedVolume } from '../volume-files/chunked.ts';
import { decodeVoxels } from '../volume-files/decode.ts';
import { rawVolume, type VolumeFacts } from '../volume-files/raw.ts';
import { parseDataset } from './dataset.ts';
import { refuseFilters, undoFilters } from './filters.ts';
import { listDatasets, type Member } from './groups.ts';
import { parseLayout, readChunkIndex } from './layout.ts';
import { problemIn, readSuperblock } from './objects.ts';

const MAX_CHUNK_BYTES = 2 ** 28;
const LAYOUT = 8;

/**
 * The volumes of the file, in the order of its groups. What is not read is named in the notices of the others; throws CutOff,
 * Invalid, Unsupported (filters and layouts by name), Unsafe: the first reason where no volume is left.
 */
export async function openHdf5(source: ByteSource, signal?: AbortSignal): Promise<VolumeReader[]> {
  const { name } = source;
  const problem = problemIn(name);
  const notices: string[] = [];
  const root = await readThrough(source, readSuperblock(problem), signal);
  const datasets = await readThrough(
    source,
    listDatasets(root, problem, (what) => notices.push(what)),
    signal,
  );
  const volumes: VolumeReader[] = [];
  let first: SomascopeError | undefined;
  for (const member of datasets) {
    try {
      const volume = await openDataset(source, member, signal);
      if (volume) volumes.push(volume);
    } catch (error) {
      if (!isSomascopeError(error) || error.tag === 'Aborted' || error.tag === 'FileChanged') throw error;
      first ??= error;
      notices.push(`${member.path} was left out: ${error.message}`);
    }
  }
  if (volumes.length > 0) return volumes.map((volume) => ({ ...volume, notices: [...volume.notices, ...notices] }));
  if (first) throw first;
  const message = `None of the ${grouped(datasets.length)} datasets of this HDF5 file is a volume: each has another number of axes than three, or holds no numbers.`;
  throw new SomascopeError(
    'Unsupported',
    [message, ...notices].join(' '),
    { file: name },
    'Save the volume as one dataset of three axes.',
  );
}

/** Undefined where the dataset is no volume. */
async function openDataset(
  source: ByteSource,
  { path, messages }: Member,
  signal?: AbortSignal,
): Promise<VolumeReader | undefined> {
  const name = `${source.name}${path}`;
  const problem = problemIn(name);
  const { shape: extents, type, filters, fill, voxelSize } = parseDataset(messages, problem);
  const shape = extents.length > 2 ? squeezeAxes(extents) : undefined;
  const message = messages.find((one) => one.type === LAYOUT);
  if (!shape || shape.includes(0) || !type || !message) return undefined;
  const { stored, littleEndian, isBool } = type;
  const itemBytes = STORED_BYTES[stored];
  if (!Number.isSafeInteger(extents.reduce((product, extent) => product * extent, itemBytes)))
    throw problem('Invalid', 'The dataset claims impossible extents.', message.offset);
  const facts: VolumeFacts = { voxelSize, ...(isBool && { kindHint: 'labels' }) };
  const layout = parseLayout(message, problem);
  if (layout.kind === 'contiguous') {
    if (layout.offset === undefined)
      return chunkedVolume(name, { shape, chunk: shape, stored, fill, readChunk: async () => undefined }, facts);
    const bytes = shape[0] * shape[1] * shape[2] * itemBytes;
    if (layout.offset + bytes > source.size) {
      const text = `The HDF5 file ends before the dataset does: ${grouped(bytes)} bytes from byte ${grouped(layout.offset)} are promised.`;
      throw new SomascopeError(
        'CutOff',
        text,
        { file: name, byte: source.size },
        'Was the download complete? Get the file again.',
      );
    }
    return rawVolume(name, { source, offset: layout.offset, shape, stored, littleEndian }, facts);
  }
  if (layout.chunk.length !== extents.length)
    throw problem('Invalid', 'The chunks of the dataset have other axes than itself.', message.offset);
  refuseFilters(filters, name);
  const chunkBytes = layout.chunk.reduce((product, extent) => product * extent, itemBytes);
  if (!(chunkBytes <= MAX_CHUNK_BYTES))
    throw problem(
      'Unsafe',
      `A chunk of the dataset takes ${byteSize(chunkBytes)}; at most ${byteSize(MAX_CHUNK_BYTES)} are read.`,
      message.offset,
    );
  const chunks = await readThrough(source, readChunkIndex(layout.root, layout.chunk, problem), signal);
  const lead = leadingAxes(extents);
  const chunk = layout.chunk.slice(lead, lead + 3) as unknown as Triple;
  const readChunk = async (cell: Triple, within?: AbortSignal) => {
    const place = chunks.get(layout.chunk.map((_, axis) => cell[axis - lead] ?? 0).join());
    if (!place) return undefined;
    const packed = await source.read(place.offset, place.bytes, within);
    const plain = await undoFilters(packed, filters, place, chunkBytes, itemBytes, name);
    return {
      data: decodeVoxels(plain, stored, littleEndian, name),
      offset: 0,
      strides: [chunk[1] * chunk[2], chunk[2], 1] as const,
    };
  };
  return chunkedVolume(name, { shape, chunk, stored, fill, readChunk }, facts);
}

/** Axes of one value before the three of the volume, as `squeezeAxes` drops them. */
function leadingAxes(extents: readonly number[]): number {
  let lead = 0;
  while (extents.length - lead > 3 && extents[lead] === 1) lead++;
  return lead;
}
