// A 2-D .npy array, opened and read as an image. Copy this folder to begin a modality.
import { SomascopeError } from '../../../base/errors.ts';
import { type ModalityWorker, singleJob } from '../../../base/job.ts';
import { entryAt } from '../../../base/listing.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { entryBytes, entrySource } from '../../../formats/listing.ts';
import { readNpy, readNpyHeader, toCOrder, toNumbers, writeNpy } from '../../../formats/npy/index.ts';
import type { ArrayInfo, ImageInput } from '../shared/types.ts';

async function readImage({ listing, entry }: ImageInput, signal: AbortSignal): Promise<NumericArray> {
  const { path } = entryAt(listing, entry);
  return toNumbers(toCOrder(readNpy(await entryBytes(entryAt(listing, entry), { signal }), path)), path).data;
}

export const exampleWorker: ModalityWorker = {
  id: 'example',
  async open(listing, root, { signal }): Promise<ArrayInfo> {
    const entry = entryAt(listing, listing.paths.indexOf(root));
    const { shape, type } = await readNpyHeader(entrySource(entry), signal);
    const [height, width] = shape;
    if (shape.length !== 2 || !height || !width) {
      throw new SomascopeError(
        'Unsupported',
        `An image has two axes; this array has the shape (${shape.join(', ')}).`,
        { file: root },
        'Save one plane of it.',
      );
    }
    return { height, width, dtype: type.kind === 'bool' ? 'bool' : type.storage };
  },
  jobs: {
    image: singleJob<ImageInput, NumericArray>((input, { signal }) => readImage(input, signal)),
    npy: singleJob<{ data: NumericArray; shape: readonly number[] }, Uint8Array<ArrayBuffer>>((array) => writeNpy(array)),
  },
};
