// The fast path and the directory walk on hand-made files: byte orders, strips, stacks, ImageJ, damage.
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { buildTiff } from '../../test/tiff-builder.ts';
import { type TiffPixels, writeTiff } from '../../test/tiff-writer.ts';
import { type ByteSource, bytesSource } from '../source.ts';
import {
  decodePlain,
  parseDirectories,
  plainPages,
  readDirectories,
  readPlainFrame,
  readTiffFrame,
  readTiffPage,
} from './index.ts';

const HEIGHT = 6;
const WIDTH = 7;
const ramp = <T extends TiffPixels>(make: new (length: number) => T, seed = 0): T =>
  new make(HEIGHT * WIDTH).map((_, i) => (i + 1) * 331 + seed * 1009) as T;

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

it('writes the header of the neurofinder frames', () => {
  const pixels = ramp(Uint16Array);
  const bytes = writeTiff([pixels], HEIGHT, WIDTH);
  const page = parseDirectories(bytes, 'a.tif').pages[0]!;
  expect([bytes.length, page.plain, page.reduced]).toEqual([214 + 84, { offset: 214, bytes: 84 }, false]);
});

it('views a little-endian frame without a copy', () => {
  const pixels = ramp(Uint16Array);
  const bytes = writeTiff([pixels], HEIGHT, WIDTH);
  const frame = readPlainFrame(bytes, 'a.tif')!;
  expect(frame).toEqual({ data: pixels, height: HEIGHT, width: WIDTH, dtype: 'uint16', samples: 1 });
  expect(frame.data.buffer).toBe(bytes.buffer);
  const shifted = new Uint8Array(bytes.length + 1);
  shifted.set(bytes, 1);
  expect(readPlainFrame(shifted.subarray(1), 'a.tif')!.data).toEqual(pixels);
});

it('reads every type in both byte orders, classic and BigTIFF, in one strip or several', async () => {
  for (const make of [Uint8Array, Int16Array, Uint16Array, Uint32Array, Float32Array, Float64Array]) {
    const pixels = ramp(make as new (length: number) => TiffPixels);
    for (const littleEndian of [true, false]) {
      for (const big of [true, false]) {
        for (const rowsPerStrip of [1, 4, 6]) {
          for (const gap of [0, 3]) {
            const bytes = writeTiff([pixels], HEIGHT, WIDTH, { littleEndian, big, rowsPerStrip, gap });
            const label = `${make.name} ${littleEndian} ${big} ${rowsPerStrip} ${gap}`;
            expect(readPlainFrame(bytes, 'a.tif') === undefined, label).toBe(gap > 0 && rowsPerStrip < HEIGHT);
            expect((await readTiffFrame(bytes, 'a.tif')).data, label).toEqual(pixels);
          }
        }
      }
    }
  }
});

it('gives a stack as ranges, each frame one read', async () => {
  const frames = [0, 1, 2, 3, 4].map((seed) => ramp(Uint16Array, seed));
  for (const littleEndian of [true, false]) {
    const bytes = writeTiff(frames, HEIGHT, WIDTH, { littleEndian });
    const source = bytesSource('s.tif', bytes);
    const { pages } = await readDirectories(source);
    const stack = plainPages(pages)!;
    expect([stack.ranges.length, stack.sample, stack.height, stack.width]).toEqual([10, 'uint16', HEIGHT, WIDTH]);
    for (const [t, frame] of frames.entries()) {
      const range = await source.read(stack.ranges[2 * t]!, stack.ranges[2 * t + 1]!);
      expect(decodePlain(range, stack, 's.tif').data).toEqual(frame);
      expect((await readTiffPage(source, pages[t]!)).data).toEqual(frame);
      expect((await readTiffFrame(bytes, 's.tif', t)).data).toEqual(frame);
    }
  }
  await expect(readTiffFrame(writeTiff(frames, HEIGHT, WIDTH), 's.tif', 5)).rejects.toThrow(/5 pages/);
});

it('has no ranges for pages of different sizes', () => {
  const entries = (width: number) => [256, 257, 258].map((tag, i) => ({ tag, type: 3 as const, values: [[width, 2, 8][i]!] }));
  const bytes = buildTiff([
    { entries: entries(4), blocks: [new Uint8Array(8)] },
    { entries: entries(3), blocks: [new Uint8Array(6)] },
  ]);
  const { pages } = parseDirectories(bytes, 'a.tif');
  expect(pages.map((page) => page.plain?.bytes)).toEqual([8, 6]);
  expect([plainPages(pages), plainPages([])]).toEqual([undefined, undefined]);
});

it('reads the directories of a long file, not its pixels', async () => {
  const frames = Array.from({ length: 40 }, (_, seed) => new Uint16Array(128 * 128).fill(seed));
  const inner = bytesSource('long.tif', writeTiff(frames, 128, 128));
  let read = 0;
  const source: ByteSource = {
    name: inner.name,
    size: inner.size,
    read: (offset, length) => {
      read += length;
      return inner.read(offset, length);
    },
  };
  expect((await readDirectories(source)).pages.length).toBe(40);
  expect(read).toBeLessThan(inner.size / 5);
});

it('unrolls an ImageJ stack of one directory only when the file holds the frames', () => {
  const frames = [0, 1, 2].map((seed) => ramp(Uint16Array, seed));
  const all = new Uint16Array(frames.flatMap((frame) => [...frame]));
  const description = 'ImageJ=1.53t\nimages=3\nframes=3\n';
  const one = writeTiff([frames[0]!], HEIGHT, WIDTH, { description });
  const tail = new Uint8Array(all.buffer).subarray(frames[0]!.byteLength);
  const whole = new Uint8Array([...one, ...tail]);
  const { pages } = parseDirectories(whole, 'ij.tif');
  expect(pages.map((page) => page.index)).toEqual([0, 1, 2]);
  expect(frames.map((_, t) => readPlainFrame(whole, 'ij.tif', t)!.data)).toEqual(frames);
  expect(parseDirectories(whole.slice(0, -1), 'ij.tif').pages.length).toBe(1);
  const two = writeTiff(frames.slice(0, 2), HEIGHT, WIDTH, { description });
  expect(parseDirectories(two, 'ij.tif').pages.length).toBe(2);
});

it('stops at loops and at too many directories, and keeps what it has', () => {
  const bytes = writeTiff([ramp(Uint16Array), ramp(Uint16Array, 1)], HEIGHT, WIDTH);
  const second = parseDirectories(bytes, 'a.tif').pages[1]!.offset;
  const next = second + 2 + 12 * 14;
  new DataView(bytes.buffer).setUint32(next, 8, true);
  const looped = parseDirectories(bytes, 'a.tif');
  expect([looped.pages.length, looped.damage]).toEqual([
    2,
    expect.objectContaining({ tag: 'Invalid', message: expect.stringMatching(/loop/) }),
  ]);
  const limited = parseDirectories(bytes, 'a.tif', Infinity, { maxDirectories: 1 });
  expect([limited.pages.length, limited.damage?.tag]).toEqual([1, 'Unsafe']);
});

it('names hostile sizes before any memory is asked for', async () => {
  const page = (width: number, height: number, extra: readonly [number, number][] = []) =>
    buildTiff([
      {
        entries: ([[256, width], [257, height], [258, 8], ...extra] as const).map(([tag, value]) => ({
          tag,
          type: 4 as const,
          values: [value],
        })),
        blocks: [new Uint8Array(64)],
      },
    ]);
  const cases: [bytes: Uint8Array<ArrayBuffer>, tag: string][] = [
    [page(2 ** 31, 4), 'Unsafe'],
    [page(32_768, 32_768, [[277, 900]]), 'Unsafe'],
    [page(0, 4), 'Invalid'],
    [page(8, 8, [[277, 5000]]), 'Invalid'],
    [page(30_000, 30_000), 'CutOff'],
    [page(30_000, 30_000, [[259, 5]]), 'CutOff'],
    [page(30_000, 30_000, [[259, 8]]), 'CutOff'],
    [page(8, 8, [[278, 1]]), 'Invalid'],
    [page(8, 8, [[259, 7]]), 'Unsupported'],
    [page(8, 8, [[317, 2]]), 'Unsupported'],
  ];
  for (const [bytes, tag] of cases)
    await expect(readTiffFrame(bytes, 'h.tif')).rejects.toMatchObject({ tag, place: { file: 'h.tif' } });
});

it('marks reduced pages', () => {
  const entries = [254, 256, 257, 258].map((tag, i) => ({ tag, type: 4 as const, values: [[1, 2, 2, 8][i]!] }));
  expect(parseDirectories(buildTiff([{ entries, blocks: [new Uint8Array(4)] }]), 'a.tif').pages[0]!.reduced).toBe(true);
});

it('refuses a file cut at any byte', async () => {
  for (const options of [{}, { big: true }, { littleEndian: false, rowsPerStrip: 2, gap: 2 }]) {
    const bytes = writeTiff([ramp(Uint16Array)], HEIGHT, WIDTH, options);
    const last = options.gap ? bytes.length - 2 : bytes.length;
    for (let end = 0; end < last; end++) {
      const cut = bytes.slice(0, end);
      const fast = thrownBy(() => readPlainFrame(cut, 'cut.tif'));
      expect(fast === undefined || isSomascopeError(fast, 'CutOff'), String(fast)).toBe(true);
      await expect(readTiffFrame(cut, 'cut.tif'), `cut at ${end}`).rejects.toMatchObject({ tag: 'CutOff' });
    }
  }
});
