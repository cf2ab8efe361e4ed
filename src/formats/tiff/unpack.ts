// One strip or tile as uncompressed bytes. The size is known beforehand: nothing is allocated that the packed bytes cannot fill,
// nothing is written beyond it, and a block that yields less is refused.
// Source: TIFF 6.0 (1992) sections 9 (PackBits), 13 (LZW); Adobe Photoshop TIFF technical notes (2002) (deflate).
import { SomascopeError } from '../../base/errors.ts';
import { unpackLzw } from './lzw.ts';

// The most bytes one packed byte can stand for.
const MOST: Readonly<Record<number, number>> = { 1: 1, 5: 2560, 8: 1032, 32946: 1032, 32773: 64 };

const REVERSED = Uint8Array.from({ length: 256 }, (_, byte) => {
  let reversed = 0;
  for (let bit = 0; bit < 8; bit++) if (byte & (1 << bit)) reversed |= 0x80 >> bit;
  return reversed;
});

/** Bytes whose bits are written lowest first (FillOrder 2), the usual way round. */
export function reverseBits(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(bytes, (byte) => REVERSED[byte]!);
}

/** The first `size` bytes that `packed` stands for, in a buffer of their own. Throws CutOff or Invalid (a wrong checksum too). */
export async function unpackBlock(
  packed: Uint8Array<ArrayBuffer>,
  compression: number,
  size: number,
  file: string,
  byte: number,
) {
  const place = { file, byte };
  if (packed.length * MOST[compression]! < size) throw tooShort(packed.length, size, place);
  if (compression === 1) return packed.slice(0, size);
  if (compression === 8 || compression === 32946) return inflate(packed, size, place);
  const out = new Uint8Array(size);
  const filled = compression === 5 ? unpackLzw(packed, out) : unpackBits(packed, out);
  if (filled < 0)
    throw new SomascopeError(
      'Invalid',
      'A strip of the TIFF page holds an impossible LZW code.',
      place,
      'Export the file again.',
    );
  if (filled < size) throw tooShort(filled, size, place);
  return out;
}

function unpackBits(packed: Uint8Array, out: Uint8Array): number {
  let filled = 0;
  let at = 0;
  while (filled < out.length && at < packed.length) {
    const head = packed[at++]!;
    if (head === 128) continue;
    const count = Math.min(head < 128 ? head + 1 : 257 - head, out.length - filled);
    if (head < 128) {
      const run = packed.subarray(at, at + count);
      out.set(run, filled);
      filled += run.length;
      at += head + 1;
    } else if (at < packed.length) {
      out.fill(packed[at++]!, filled, filled + count);
      filled += count;
    }
  }
  return filled;
}

async function inflate(packed: Uint8Array<ArrayBuffer>, size: number, place: { file: string; byte: number }) {
  const out = new Uint8Array(size);
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  let filled = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      out.set(value.subarray(0, size - filled), filled);
      filled += value.length;
      if (filled <= size) continue;
      // Some writers fill the last strip up; the rest of it is nobody's pixels.
      await reader.cancel();
      break;
    }
  } catch (error) {
    const message = 'A deflated strip of the TIFF page is damaged.';
    throw new SomascopeError('Invalid', message, place, 'Export or download the file again.', error);
  }
  if (filled < size) throw tooShort(filled, size, place);
  return out;
}

function tooShort(has: number, size: number, place: { file: string; byte: number }): SomascopeError {
  const message = `A strip of the TIFF page yields ${has} bytes where ${size} are needed.`;
  return new SomascopeError('CutOff', message, place, 'The file is incomplete: export or download it again.');
}
