// Finds the arrays and tables among the files and says what each is, from headers where the format has one.
import { isSomascopeError, SomascopeError } from '../../../base/errors.ts';
import type { JobContext } from '../../../base/job.ts';
import { entryAt, type FileListing, isClutter, type ListingEntry } from '../../../base/listing.ts';
import { dtypeOf } from '../../../base/ndarray.ts';
import { grouped } from '../../../base/number-format.ts';
import { isNumber } from '../../../formats/csv.ts';
import { entrySource } from '../../../formats/listing.ts';
import { openInnerZip } from '../../../formats/nested-zips.ts';
import { readNpyHeader } from '../../../formats/npy/index.ts';
import { readDirectories, readTiffPage } from '../../../formats/tiff/index.ts';
import type { ArrayInfo, ArrayItem } from '../shared/types.ts';
import { readCsv } from './read.ts';

/** Files that are looked into; of more, the rest is counted. */
const LOOKED_AT = 100;

export async function open(listing: FileListing, _root: string, { signal }: JobContext): Promise<ArrayInfo> {
  const wanted = [...listing.paths.keys()].filter((i) => /\.(np[yz]|tiff?|[ct]sv)$/i.test(listing.paths[i]!));
  const useful = wanted.filter((i) => !isClutter(listing.paths[i]!));
  const items: ArrayItem[] = [];
  const left: string[] = [];
  let failure: unknown;
  for (const index of useful.slice(0, LOOKED_AT)) {
    const entry = entryAt(listing, index);
    try {
      items.push(...(await itemsIn(entry, signal)));
    } catch (error) {
      if (!isSomascopeError(error) || error.tag === 'Aborted') throw error;
      failure ??= error;
      left.push(`${entry.path}: ${error.message}`);
    }
  }
  if (items.length === 0) throw failure ?? new SomascopeError('NotRecognised', 'It holds no arrays.', {}, 'Open another file.');
  if (useful.length > LOOKED_AT) left.push(`${grouped(useful.length - LOOKED_AT)} more files were not looked into.`);
  return { items, left };
}

async function itemsIn(entry: ListingEntry, signal: AbortSignal): Promise<ArrayItem[]> {
  const { path } = entry;
  if (/\.npz$/i.test(path)) return npzItems(entry, signal);
  if (/\.npy$/i.test(path)) return [await npyItem(entry, path, signal)];
  return [/\.tiff?$/i.test(path) ? await tiffItem(entry, signal) : await csvItem(entry, signal)];
}

async function npyItem(entry: ListingEntry, name: string, signal: AbortSignal): Promise<ArrayItem> {
  const { shape, type } = await readNpyHeader(entrySource(entry), signal);
  const texts = type.kind === 'ascii' || type.kind === 'unicode';
  const numbers = type.storage !== 'bytes' && type.kind !== 'complex';
  return {
    name,
    kind: 'npy',
    entry,
    shape,
    dtype: numbers && type.kind !== 'bool' ? type.storage : type.text,
    holds: numbers ? 'numbers' : texts ? 'texts' : 'other',
  };
}

async function npzItems(entry: ListingEntry, signal: AbortSignal): Promise<ArrayItem[]> {
  const { file, directory } = await openInnerZip(entry, signal);
  const listing: FileListing = { files: [file], ...directory };
  const members = [...directory.paths.keys()].filter((i) => directory.paths[i]!.endsWith('.npy'));
  if (members.length === 0) {
    throw new SomascopeError('Invalid', 'This .npz holds no arrays.', { file: file.name, entry: entry.path });
  }
  return Promise.all(
    members.map((i) => npyItem(entryAt(listing, i), `${entry.path}/${directory.paths[i]!.slice(0, -'.npy'.length)}`, signal)),
  );
}

/** Pages of the first page's size; colours become an axis before the rows. */
async function tiffItem(entry: ListingEntry, signal: AbortSignal): Promise<ArrayItem> {
  const source = entrySource(entry);
  const { pages } = await readDirectories(source, signal);
  const [first] = pages;
  if (!first) throw new SomascopeError('Invalid', 'This TIFF has no pages.', { file: entry.path });
  const { height, width, samples } = first;
  const count = pages.filter((page) => page.height === height && page.width === width && page.samples === samples).length;
  const dtype = dtypeOf((await readTiffPage(source, first, signal)).data);
  const shape = [...(count > 1 ? [count] : []), ...(samples > 1 ? [samples] : []), height, width];
  return { name: entry.path, kind: 'tiff', entry, shape, dtype, holds: 'numbers' };
}

async function csvItem(entry: ListingEntry, signal: AbortSignal): Promise<ArrayItem> {
  const { columns, rows } = await readCsv(entry, signal);
  const numbers = rows.every((row) => row.every(isNumber));
  return {
    name: entry.path,
    kind: 'csv',
    entry,
    shape: [rows.length, columns.length],
    dtype: numbers ? 'numbers' : 'text',
    holds: numbers ? 'numbers' : 'texts',
  };
}
