// Every TIFF of the golden set: exact on every page, or refused by name; damaged files fail with a typed error.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import type { BigArray, NumericArray } from '../../base/ndarray.ts';
import { dataPath, describeWithData, goldenPath } from '../../test/shared-data.ts';
import { bytesSource } from '../source.ts';
import { parseDirectories, readDirectories, readTiffFrame, readTiffPage, type TiffPage } from './index.ts';
import { readStoredSamples } from './read.ts';

interface GoldenTiff {
  readonly bits?: number;
  readonly spp?: number;
  readonly compression?: number;
  readonly error?: string;
  readonly page_sha?: readonly string[];
  readonly pages?: readonly { readonly dtype: string; readonly shape: readonly number[] }[];
}

const read = (name: string) => Uint8Array.from(readFileSync(dataPath(`formats-tiff/${name}`)));

/** The golden pages hold planes one after the other ([sample, row, column]) and half floats as such. */
function asStored(data: NumericArray | BigArray, page: TiffPage): NumericArray | BigArray {
  if (page.planar === 2) {
    const planes = data.slice();
    const pixels = page.width * page.height;
    for (let i = 0; i < data.length; i++) planes[(i % page.samples) * pixels + Math.floor(i / page.samples)] = data[i]!;
    return planes;
  }
  if (page.bits !== 16 || page.sampleFormat !== 3 || !(data instanceof Float32Array)) return data;
  const words = new Uint32Array(data.buffer, data.byteOffset, data.length);
  return Uint16Array.from(words, (word) => {
    const exponent = ((word >>> 23) & 0xff) - 112;
    return ((word >>> 16) & 0x8000) | (exponent > 0 ? (exponent << 10) | ((word >>> 13) & 0x3ff) : 0);
  });
}

const sha256 = (data: NumericArray | BigArray) =>
  createHash('sha256')
    .update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    .digest('hex');

/** 'exact', 'different', or the tag of the error. */
async function verdict(bytes: Uint8Array<ArrayBuffer>, name: string, golden: GoldenTiff, index: number): Promise<string> {
  try {
    const stored = await readStoredSamples(bytes, name, index);
    const page = parseDirectories(bytes, name, index).pages[index]!;
    return sha256(asStored(stored, page)) === golden.page_sha?.[index] ? 'exact' : 'different';
  } catch (error) {
    if (!isSomascopeError(error)) throw error;
    expect(error.place.file).toBe(name);
    return error.tag;
  }
}

describeWithData('the golden TIFF files', () => {
  const golden: Readonly<Record<string, GoldenTiff>> = JSON.parse(readFileSync(goldenPath('formats/tiff.json'), 'utf8'));

  it('reads single-sample 8, 16, 32 and 64-bit pages exactly, and never a wrong pixel elsewhere', async () => {
    const verdicts = new Map<string, string>();
    for (const [name, expected] of Object.entries(golden)) {
      const bytes = read(name);
      const pages = expected.page_sha?.length ?? 0;
      const each: string[] = [];
      for (let index = 0; index < Math.max(1, pages); index++) each.push(await verdict(bytes, name, expected, index));
      verdicts.set(name, [...new Set(each)].join(' '));
    }
    const core = Object.entries(golden).filter(([, { error, spp, bits, compression, pages }]) => {
      const isRead = [1, 5, 8, 32946, 32773].includes(compression ?? 0);
      return !error && pages && spp === 1 && [8, 16, 32, 64].includes(bits ?? 0) && isRead;
    });
    expect(core.filter(([name]) => verdicts.get(name) !== 'exact').map(([name]) => [name, verdicts.get(name)])).toEqual([]);
    expect(core.length).toBeGreaterThanOrEqual(60);
    const wrong = [...verdicts].filter(([name, verdict]) => verdict.includes('different') && golden[name]!.page_sha?.length);
    expect(wrong).toEqual([]);
    const exact = [...verdicts.values()].filter((verdict) => verdict === 'exact');
    expect(exact.length).toBeGreaterThanOrEqual(104);
  });

  it('refuses damaged files, and by name what it does not read', async () => {
    const refused = Object.keys(golden).filter((name) => /crash-|oom-|seek_too_large|jpg|zstd|child_ifd/.test(name));
    expect(refused.length).toBeGreaterThan(15);
    for (const name of refused) {
      await expect(readTiffFrame(read(name), name), name).rejects.toMatchObject({ place: { file: name } });
    }
    await expect(readTiffFrame(read('image-tiff/int16_zstd.tif'), 'z.tif')).rejects.toThrow(/Zstandard/);
    await expect(readTiffFrame(read('exampletiffs/shapes_jpg.tif'), 'j.tif')).rejects.toThrow(/JPEG/);
    await expect(readTiffFrame(read('image-tiff/flower-minisblack-24.tif'), 'b.tif')).rejects.toThrow(/24-bit/);
  });

  it('reads the same through range reads', async () => {
    for (const name of [
      'thunder/dotdotdot_float32.tif',
      'ome/time-series.ome.tif',
      'golang/video-001-tile-64x64.tiff',
      'sima/0.tif',
    ]) {
      const bytes = read(name);
      const source = bytesSource(name, bytes);
      const { pages, damage } = await readDirectories(source);
      expect([pages.length, damage], name).toEqual([golden[name]!.page_sha!.length, undefined]);
      for (const page of pages) {
        const ranged = await readTiffPage(source, page);
        const whole = await readTiffFrame(bytes, name, page.index);
        expect({ ...ranged, data: sha256(ranged.data) }, name).toEqual({ ...whole, data: sha256(whole.data) });
      }
    }
  });

  it('keeps the good pages of files whose directories form a loop', () => {
    const name = 'pillow/multipage_multiple_frame_loop.tiff';
    const { pages, damage } = parseDirectories(read(name), name);
    expect([pages.length, damage?.message]).toEqual([2, expect.stringMatching(/loop/)]);
  });

  it('gives 64-bit integers as float64 where that is exact', async () => {
    const name = 'image-tiff/gradient-1c-64b.tiff';
    const stored = await readStoredSamples(read(name), name);
    const { data, dtype } = await readTiffFrame(read(name), name);
    expect(dtype).toBe('float64');
    expect([...data].map(BigInt)).toEqual([...stored]);
  });
});
