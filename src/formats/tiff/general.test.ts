// Compressed, tiled, planar and odd pages on hand-made files, and what damage does to them.
import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { makeRng } from '../../base/rng.ts';
import { buildTiff, type TiffEntry, type TiffForm, type TiffPageParts } from '../../test/tiff-builder.ts';
import { pixelBytes, writeTiff } from '../../test/tiff-writer.ts';
import { readTiffFrame } from './index.ts';
import { unpackLzw } from './lzw.ts';

/** The codes of TIFF's LZW, highest bit first, as long as the table lasts, then a clear code. */
function packLzw(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const out: number[] = [];
  let held = 0;
  let bits = 0;
  let width = 9;
  let table = new Map<string, number>();
  let next = 258;
  const emit = (code: number) => {
    held = (held << width) | code;
    bits += width;
    while (bits >= 8) {
      bits -= 8;
      out.push((held >> bits) & 0xff);
      held &= (1 << bits) - 1;
    }
  };
  const codeOf = (text: string) => (text.length === 1 ? text.charCodeAt(0) : table.get(text)!);
  emit(256);
  let text = '';
  for (const byte of bytes) {
    const longer = text + String.fromCharCode(byte);
    if (longer.length === 1 || table.has(longer)) {
      text = longer;
      continue;
    }
    emit(codeOf(text));
    table.set(longer, next++);
    if (next === 4095) {
      emit(256);
      table = new Map();
      next = 258;
      width = 9;
    } else if (next === 1 << width) width++;
    text = String.fromCharCode(byte);
  }
  if (text) emit(codeOf(text));
  // The reader has added an entry that the writer never gets to.
  if (next + 1 === 1 << width && width < 12) width++;
  emit(257);
  if (bits > 0) out.push((held << (8 - bits)) & 0xff);
  return Uint8Array.from(out);
}

const deflate = (bytes: Uint8Array) => Uint8Array.from(deflateSync(bytes));

function packBits(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const out: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    let run = 1;
    while (run < 128 && bytes[at + run] === bytes[at]) run++;
    if (run > 2) out.push(257 - run, bytes[at]!);
    else out.push(run - 1, ...bytes.subarray(at, at + run));
    at += run;
  }
  return Uint8Array.from(out);
}

const entry = (tag: number, ...values: number[]): TiffEntry => ({ tag, type: 4, values });

interface PageFacts {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly compression?: number;
  readonly predictor?: number;
  readonly samples?: number;
  readonly planar?: number;
  readonly format?: number;
  readonly extra?: readonly TiffEntry[];
}

function pageOf(facts: PageFacts, blocks: readonly Uint8Array[], tiled = false): TiffPageParts {
  const { width, height, bits, compression = 1, predictor = 1, samples = 1, planar = 1, format = 1, extra = [] } = facts;
  const each = (value: number) => new Array<number>(samples).fill(value);
  const entries = [
    entry(256, width),
    entry(257, height),
    entry(258, ...each(bits)),
    entry(259, compression),
    entry(277, samples),
    ...extra,
  ];
  entries.push(entry(284, planar), entry(317, predictor), entry(339, ...each(format)));
  return { entries, blocks, tiled };
}

it('unpacks LZW of any length, past a full table', () => {
  const rng = makeRng(7);
  for (const [length, values] of [
    [1, 256],
    [300, 2],
    [5000, 3],
    [20_000, 256],
    [60_000, 7],
    [40_000, 1],
  ] as const) {
    const bytes = Uint8Array.from({ length }, () => rng.below(values));
    const out = new Uint8Array(length);
    expect(unpackLzw(packLzw(bytes), out)).toBe(length);
    expect(out).toEqual(bytes);
  }
});

it('ends on any LZW input, within the room it has', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat({ max: 5000 }), (packed, room) => {
      expect(unpackLzw(packed, new Uint8Array(room))).toBeLessThanOrEqual(room);
      const started = Uint8Array.from([0x80, ...packed]);
      expect(unpackLzw(started, new Uint8Array(room))).toBeLessThanOrEqual(room);
    }),
    { numRuns: 2000 },
  );
});

it('undoes every compression and predictor in both byte orders', async () => {
  const width = 9;
  const height = 5;
  const packers: [compression: number, pack: (bytes: Uint8Array) => Uint8Array][] = [
    [5, packLzw],
    [8, deflate],
    [32946, deflate],
    [32773, packBits],
  ];
  const pixels = Uint16Array.from({ length: width * height }, (_, i) => (i * i * 977) & 0xffff);
  const differences = pixels.map((value, i) => (i % width === 0 ? value : value - pixels[i - 1]!));
  for (const littleEndian of [true, false]) {
    for (const [compression, pack] of packers) {
      for (const predictor of compression === 32773 ? [1] : [1, 2]) {
        const bytes = pixelBytes(predictor === 2 ? differences : pixels, littleEndian);
        const row = width * 2;
        const blocks = [bytes.subarray(0, 2 * row), bytes.subarray(2 * row, 4 * row), bytes.subarray(4 * row)].map(pack);
        const facts = { width, height, bits: 16, compression, predictor, extra: [entry(278, 2)] };
        const frame = await readTiffFrame(buildTiff([pageOf(facts, blocks)], { littleEndian }), 'c.tif');
        expect(frame, `${compression} ${predictor} ${littleEndian}`).toEqual({
          data: pixels,
          width,
          height,
          dtype: 'uint16',
          samples: 1,
        });
      }
    }
  }
});

it('undoes the floating point predictor in both byte orders', async () => {
  const pixels = Float32Array.from({ length: 12 }, (_, i) => Math.sin(i) * 10 ** (i % 4));
  const big = pixelBytes(pixels, false);
  const predicted = new Uint8Array(48);
  for (let row = 0; row < 2; row++) {
    for (let plane = 0; plane < 4; plane++)
      for (let x = 0; x < 6; x++) predicted[row * 24 + plane * 6 + x] = big[row * 24 + x * 4 + plane]!;
    for (let i = 23; i > 0; i--) predicted[row * 24 + i] = predicted[row * 24 + i]! - predicted[row * 24 + i - 1]!;
  }
  const facts = { width: 6, height: 2, bits: 32, format: 3, compression: 8, predictor: 3 };
  for (const littleEndian of [true, false]) {
    const bytes = buildTiff([pageOf(facts, [deflate(predicted)])], { littleEndian });
    expect((await readTiffFrame(bytes, 'p.tif')).data).toEqual(pixels);
  }
});

it('puts tiles, planes and odd bit depths together', async () => {
  const forms: TiffForm[] = [{}, { littleEndian: false }, { big: true }];
  for (const form of forms) {
    const littleEndian = form.littleEndian ?? true;
    // Tiles of 4 × 3 over 5 × 4 pixels of two planes, 16 bits.
    const at = (x: number, y: number, s: number) => 1000 * s + 100 * y + x;
    const tiles: Uint8Array[] = [];
    for (let s = 0; s < 2; s++) {
      for (let top = 0; top < 4; top += 3) {
        for (let left = 0; left < 5; left += 4) {
          const tile = Uint16Array.from({ length: 12 }, (_, i) => at(left + (i % 4), top + Math.floor(i / 4), s));
          tiles.push(packLzw(pixelBytes(tile, littleEndian)));
        }
      }
    }
    const facts = { width: 5, height: 4, bits: 16, samples: 2, planar: 2, compression: 5, extra: [entry(322, 4), entry(323, 3)] };
    const frame = await readTiffFrame(buildTiff([pageOf(facts, tiles, true)], form), 't.tif');
    const expected = Uint16Array.from({ length: 40 }, (_, i) => at((i >> 1) % 5, Math.floor((i >> 1) / 5), i % 2));
    expect(frame).toEqual({ data: expected, width: 5, height: 4, dtype: 'uint16', samples: 2 });
    // Two rows of three 12-bit samples, each row padded to whole bytes; the same bytes whatever the byte order.
    const rows = Uint8Array.of(0x12, 0x3a, 0xbc, 0xff, 0xf0, 0x00, 0x18, 0x00, 0x7f, 0xf0);
    const odd = await readTiffFrame(buildTiff([pageOf({ width: 3, height: 2, bits: 12 }, [rows])], form), 'o.tif');
    expect([...odd.data]).toEqual([0x123, 0xabc, 0xfff, 0x001, 0x800, 0x7ff]);
  }
});

it('answers flipped bits and cuts with a frame or a typed error', async () => {
  const pixels = Uint16Array.from({ length: 64 }, (_, i) => i * 300);
  const bytes = pixelBytes(pixels, true);
  const files = [
    writeTiff([pixels, pixels], 8, 8, { rowsPerStrip: 3 }),
    buildTiff([pageOf({ width: 8, height: 8, bits: 16, compression: 5, predictor: 2 }, [packLzw(bytes)])]),
    buildTiff([pageOf({ width: 8, height: 8, bits: 16, compression: 8 }, [deflate(bytes)])], { littleEndian: false }),
    buildTiff([pageOf({ width: 8, height: 8, bits: 16, extra: [entry(322, 8), entry(323, 8)] }, [bytes], true)], { big: true }),
  ];
  const survives = async (damaged: Uint8Array<ArrayBuffer>) => {
    for (const page of [0, 1]) {
      try {
        const { data, height, width, samples } = await readTiffFrame(damaged, 'd.tif', page);
        expect(data.length).toBe(height * width * samples);
      } catch (error) {
        if (!isSomascopeError(error) || error.tag === 'Bug') throw error;
      }
    }
  };
  for (const file of files) {
    for (let end = 0; end < file.length; end += 5) await survives(file.slice(0, end));
    for (let bit = 0; bit < file.length * 8; bit += 5) {
      const flipped = file.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      await survives(flipped);
    }
  }
});

it('finds a damaged deflate stream by its checksum', async () => {
  const packed = deflate(Uint8Array.from({ length: 64 }, (_, i) => i * 3));
  packed[packed.length - 1]! ^= 1;
  const bytes = buildTiff([pageOf({ width: 8, height: 8, bits: 8, compression: 8 }, [packed])]);
  await expect(readTiffFrame(bytes, 'd.tif')).rejects.toMatchObject({ tag: 'Invalid', place: { file: 'd.tif' } });
});
