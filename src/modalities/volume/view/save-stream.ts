// Labels of a volume larger than memory as a file that is written plane by plane: those that there are, those that are read from
// files, or those that Segment would give, which are computed as they are written.
import { SomascopeError } from '../../../base/errors.ts';
import { byteSize } from '../../../base/number-format.ts';
import { VERSION } from '../../../base/version.ts';
import { shapeText, voxelsOf } from '../../../base/volume.ts';
import { tracked } from '../../../state/jobs.ts';
import { notify, reportError } from '../../../state/log.ts';
import { type FileSink, openFileSink } from '../../../ui/file-sink.ts';
import { ask } from '../../../workers/client.ts';
import type { LabelBricks } from '../shared/label-bricks.ts';
import type { LabelArray, StreamedEnd, StreamedFile, StreamedStart } from '../shared/types.ts';
import { askKnown } from './ask-known.ts';
import { layerLevels } from './bricks.ts';
import type { VolumeDataset } from './datasets.ts';
import { ENDINGS, stemOf, type VoxelFile } from './exports.ts';
import type { LabelOptions } from './label-boxes.ts';
import { labelPlanes } from './segmenting.ts';
import type { Layer } from './store.ts';

const SLAB_BYTES = 64 * 2 ** 20;

type Bytes = Uint8Array<ArrayBuffer>;

async function* planesOf(bricks: LabelBricks, { onProgress }: LabelOptions): AsyncGenerator<Bytes> {
  const [depth, height, width] = bricks.shape;
  const planes = Math.max(1, Math.floor(SLAB_BYTES / (height * width)));
  for (let z = 0; z < depth; z += planes) {
    yield bricks.box([z, 0, 0], [Math.min(depth, z + planes), height, width]);
    onProgress?.(Math.min(1, (z + planes) / depth));
  }
}

const ITEM_BYTES = { uint8: 1, uint16: 2, uint32: 4 } as const;
const ARRAYS = { uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array } as const;
/** Most bytes of an item in a file. */
const STORED = 8;

/** All planes of a layer in files, as `dtype`. */
async function* planesRead(
  dataset: VolumeDataset,
  layer: Layer,
  dtype: StreamedFile['dtype'],
  { signal, onProgress }: LabelOptions,
): AsyncGenerator<Bytes> {
  const [depth, height, width] = dataset.shape;
  const [edge] = layerLevels(dataset, layer)[0]!.brick;
  const room = Math.max(1, Math.floor(SLAB_BYTES / (height * width * STORED)));
  const planes = room > edge ? room - (room % edge) : room;
  for (let z = 0; z < depth; z += planes) {
    const box = { from: [z, 0, 0], to: [Math.min(depth, z + planes), height, width] };
    const labels = await askKnown<LabelArray>(dataset, layer, 'box', { level: 0, ...box }, signal);
    if (!labels) return;
    yield bytesAs(labels, dtype, layer.name, z);
    onProgress?.(Math.min(1, (z + planes) / depth));
  }
}

function bytesAs(labels: LabelArray, dtype: StreamedFile['dtype'], name: string, z: number): Bytes {
  if (labels.BYTES_PER_ELEMENT > ITEM_BYTES[dtype]) {
    const message = `From plane ${z} on there are labels that do not fit into ${dtype}, though its classes do.`;
    throw new SomascopeError('Invalid', message, { file: name }, 'Save the labels of known classes alone, or check the file.');
  }
  const held = labels.BYTES_PER_ELEMENT === ITEM_BYTES[dtype] ? labels : ARRAYS[dtype].from(labels);
  return new Uint8Array(held.buffer, held.byteOffset, held.byteLength);
}

/** Classes are bytes; what nobody knows is as wide as it is in the file, up to 32 bits. */
function dtypeFor({ sources }: VolumeDataset, { id, kind }: Layer): StreamedFile['dtype'] {
  const stored = sources.get(id)?.item.stored ?? 'uint8';
  if (kind !== 'other' || stored.endsWith('int8')) return 'uint8';
  return stored.endsWith('int16') ? 'uint16' : 'uint32';
}

interface Streamed {
  readonly what: 'prediction' | 'segmentation';
  readonly as: VoxelFile;
  readonly dtype: StreamedFile['dtype'];
  readonly note: string;
}

async function stream(
  dataset: VolumeDataset,
  { what, as, dtype, note }: Streamed,
  make: (options: LabelOptions) => AsyncGenerator<Bytes>,
): Promise<void> {
  const name = `${stemOf(dataset)}.${what}.${ENDINGS[as]}`;
  const { shape } = dataset;
  const { voxelSize, voxelKnown } = dataset.store.getState();
  const file: StreamedFile = {
    as,
    shape,
    dtype,
    name: 'prediction',
    voxelSize: voxelKnown ? voxelSize : null,
    note: `Somascope ${VERSION}, ${note}`.slice(0, 79),
  };
  try {
    const sink = await openFileSink(name, 'application/octet-stream');
    try {
      await tracked(
        { label: `Saving ${name}`, dataset: dataset.id, unit: 'M voxels', total: voxelsOf(shape) / 1e6 },
        async (options) => {
          await write(sink, file, make(options));
        },
      );
      await sink.close();
    } catch (error) {
      await sink.abort();
      throw error;
    }
    notify('success', `Saved ${name}`, `${byteSize(sink.size)}, ${shapeText(shape)}`);
  } catch (error) {
    // Whoever picks no place wants no file.
    if (error instanceof DOMException && error.name === 'AbortError') return;
    reportError(error, `${name} could not be saved`);
  }
}

async function write(sink: FileSink, file: StreamedFile, slabs: AsyncGenerator<Bytes>): Promise<void> {
  const start = await ask<StreamedStart>('volume', 'startFile', file);
  for (const piece of start.pieces) await sink.write(piece);
  let { crc } = start;
  for await (const slab of slabs) {
    if (file.as !== 'npz') await sink.write(slab);
    else {
      const summed = await ask<{ crc: number; piece: Bytes }>('volume', 'checksum', { crc }, { payload: slab });
      ({ crc } = summed);
      await sink.write(summed.piece);
    }
  }
  if (file.as !== 'npz') return;
  const end = await ask<StreamedEnd>('volume', 'endFile', { file, crc });
  await sink.write(end.last);
  await sink.rewriteStart(end.first);
}

export function saveBricks(dataset: VolumeDataset, bricks: LabelBricks, { name }: Layer, as: VoxelFile): Promise<void> {
  return stream(dataset, { what: 'prediction', as, dtype: 'uint8', note: name }, (options) => planesOf(bricks, options));
}

/** Labels that are read from their files, with memory's numbers. */
export function saveFromFiles(dataset: VolumeDataset, layer: Layer, as: VoxelFile): Promise<void> {
  const dtype = dtypeFor(dataset, layer);
  return stream(dataset, { what: 'prediction', as, dtype, note: layer.name }, (options) =>
    planesRead(dataset, layer, dtype, options),
  );
}

/** All of the volume with the method and the settings that are chosen. */
export function saveSegmentation(dataset: VolumeDataset, as: VoxelFile): Promise<void> {
  return stream(dataset, { what: 'segmentation', as, dtype: 'uint8', note: 'segmentation' }, (options) =>
    labelPlanes(dataset, options),
  );
}
