// The detector with nothing told but the frame rate, on a real two-photon movie (neurofinder 00.00, 20 frames averaged, 30 images).
import { readFile } from 'node:fs/promises';
import { unzip } from 'unzipit';
import { expect, vi } from 'vitest';
import type { Plane } from '../../../base/ndarray.ts';
import { regionFrom } from '../../../base/region.ts';
import { complete } from '../../../base/steps.ts';
import { dataPath, itWithData } from '../../../test/shared-data.ts';
import { scoreRegions } from '../../score/neurofinder.ts';
import { detectAll } from './detect-all.ts';

// A whole field takes a quarter of a minute on a quiet machine.
vi.setConfig({ testTimeout: 240_000 });

const SIDE = 512;
const STRIP_OFFSETS = 273;

/** Pixels of a plain little-endian uint16 TIFF with one strip. */
function pixelsOf(buffer: ArrayBuffer): Uint16Array {
  const view = new DataView(buffer);
  const directory = view.getUint32(4, true);
  for (let i = 0; i < view.getUint16(directory, true); i++) {
    const entry = directory + 2 + 12 * i;
    if (view.getUint16(entry, true) === STRIP_OFFSETS)
      return new Uint16Array(buffer, view.getUint32(entry + 8, true), SIDE * SIDE);
  }
  throw new Error('no strip offset');
}

function meanOf(frames: readonly Uint16Array[]): Plane<Float64Array<ArrayBuffer>> {
  const data = new Float64Array(SIDE * SIDE);
  for (const frame of frames) for (let i = 0; i < data.length; i++) data[i]! += frame[i]! / frames.length;
  return { data, height: SIDE, width: SIDE };
}

itWithData('reaches a combined score of 0.58 on a real movie', async () => {
  const { entries } = await unzip(new Uint8Array(await readFile(dataPath('neurofinder/neurofinder.00.00.bin20x30.zip'))));
  const pick = (pattern: RegExp) =>
    Object.keys(entries)
      .filter((name) => pattern.test(name))
      .sort();
  const frames = await Promise.all(pick(/\.tiff?$/).map(async (name) => pixelsOf(await entries[name]!.arrayBuffer())));
  const info = (await entries[pick(/info\.json$/)[0]!]!.json()) as { 'rate-hz': number };
  const truth = (await entries[pick(/regions\.json$/)[0]!]!.json()) as { coordinates: number[][] }[];
  const data = new Uint16Array(frames.length * SIDE * SIDE);
  for (const [i, frame] of frames.entries()) data.set(frame, i * SIDE * SIDE);
  const { detections, radius } = complete(
    detectAll({
      mean: meanOf(frames),
      odd: meanOf(frames.filter((_, i) => i % 2 === 1)),
      even: meanOf(frames.filter((_, i) => i % 2 === 0)),
      binned: { data, bins: frames.length, binRate: info['rate-hz'] },
      labels: 'both',
      sensitivity: 0.5,
      radius: null,
    }),
  );
  const found = detections.filter(({ chosen }) => chosen).map(({ region }) => region);
  const score = scoreRegions(
    truth.map(({ coordinates }) => regionFrom(coordinates)),
    found,
    6,
  );
  expect(score.combined).toBeGreaterThanOrEqual(0.58);
  expect(score.inclusion).toBeGreaterThanOrEqual(0.7);
  expect(score.exclusion).toBeGreaterThanOrEqual(0.7);
  expect(radius).toBeGreaterThan(4.62 * 0.85);
  expect(radius).toBeLessThan(4.62 * 1.15);
});
