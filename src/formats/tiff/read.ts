// One page of a TIFF as numbers: the fast path for plain pages, else strips unpacked here, else (tiles, planes, odd bit depths)
// put together by geotiff, which is loaded only then.
import { fromPlain, SomascopeError } from '../../base/errors.ts';
import type { BigArray, NumericArray } from '../../base/ndarray.ts';
import { throwIfAborted } from '../../base/steps.ts';
import type { ByteSource } from '../source.ts';
import { type PackedBlock, readBlocks, unpackBlocks } from './blocks.ts';
import { parseDirectories } from './chain.ts';
import type { TiffFrame } from './frame.ts';
import { needsAssembly, sampleOf, type TiffPage } from './page.ts';
import { readPlainFrame, toNumeric } from './plain.ts';
import { readFrom, readThrough } from './reads.ts';
import { samplesFrom } from './samples.ts';

/**
 * Page `page` (0-based) of a file in memory; the data may share its buffer. 64-bit integers become float64 where that is exact.
 * Throws Invalid, CutOff, Unsafe, or Unsupported with the name of the variant.
 */
export async function readTiffFrame(bytes: Uint8Array<ArrayBuffer>, file: string, page = 0): Promise<TiffFrame> {
  const plain = readPlainFrame(bytes, file, page);
  if (plain) return plain;
  const found = pageAt(bytes, file, page);
  return finish(found, await decode(found, readFrom(bytes, file, readBlocks(throwIfFaulty(found)))));
}

/** A page that `readDirectories` found, from reads of its own strips only. Throws as `readTiffFrame`. */
export async function readTiffPage(source: ByteSource, page: TiffPage, signal?: AbortSignal): Promise<TiffFrame> {
  throwIfFaulty(page);
  if (page.plain) {
    const bytes = await source.read(page.plain.offset, page.plain.bytes, signal);
    return finish(page, samplesFrom(bytes, sampleOf(page)!, page.layout.littleEndian));
  }
  return finish(page, await decode(page, await readThrough(source, readBlocks(page), signal), signal));
}

/** The samples of a page as they are stored, 64-bit integers included; for export and tests. */
export async function readStoredSamples(
  bytes: Uint8Array<ArrayBuffer>,
  file: string,
  page = 0,
): Promise<NumericArray | BigArray> {
  const found = throwIfFaulty(pageAt(bytes, file, page));
  return decode(found, readFrom(bytes, file, readBlocks(found)));
}

function pageAt(bytes: Uint8Array<ArrayBuffer>, file: string, page: number): TiffPage {
  const { pages, damage } = parseDirectories(bytes, file, page);
  const found = pages[page];
  if (found) return found;
  if (damage) throw fromPlain(damage);
  throw new SomascopeError('Invalid', `The TIFF file has ${pages.length} pages; page ${page} (from 0) was asked for.`, { file });
}

function throwIfFaulty(page: TiffPage): TiffPage {
  if (page.fault) throw fromPlain(page.fault);
  return page;
}

async function decode(page: TiffPage, packed: readonly PackedBlock[], signal?: AbortSignal): Promise<NumericArray | BigArray> {
  const blocks = await unpackBlocks(page, packed, signal);
  if (needsAssembly(page)) {
    const { assemble } = await import('./general.ts');
    throwIfAborted(signal);
    return assemble(page, blocks);
  }
  return samplesFrom(joined(blocks), sampleOf(page)!, true);
}

function joined(blocks: readonly Uint8Array<ArrayBuffer>[]): Uint8Array<ArrayBuffer> {
  if (blocks.length === 1) return blocks[0]!;
  const whole = new Uint8Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    whole.set(block, at);
    at += block.length;
  }
  return whole;
}

function finish(page: TiffPage, data: NumericArray | BigArray): TiffFrame {
  const { height, width, samples, layout } = page;
  return { ...toNumeric(data, sampleOf(page)!, layout.file), height, width, samples };
}
