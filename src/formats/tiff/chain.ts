// The header of a TIFF file and its chain of directories, one a page. Loops and damage end the chain; the pages before stay.
// ImageJ writes stacks beyond 4 GB with ONE directory and `images=N` in its description, the frames following each other.
// Sources: TIFF 6.0 section 2; ImageJ's TiffEncoder (ij.io).
import { isSomascopeError, type PlainError, SomascopeError, toPlain } from '../../base/errors.ts';
import type { ByteSource } from '../source.ts';
import { readFields, readPageOrFault } from './directory.ts';
import { readText, readUint64, type TiffLayout } from './fields.ts';
import { LIMITS, type TiffLimits, type TiffPage } from './page.ts';
import { type Reads, readFrom, readThrough } from './reads.ts';

export interface TiffDirectories {
  readonly pages: readonly TiffPage[];
  /** Why the chain of directories ended early, where it did: the pages up to there are good. */
  readonly damage?: PlainError;
}

const MAX_IMAGEJ_FRAMES = 1_000_000;
const DESCRIPTION_BYTES = 2048;

/** The pages of the file behind `source`, from reads of its directories only. Throws Invalid, CutOff, Unsafe or Unsupported. */
export function readDirectories(
  source: ByteSource,
  signal?: AbortSignal,
  limits: Partial<TiffLimits> = {},
): Promise<TiffDirectories> {
  return readThrough(source, walk(source.name, source.size, { ...LIMITS, ...limits }), signal);
}

/** The same from bytes in memory; stops after page `last`. */
export function parseDirectories(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  last = Infinity,
  limits: Partial<TiffLimits> = {},
): TiffDirectories {
  return readFrom(bytes, file, walk(file, bytes.length, { ...LIMITS, ...limits }, last));
}

function* walk(file: string, size: number, limits: TiffLimits, last = Infinity): Reads<TiffDirectories> {
  const { layout, first } = yield* readHeader(file, size);
  const pages: TiffPage[] = [];
  const visited = new Set<number>();
  let offset = first;
  let damage: SomascopeError | undefined;
  while (offset !== 0 && pages.length <= last) {
    try {
      if (pages.length >= limits.maxDirectories) {
        throw new SomascopeError('Unsafe', `The TIFF file has more than ${limits.maxDirectories} directories.`, {
          file,
          byte: offset,
        });
      }
      if (visited.has(offset)) {
        throw new SomascopeError('Invalid', `The TIFF directories form a loop after page ${pages.length}.`, {
          file,
          byte: offset,
        });
      }
      visited.add(offset);
      const { fields, next } = yield* readFields(layout, offset);
      pages.push(yield* readPageOrFault(layout, pages.length, offset, fields, limits));
      offset = next;
    } catch (error) {
      if (!isSomascopeError(error) || pages.length === 0) throw error;
      damage = error;
      break;
    }
  }
  if (pages.length === 0) throw new SomascopeError('Invalid', 'The TIFF file has no pages.', { file, byte: 4 });
  if (damage) return { pages, damage: toPlain(damage) };
  return { pages: pages.length === 1 && offset === 0 ? yield* unrollImageJ(pages[0]!) : pages };
}

function* readHeader(file: string, size: number): Reads<{ layout: TiffLayout; first: number }> {
  const head = yield { offset: 0, length: 8 };
  const view = new DataView(head.buffer, head.byteOffset, 8);
  const mark = view.getUint16(0, false);
  const littleEndian = mark === 0x4949;
  const version = view.getUint16(2, littleEndian);
  if ((!littleEndian && mark !== 0x4d4d) || (version !== 42 && version !== 43)) {
    throw new SomascopeError('Invalid', 'This is not a TIFF file: it begins with neither II nor MM and the number 42 or 43.', {
      file,
      byte: 0,
    });
  }
  const big = version === 43;
  if (!big) return { layout: { file, size, littleEndian, big }, first: view.getUint32(4, littleEndian) };
  if (view.getUint16(4, littleEndian) !== 8) {
    throw new SomascopeError('Unsupported', `The BigTIFF file has offsets of ${view.getUint16(4, littleEndian)} bytes.`, {
      file,
      byte: 4,
    });
  }
  const tail = yield { offset: 8, length: 8 };
  return {
    layout: { file, size, littleEndian, big },
    first: readUint64(new DataView(tail.buffer, tail.byteOffset, 8), 0, littleEndian),
  };
}

/** One directory that stands for N frames in a row, as N pages, provided the file really holds them. */
function* unrollImageJ(page: TiffPage): Reads<TiffPage[]> {
  const { plain, description, layout } = page;
  if (!plain || description?.type !== 2) return [page];
  const text = yield* readText(description, layout, DESCRIPTION_BYTES);
  const frames = text.startsWith('ImageJ=') ? Number(/^images=(\d+)\s*$/m.exec(text)?.[1] ?? 1) : 1;
  if (frames < 2 || frames > MAX_IMAGEJ_FRAMES || plain.offset + frames * plain.bytes > layout.size) return [page];
  return Array.from({ length: frames }, (_, index) => ({
    ...page,
    index,
    plain: { ...plain, offset: plain.offset + index * plain.bytes },
  }));
}
