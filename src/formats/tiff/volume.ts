// A TIFF stack as a volume: the pages of one file, or one page of each of many files in the order given. Slices [y, x].
import { fromPlain, SomascopeError } from '../../base/errors.ts';
import type { NumericArray } from '../../base/ndarray.ts';
import { grouped } from '../../base/number-format.ts';
import type { ByteSource } from '../source.ts';
import type { VolumeReader } from '../volume.ts';
import { sliceVolume } from '../volume-files/slices.ts';
import { readDirectories } from './chain.ts';
import { sampleOf, type TiffPage } from './page.ts';
import { readTiffPage } from './read.ts';
import { readVoxelSize } from './voxel-size.ts';

/** A file of a stack; `open` is called for every look at it, so that nobody keeps what it unpacks. */
export interface StackFile {
  readonly name: string;
  open(): ByteSource;
}

/**
 * Reads the directories of the first file only, or of the one file. Throws CutOff, Invalid, Unsupported, Unsafe. A slice whose
 * size or type differs from the first one's throws `Invalid` when it is read.
 */
export async function openTiffVolume(name: string, files: readonly StackFile[], signal?: AbortSignal): Promise<VolumeReader> {
  const first = files[0]!.open();
  const { pages, damage } = await readDirectories(first, signal);
  const kept = pages.filter(({ reduced }) => !reduced);
  const page = kept[0] ?? pages[0]!;
  if (page.fault) throw fromPlain(page.fault);
  const sample = sampleOf(page)!;
  const notices: string[] = [];
  if (damage) notices.push(`${first.name} ends after ${grouped(pages.length)} pages: ${damage.message}`);
  if (page.samples > 1) notices.push(`Each pixel has ${page.samples} values; the first is shown.`);
  if (files.length > 1 && kept.length > 1) notices.push(`The first page of each of the ${grouped(files.length)} files is shown.`);
  const alike = files.length > 1 ? kept.slice(0, 1) : kept.filter((other) => isAlike(other, page));
  if (files.length === 1 && alike.length < kept.length)
    notices.push(`${grouped(kept.length - alike.length)} pages of another size or type were left out.`);
  const shape = [Math.max(files.length, alike.length), page.height, page.width] as const;
  const readSlice = async (z: number, within?: AbortSignal): Promise<NumericArray> => {
    if (files.length === 1) return firstSample(await readTiffPage(first, alike[z]!, within));
    const source = files[z]!.open();
    const found = (await readDirectories(source, within)).pages[0]!;
    if (found.fault) throw fromPlain(found.fault);
    if (!isAlike(found, page)) throw unlike(source.name, found, page);
    return firstSample(await readTiffPage(source, found, within));
  };
  const voxelSize = await readVoxelSize(first, page, signal);
  const isWide = sample === 'int64' || sample === 'uint64';
  return sliceVolume(name, shape, sample, readSlice, { voxelSize, notices, kindHint: isWide ? 'labels' : undefined });
}

function isAlike(a: TiffPage, b: TiffPage): boolean {
  return a.width === b.width && a.height === b.height && sampleOf(a) === sampleOf(b) && a.samples === b.samples;
}

function firstSample({ data, samples }: { data: NumericArray; samples: number }): NumericArray {
  if (samples === 1) return data;
  const out = data.slice(0, data.length / samples);
  for (let i = 0; i < out.length; i++) out[i] = data[i * samples]!;
  return out;
}

function unlike(file: string, page: TiffPage, first: TiffPage): SomascopeError {
  const describe = ({ width, height, samples }: TiffPage, sample: string | undefined) =>
    `${height} × ${width}${samples > 1 ? ` × ${samples}` : ''} of ${sample}`;
  const message = `The slice is ${describe(page, sampleOf(page))}, the first of the stack ${describe(first, sampleOf(first))}.`;
  return new SomascopeError('Invalid', message, { file }, 'Drop slices of one size and type.');
}
