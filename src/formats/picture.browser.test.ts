// The browser's own decoder, as volumes use it: the golden JPEG cut-out, and a JPEG chunk of a precomputed volume.
import { expect, it } from 'vitest';
import { memoryStore } from '../test/memory-store.ts';
import { readNpy } from './npy/index.ts';
import { decodeInBrowser } from './picture.ts';
import { openPrecomputed } from './precomputed/index.ts';
import { bytesSource } from './source.ts';
import type { FileStore } from './store.ts';
import { loadVolume } from './volume-files/load.ts';
import { openPictureVolume } from './volume-files/pictures.ts';

const fetchBytes = async (url: URL) => new Uint8Array(await (await fetch(url)).arrayBuffer());
const jpeg = await fetchBytes(new URL('../test/golden/volume/bossdb_cutout.jpg', import.meta.url));
const reference = readNpy(await fetchBytes(new URL('../test/golden/volume/reference_image_u8.npy', import.meta.url)), 'reference')
  .data as Uint8Array;
const LARGEST = 24 + 2;

const file = { name: 'cutout.jpg', open: () => bytesSource('cutout.jpg', jpeg) };

it('decodes a cut-out whose slices lie one below the other', async () => {
  const reader = await openPictureVolume('cutout.jpg', [file], { decode: decodeInBrowser, slices: 11 });
  expect(reader.shape).toEqual([11, 21, 37]);
  const data = await loadVolume(reader);
  const errors = reference.map((value, i) => Math.abs(value - data[i]!));
  expect(Math.max(...errors)).toBeLessThanOrEqual(LARGEST);
  expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(6);
  await expect(openPictureVolume('cutout.jpg', [file], { decode: decodeInBrowser, slices: 10 })).rejects.toMatchObject({
    tag: 'Invalid',
  });
});

it('decodes JPEG chunks of a precomputed volume', async () => {
  const scale = { key: 's', size: [37, 21, 11], resolution: [1170, 1170, 1170], chunk_sizes: [[37, 21, 11]], encoding: 'jpeg' };
  const info = JSON.stringify({ type: 'image', data_type: 'uint8', num_channels: 1, scales: [scale] });
  const store = memoryStore({ info, 's/0-37_0-21_0-11': jpeg }) as FileStore;
  const data = await loadVolume(await openPrecomputed(store, { decode: decodeInBrowser }));
  expect(Math.max(...reference.map((value, i) => Math.abs(value - data[i]!)))).toBeLessThanOrEqual(LARGEST);
});

it('says that a damaged picture cannot be decoded', async () => {
  await expect(decodeInBrowser(jpeg.slice(0, 40), 'image/jpeg', 'x.jpg')).rejects.toMatchObject({
    tag: 'Invalid',
    place: { file: 'x.jpg' },
  });
});
