// Templates of a sorter, read when somebody looks at them: templates.npy [template, sample, channel] (all channels, or a few each
// with template_ind.npy), and similar_templates.npy [template, template].
import { SomascopeError } from '../../base/errors.ts';
import type { NdArray } from '../../base/ndarray.ts';
import type { Templates } from '../../base/sorting.ts';
import { readNpyNumbers } from '../npy/index.ts';
import type { PhyFiles } from './read.ts';

/** Undefined where the folder has none. Throws Invalid for an array of other axes, else as `readNpyNumbers`. */
export async function readTemplates(files: PhyFiles, signal?: AbortSignal): Promise<Templates | undefined> {
  const file = files.get('templates.npy');
  if (!file) return undefined;
  const { data, shape } = await readNpyNumbers(file, signal);
  if (shape.length !== 3) {
    const message = `${file.name} holds an array (${shape.join(', ')}); templates are [template, sample, channel].`;
    throw new SomascopeError('Invalid', message, { file: file.name });
  }
  const [templates, samples, channels] = shape as [number, number, number];
  // templates_ind.npy of Kilosort says that all templates have all channels; phy ignores it.
  const index = files.get('template_ind.npy');
  const places = index && (await readNpyNumbers(index, signal));
  const fits = places?.shape[0] === templates && places.shape[1] === channels;
  return {
    data: data instanceof Float32Array ? data : Float32Array.from(data),
    shape: [templates, samples, channels],
    channels: fits ? Int32Array.from(places.data) : undefined,
  };
}

/** [template, template], 0 … 1; undefined where the folder has none. */
export async function readSimilarTemplates(files: PhyFiles, signal?: AbortSignal): Promise<NdArray | undefined> {
  const file = files.get('similar_templates.npy');
  if (!file) return undefined;
  const array = await readNpyNumbers(file, signal);
  if (array.shape.length === 2 && array.shape[0] === array.shape[1]) return array;
  throw new SomascopeError('Invalid', `${file.name} is no square table: (${array.shape.join(', ')}).`, { file: file.name });
}
