import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { expect, it } from 'vitest';
import { readNpy } from '../src/formats/npy/index.ts';
import { simulateVolumeSample, volumeFiles } from './simulate/volume-sample.ts';

const file = new Uint8Array(readFileSync(new URL('../public/samples/volume.zip', import.meta.url)));
const kept = unzipSync(file);
const tissue = simulateVolumeSample();

it('keeps public/samples/volume.zip as the script makes it, at most 1.5 MB', () => {
  expect(file.length).toBeLessThanOrEqual(1_500_000);
  // Entries, not zip bytes: zlib packs a little differently on other processors.
  const made = [...volumeFiles(tissue)];
  expect(Object.keys(kept)).toEqual(made.map(({ path }) => path));
  for (const { path, bytes } of made) expect(Buffer.compare(bytes, kept[path]!), path).toBe(0);
});

it('has vessels darkest, cells dark and bundles bright, in fractions as in the real tissue', () => {
  const { image, labels, regions } = tissue;
  const sums = [0, 0, 0, 0];
  const counts = [0, 0, 0, 0];
  labels.forEach((label, i) => {
    sums[label]! += image[i]!;
    counts[label]!++;
  });
  const [tissueMean, vessel, cell, axon] = sums.map((sum, label) => sum / counts[label]!) as [number, number, number, number];
  expect(vessel).toBeLessThan(cell - 20);
  expect(cell).toBeLessThan(tissueMean - 20);
  expect(axon).toBeGreaterThan(tissueMean + 20);
  const share = (region: number, label: number) => {
    const inside = labels.filter((_, i) => regions[i] === region);
    return inside.filter((one) => one === label).length / inside.length;
  };
  expect([share(1, 3), share(5, 3)]).toEqual([0, 0]);
  expect(share(2, 3)).toBeGreaterThan(0.1);
  expect(share(4, 3)).toBeGreaterThan(0.35);
  for (const region of [1, 2, 4, 5]) {
    expect(share(region, 1)).toBeGreaterThan(0.01);
    expect(share(region, 2)).toBeGreaterThan(0.02);
  }
});

it('predicts most voxels and misses some of every class', () => {
  const predicted = readNpy(kept['xray-sample/pred_pixel_labels.npy']!.slice(), 'pred').data as Uint8Array;
  for (let label = 0; label < 4; label++) {
    let [both, either] = [0, 0];
    tissue.labels.forEach((truth, i) => {
      if (truth === label || predicted[i] === label) either++;
      if (truth === label && predicted[i] === label) both++;
    });
    expect(both / either, `${label}`).toBeGreaterThan(0.4);
    expect(both / either, `${label}`).toBeLessThan(0.98);
  }
});
