// The arrays of an .npz file by name, read one at a time.
import { SomascopeError } from '../base/errors.ts';
import type { NdArray } from '../base/ndarray.ts';
import { type NpyArray, readNpy, toNumbers, toTexts } from './npy/index.ts';
import type { ByteSource } from './source.ts';
import { readZipDirectory, zipEntryAt } from './zip/directory.ts';
import { readZipEntryFrom } from './zip/read-entry.ts';

export interface Npz {
  readonly name: string;
  readonly names: readonly string[];
  /** Throws Invalid where there is no array `name`. */
  array(name: string): Promise<NpyArray>;
  numbers(name: string): Promise<NdArray>;
  texts(name: string): Promise<string[]>;
}

const MOST_BYTES = 2 ** 30;

/** Throws as `readZipDirectory`. */
export async function openNpz(source: ByteSource, signal?: AbortSignal): Promise<Npz> {
  const directory = await readZipDirectory(source, { signal });
  const members = new Map(directory.paths.map((path, i) => [path.replace(/\.npy$/, ''), i]));
  const place = (entry: string) => ({ file: source.name, entry });
  const array = async (name: string) => {
    const index = members.get(name);
    if (index === undefined) {
      throw new SomascopeError('Invalid', `${source.name} holds no array ${JSON.stringify(name)}.`, { file: source.name });
    }
    const entry = zipEntryAt(directory, index);
    if (entry.size > MOST_BYTES) throw new SomascopeError('Unsafe', `${name} is too large.`, place(entry.path));
    return readNpy(await readZipEntryFrom(source, entry, { signal }), `${source.name}/${entry.path}`);
  };
  return {
    name: source.name,
    names: [...members.keys()],
    array,
    numbers: async (name) => toNumbers(await array(name), `${source.name}/${name}`),
    texts: async (name) => toTexts(await array(name), `${source.name}/${name}`),
  };
}
