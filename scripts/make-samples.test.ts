import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { calciumFiles, exampleSample, simulateSample } from './simulate/sample.ts';

const committed = (name: string) => new Uint8Array(readFileSync(new URL(`../public/samples/${name}`, import.meta.url)));
const simulated = simulateSample();

it('keeps public/samples/calcium.zip as the script makes it, at most 1.5 MB', () => {
  const file = committed('calcium.zip');
  expect(file.length).toBeLessThanOrEqual(1_500_000);
  // Entries, not zip bytes: zlib packs a little differently on other processors.
  const kept = unzipSync(file);
  const made = [...calciumFiles(simulated)];
  expect(Object.keys(kept)).toEqual(made.map(({ path }) => path));
  for (const { path, bytes } of made) expect(Buffer.compare(bytes, kept[path]!), path).toBe(0);
});

it('writes frames as the published files are: 214 bytes of header, then rows of uint16', () => {
  const entries = unzipSync(committed('calcium.zip'));
  const frames = Object.keys(entries).filter((path) => path.endsWith('.tiff'));
  expect(frames).toHaveLength(200);
  expect(frames[7]).toBe('neurofinder.sample.00/images/image00007.tiff');
  const bytes = entries[frames[7]!]!;
  expect(bytes).toHaveLength(214 + 2 * 120 * 144);
  const samples = new Uint16Array(bytes.slice(214).buffer);
  expect(Buffer.compare(new Uint8Array(samples.buffer), new Uint8Array(simulated.movie.slice(7 * 17280, 8 * 17280).buffer))).toBe(
    0,
  );
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const tag = (wanted: number) => {
    for (let i = 0; i < view.getUint16(8, true); i++)
      if (view.getUint16(10 + 12 * i, true) === wanted) return view.getUint32(18 + 12 * i, true);
    return undefined;
  };
  expect([tag(256), tag(257), tag(258), tag(273), tag(279)]).toEqual([144, 120, 16, 214, 34560]);
});

it('labels 25 to 35 cells and says the dimensions as rows, columns, frames', () => {
  const entries = unzipSync(committed('calcium.zip'));
  const read = (path: string) => JSON.parse(new TextDecoder().decode(entries[`neurofinder.sample.00/${path}`])) as unknown;
  expect(read('info.json')).toMatchObject({ dimensions: [120, 144, 200], 'rate-hz': 4, 'pixels-per-micron': 1 });
  const regions = read('regions/regions.json') as { id: number; coordinates: [number, number][] }[];
  expect(regions.length).toBeGreaterThanOrEqual(25);
  expect(regions.length).toBeLessThanOrEqual(35);
  expect(regions.map(({ id }) => id)).toEqual(regions.map((_, i) => 9000 + i));
  // Columns beyond the number of rows: an axis swap cannot go unseen.
  expect(Math.max(...regions.flatMap(({ coordinates }) => coordinates.map(([, col]) => col)))).toBeGreaterThan(120);
});

it('keeps public/samples/example.npy as the script makes it: float32 [96, 128]', () => {
  const file = committed('example.npy');
  expect(Buffer.compare(file, exampleSample())).toBe(0);
  expect(new TextDecoder('latin1').decode(file.subarray(10, 128))).toContain(
    "'descr': '<f4', 'fortran_order': False, 'shape': (96, 128)",
  );
  expect(file).toHaveLength(128 + 4 * 96 * 128);
});
