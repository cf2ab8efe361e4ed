// Labels of a volume larger than memory as a .npy file that is written plane by plane: those that there are, or those that Segment
// would give, which are computed as they are written.
import { byteSize } from '../../../base/number-format.ts';
import { shapeText, type Triple } from '../../../base/volume.ts';
import { tracked } from '../../../state/jobs.ts';
import { notify, reportError } from '../../../state/log.ts';
import { openFileSink } from '../../../ui/file-sink.ts';
import { ask } from '../../../workers/client.ts';
import type { LabelBricks } from '../shared/label-bricks.ts';
import type { VolumeDataset } from './datasets.ts';
import { stemOf } from './exports.ts';
import type { LabelOptions } from './label-boxes.ts';
import { labelPlanes } from './segmenting.ts';

const SLAB_BYTES = 64 * 2 ** 20;

async function* planesOf(bricks: LabelBricks, { onProgress }: LabelOptions): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const [depth, height, width] = bricks.shape;
  const planes = Math.max(1, Math.floor(SLAB_BYTES / (height * width)));
  for (let z = 0; z < depth; z += planes) {
    yield bricks.box([z, 0, 0], [Math.min(depth, z + planes), height, width]);
    onProgress?.(Math.min(1, (z + planes) / depth));
  }
}

async function stream(
  dataset: VolumeDataset,
  what: 'prediction' | 'segmentation',
  make: (options: LabelOptions) => AsyncGenerator<Uint8Array<ArrayBuffer>>,
): Promise<void> {
  const file = `${stemOf(dataset)}.${what}.npy`;
  const { shape } = dataset;
  try {
    const sink = await openFileSink(file, 'application/octet-stream');
    try {
      await tracked({ label: `Saving ${file}`, dataset: dataset.id }, async (options) => {
        await sink.write(await ask<Uint8Array<ArrayBuffer>>('volume', 'npyHead', { shape } satisfies { shape: Triple }));
        for await (const slab of make(options)) await sink.write(slab);
      });
      await sink.close();
    } catch (error) {
      await sink.abort();
      throw error;
    }
    notify('success', `Saved ${file}`, `${byteSize(sink.size)}, ${shapeText(shape)}`);
  } catch (error) {
    // Whoever picks no place wants no file.
    if (error instanceof DOMException && error.name === 'AbortError') return;
    reportError(error, `${file} could not be saved`);
  }
}

export function saveBricks(dataset: VolumeDataset, bricks: LabelBricks): Promise<void> {
  return stream(dataset, 'prediction', (options) => planesOf(bricks, options));
}

/** All of the volume with the method and the settings that are chosen. */
export function saveSegmentation(dataset: VolumeDataset): Promise<void> {
  return stream(dataset, 'segmentation', (options) => labelPlanes(dataset, options));
}
