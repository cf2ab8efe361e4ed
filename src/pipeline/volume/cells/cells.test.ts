import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import { complete } from '../../../base/steps.ts';
import { loadNpy } from '../../../test/load-npy.ts';
import { loadNpz } from '../../../test/load-npz.ts';
import { dataPath, describeWithData, goldenPath } from '../../../test/shared-data.ts';
import { percentile } from '../../image/percentiles.ts';
import { matchCells } from '../score/cell-match.ts';
import { type Shape3, slicesOf, type Volume } from '../volume.ts';
import { type Blob, blobReach, findBlobs, pruneBlobs } from './blobs.ts';
import { cellOptions, paintBlobs } from './cells.ts';

const findCells = (volume: Volume): Blob[] => pruneBlobs(complete(findBlobs(volume, cellOptions(percentile(volume.data, 50)))));
const blobCentres = (blobs: readonly Blob[]) => Float64Array.from(blobs.flatMap(({ z, y, x }) => [z, y, x]));

describeWithData('blobs against scikit-image', () => {
  it('are those of blob_log on the inverted image', () => {
    const { data, shape } = loadNpy(goldenPath('volume/filters/image.npy'));
    const want = JSON.parse(readFileSync(goldenPath('volume/filters/scalars.json'), 'utf8')).log_blobs_zyxs;
    // The cut-off kernel answers a constant with a little, so white must be 0 as it is there.
    const image: Volume = { data: Float32Array.from(data, (value) => value - 255), shape: shape as unknown as Shape3 };
    // blob_log's threshold of 0.02 is of images from 0 to 1.
    const got = pruneBlobs(complete(findBlobs(image, { sigmas: [2, 2.5, 3, 3.5, 4], threshold: 0.02 * 255 })));
    expect(got.map(({ z, y, x, sigma }) => [z, y, x, sigma])).toEqual(want);
  });
});

/** Balls and a tube, darker than a noisy ground. */
function drawBodies(centres: readonly (readonly [number, number, number])[], seed: number): Volume {
  const rng = makeRng(seed);
  const data = new Uint8Array(40 * 50 * 60);
  for (let i = 0; i < data.length; i++) {
    const [z, y, x] = [Math.floor(i / 3000), Math.floor(i / 60) % 50, i % 60];
    const isBall = centres.some(([c, b, a]) => Math.hypot(z - c, y - b, x - a) < 4.5);
    const isTube = Math.hypot(z - 8, y - 40) < 4;
    data[i] = (isBall || isTube ? 60 : 120) + 6 * rng.normal();
  }
  return { data, shape: [40, 50, 60] };
}

describe('cells', () => {
  const centres = [
    [20, 12, 15],
    [12, 15, 45],
    [30, 36, 30],
    [31, 20, 50],
  ] as const;
  const volume = drawBodies(centres, 3);
  const cells = findCells(volume);

  it('are found where they are, and a tube is none', () => {
    expect(cells.length).toBe(4);
    const match = complete(matchCells(Float64Array.from(centres.flat()), blobCentres(cells), 2));
    expect([match.pairs, match.f1]).toEqual([4, 1]);
    for (const { sigma } of cells) expect(Math.abs(sigma * Math.sqrt(3) - 4.5)).toBeLessThan(1);
  });

  it('are the same found slab by slab', () => {
    const options = cellOptions(120);
    const reach = blobReach(options.sigmas);
    const parts: Blob[] = [];
    for (let from = 0; from < 40; from += 10) {
      const [first, end] = [Math.max(0, from - reach), Math.min(40, from + 10 + reach)];
      const found = complete(findBlobs(slicesOf(volume, first, end), options, { from: from - first, to: from + 10 - first }));
      parts.push(...found.map((blob) => ({ ...blob, z: blob.z + first })));
    }
    const whole = complete(findBlobs(volume, options));
    const places = (blobs: readonly Blob[]) => blobs.map(({ z, y, x, sigma }) => `${z} ${y} ${x} ${sigma}`).sort();
    expect(places(parts)).toEqual(places(whole));
  });

  it('are painted as balls, also where a border or a slab cuts them', () => {
    const labels = { data: new Uint8Array(1000), shape: [10, 10, 10] as const };
    paintBlobs(labels, 5, [{ z: 4, y: 0, x: 9, sigma: 2.1, response: 1 }], 7);
    for (let i = 0; i < 1000; i++) {
      const far = Math.hypot(Math.floor(i / 100) + 1, Math.floor(i / 10) % 10, (i % 10) - 9);
      expect(labels.data[i], `${i}`).toBe(far <= 2.1 * Math.sqrt(3) ? 7 : 0);
    }
  });

  it('that overlap are one: the larger', () => {
    const blob = (x: number, sigma: number, response = 1): Blob => ({ z: 0, y: 0, x, sigma, response });
    const xs = (blobs: readonly Blob[]) => pruneBlobs(blobs).map(({ x }) => x);
    expect(xs([blob(0, 2), blob(1, 3), blob(20, 2)])).toEqual([1, 20]);
    expect(xs([blob(0, 2, 1), blob(1, 2, 5)])).toEqual([1]);
    expect(xs([blob(0, 2), blob(5, 2)])).toEqual([0, 5]);
  });
});

describeWithData('xray-mini', () => {
  it('cells are matched with an F1 of at least 0.65', () => {
    const { cells } = JSON.parse(readFileSync(dataPath('xray-mini/cells.json'), 'utf8'));
    const truth = Float64Array.from(cells.flatMap(({ z, y, x }: Record<string, number>) => [z!, y!, x!]));
    const image = { data: loadNpz(dataPath('xray-mini/xray-mini.npz'))['image']!.data, shape: [64, 256, 256] as const };
    const match = complete(matchCells(truth, blobCentres(findCells(image))));
    expect(match.truths).toBe(372);
    expect(match.f1).toBeGreaterThanOrEqual(0.65);
  });
});
