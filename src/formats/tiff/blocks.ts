// All strips or tiles of a page as uncompressed, little-endian, unpredicted bytes, in the order the file lists them.
import { SomascopeError } from '../../base/errors.ts';
import { throwIfAborted } from '../../base/steps.ts';
import { readValues } from './fields.ts';
import { blockGrid, blockRows, rowBytes, type TiffPage } from './page.ts';
import { undoDifferences, undoFloatingPoint } from './predictor.ts';
import type { Reads } from './reads.ts';
import { swapWords } from './samples.ts';
import { reverseBits, unpackBlock } from './unpack.ts';

export interface PackedBlock {
  readonly offset: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The blocks as they lie in the file. Throws CutOff or Invalid. */
export function* readBlocks(page: TiffPage): Reads<PackedBlock[]> {
  const { layout, compression, index } = page;
  const { count } = blockGrid(page);
  const offsets = yield* readValues(page.blockOffsets, layout, count);
  const sizes = page.blockBytes ? yield* readValues(page.blockBytes, layout, count) : undefined;
  const blocks: PackedBlock[] = [];
  for (let block = 0; block < count; block++) {
    const offset = offsets[block]!;
    const needed = rowBytes(page) * blockRows(page, block);
    const listed = sizes?.[block] ?? (compression === 1 ? needed : 0);
    if (listed === 0) {
      const message = 'A strip or tile of the TIFF page is empty: its pixels were never written.';
      throw new SomascopeError('Invalid', message, { file: layout.file, index, byte: offset });
    }
    const length = compression === 1 ? Math.min(listed, needed) : listed;
    blocks.push({ offset, bytes: yield { offset, length } });
  }
  return blocks;
}

/** Unpacks the blocks one after the other; each result begins a buffer of its own. */
export async function unpackBlocks(
  page: TiffPage,
  blocks: readonly PackedBlock[],
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>[]> {
  const { compression, predictor, fillOrder, bits, layout } = page;
  const row = rowBytes(page);
  const stride = page.planar === 2 ? 1 : page.samples;
  const size = bits % 8 === 0 ? bits / 8 : 1;
  const unpacked: Uint8Array<ArrayBuffer>[] = [];
  for (const [block, { offset, bytes }] of blocks.entries()) {
    throwIfAborted(signal);
    const packed = fillOrder === 2 ? reverseBits(bytes) : bytes;
    const plain = await unpackBlock(packed, compression, row * blockRows(page, block), layout.file, offset);
    if (predictor === 3) {
      unpacked.push(undoFloatingPoint(plain, row, stride, size));
      continue;
    }
    if (!layout.littleEndian && size > 1) swapWords(plain, size);
    if (predictor === 2) undoDifferences(plain, row, stride, size);
    unpacked.push(plain);
  }
  return unpacked;
}
