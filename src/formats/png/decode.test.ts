import { deflateSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { makeRng } from '../../base/rng.ts';
import { crc32 } from '../zip/crc32.ts';
import { decodePng } from './decode.ts';

const chunk = (name: string, body: Uint8Array) => {
  const out = Buffer.alloc(12 + body.length);
  out.writeUInt32BE(body.length, 0);
  out.write(name, 4, 'latin1');
  out.set(body, 8);
  out.writeUInt32BE(crc32(out.subarray(4, 8 + body.length)), 8 + body.length);
  return out;
};
interface Form {
  width: number;
  height: number;
  bits: number;
  colour: number;
  interlace?: number;
  palette?: number[];
}
/** `lines` are the rows with their filter bytes. */
const png = ({ width, height, bits, colour, interlace = 0, palette }: Form, lines: readonly number[]) => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([bits, colour, 0, 0, interlace], 8);
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const parts = [signature, chunk('IHDR', head), ...(palette ? [chunk('PLTE', Uint8Array.from(palette))] : [])];
  return Uint8Array.from(
    Buffer.concat([...parts, chunk('IDAT', deflateSync(Uint8Array.from(lines))), chunk('IEND', new Uint8Array(0))]),
  );
};
const decode = async (form: Form, lines: readonly number[]) => [...(await decodePng(png(form, lines), 'p.png')).data];

it('undoes all five filters', async () => {
  const form = { width: 3, height: 5, bits: 8, colour: 0 };
  const lines = [
    [0, 10, 20, 30],
    [1, 5, 5, 5],
    [2, 1, 1, 1],
    [3, 2, 2, 2],
    [4, 1, 1, 1],
  ].flat();
  // none: as is; sub: 5 10 15; up: 6 11 16; average: 2+3 = 5, 2+(5+11)/2 = 10, 2+(10+16)/2 = 15; Paeth: 6, 11, 16.
  expect(await decode(form, lines)).toEqual([10, 20, 30, 5, 10, 15, 6, 11, 16, 5, 10, 15, 6, 11, 16]);
});

it('reads few bits, 16 bits, colours and palettes as stored', async () => {
  expect(await decode({ width: 5, height: 1, bits: 1, colour: 0 }, [0, 0b10110000])).toEqual([1, 0, 1, 1, 0]);
  expect(await decode({ width: 3, height: 1, bits: 2, colour: 0 }, [0, 0b11011000])).toEqual([3, 1, 2]);
  expect(await decode({ width: 3, height: 1, bits: 4, colour: 0 }, [0, 0x9f, 0x20])).toEqual([9, 15, 2]);
  expect(await decode({ width: 2, height: 1, bits: 16, colour: 0 }, [0, 1, 2, 255, 255])).toEqual([258, 65_535]);
  const rgb = await decodePng(png({ width: 1, height: 1, bits: 8, colour: 2 }, [0, 7, 8, 9]), 'p.png');
  expect([rgb.samples, [...rgb.data]]).toEqual([3, [7, 8, 9]]);
  const mapped = await decodePng(
    png({ width: 2, height: 1, bits: 8, colour: 3, palette: [0, 0, 0, 255, 0, 0] }, [0, 1, 0]),
    'p.png',
  );
  expect([[...mapped.data], [...mapped.palette!]]).toEqual([
    [1, 0],
    [0, 0, 0, 255, 0, 0],
  ]);
});

it('puts the seven passes of an interlaced picture together', async () => {
  const [width, height] = [9, 7];
  const passes = [
    [0, 0, 8, 8],
    [4, 0, 8, 8],
    [0, 4, 4, 8],
    [2, 0, 4, 4],
    [0, 2, 2, 4],
    [1, 0, 2, 2],
    [0, 1, 1, 2],
  ] as const;
  const lines: number[] = [];
  for (const [x0, y0, dx, dy] of passes) {
    for (let y = y0; y < height; y += dy) {
      if (x0 < width) lines.push(0);
      for (let x = x0; x < width; x += dx) lines.push(y * width + x);
    }
  }
  expect(await decode({ width, height, bits: 8, colour: 0, interlace: 1 }, lines)).toEqual(
    Array.from({ length: 63 }, (_, i) => i),
  );
});

it('gives a typed error for every cut and for what is no picture, and survives every flipped bit', async () => {
  const whole = png({ width: 4, height: 3, bits: 8, colour: 0 }, [0, 1, 2, 3, 4, 2, 1, 1, 1, 1, 4, 9, 9, 9, 9]);
  const survey = async (bytes: Uint8Array<ArrayBuffer>) => {
    try {
      await decodePng(bytes, 'fuzz.png');
      return 'data';
    } catch (error) {
      if (!isSomascopeError(error)) throw error;
      expect(error.place.file).toBe('fuzz.png');
      return error.tag;
    }
  };
  expect(await survey(whole)).toBe('data');
  for (let cut = 0; cut < whole.length; cut++) expect(await survey(whole.slice(0, cut)), `${cut}`).not.toBe('data');
  for (let bit = 0; bit < whole.length * 8; bit++) {
    const damaged = whole.slice();
    damaged[bit >> 3]! ^= 1 << (bit & 7);
    // Checksums catch it wherever it is.
    expect(await survey(damaged), `${bit}`).not.toBe('data');
  }
  const rng = makeRng(3);
  for (let round = 0; round < 200; round++) {
    const lines = Array.from({ length: 15 }, () => rng.below(256));
    await survey(
      png(
        {
          width: 1 + rng.below(9),
          height: 1 + rng.below(9),
          bits: [1, 2, 4, 8, 16, 3][rng.below(6)]!,
          colour: rng.below(8),
          interlace: rng.below(3),
        },
        lines,
      ),
    );
  }
  await expect(decodePng(png({ width: 60_000, height: 60_000, bits: 16, colour: 6 }, []), 'p.png')).rejects.toMatchObject({
    tag: 'Unsafe',
  });
});
