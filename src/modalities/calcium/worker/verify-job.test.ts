// The golden cases as the page runs them: all equal, and a flipped bit, a cut file or a lost one is told.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isEqual, type VerifiedCase } from '../../../base/verification.ts';
import { listFiles } from '../../../formats/listing.ts';
import { largestDifference } from './golden.ts';
import { verify } from './verify-job.ts';

const CONTEXT = { signal: new AbortController().signal, progress: () => {} };
const bytesOf = (path: string) => new Uint8Array(readFileSync(join(import.meta.dirname, '../../../test/golden', path)));

async function run(files: readonly File[], paths: readonly string[]): Promise<readonly VerifiedCase[]> {
  const input = { listing: await listFiles(files.map((file, i) => ({ file, path: paths[i]! }))) };
  const merger = verify.merger(input);
  for (const [index, part] of verify.split(input).entries()) merger.add(await verify.run(input, part, CONTEXT, undefined), index);
  return merger.finish();
}

const zip = new File([readFileSync(join(import.meta.dirname, '../../../../public/verify/calcium.zip'))], 'calcium.zip');

/** The cases with some of their files replaced; undefined leaves one out. */
async function runWith(changed: Readonly<Record<string, Uint8Array<ArrayBuffer> | undefined>>): Promise<readonly VerifiedCase[]> {
  const { paths } = await listFiles([{ file: zip, path: 'calcium.zip' }]);
  const kept = paths.filter((path) => !(path in changed) || changed[path]);
  return run(
    kept.map((path) => new File([changed[path] ?? bytesOf(path)], path)),
    kept,
  );
}

it('finds every case equal, the scorer to the last bit', async () => {
  const cases = await run([zip], ['calcium.zip']);
  expect(cases.filter((one) => !isEqual(one))).toEqual([]);
  expect(cases).toHaveLength(13 + 7 + 2 + 11);
  expect(cases.every(({ values, reference }) => values > 0 && reference !== '')).toBe(true);
  const scores = cases.filter(({ title }) => title.startsWith('Score'));
  expect(scores.map(({ largest }) => largest)).toEqual(scores.map(() => 0));
  // Whoever computes differently at all is told by how much.
  expect(cases.some(({ largest }) => largest > 0)).toBe(true);
});

it('tells a corrupted expectation, how large the difference is, and nothing else', async () => {
  const path = 'calcium/movie_u16.corr8_exact.npy';
  const bytes = bytesOf(path);
  const view = new DataView(bytes.buffer);
  const at = bytes.length - 8 * 100;
  view.setFloat64(at, view.getFloat64(at, true) + 0.25, true);
  const differing = (await runWith({ [path]: bytes })).filter((one) => !isEqual(one));
  expect(differing.map(({ title }) => title)).toEqual(['Correlation image, 8 neighbours']);
  expect(differing[0]!.largest).toBeCloseTo(0.25, 5);
});

it('tells a corrupted input: the movie is in every image', async () => {
  const path = 'calcium/movie_u16.npy';
  const bytes = bytesOf(path);
  bytes[bytes.length - 1]! ^= 0x40;
  const titles = (await runWith({ [path]: bytes })).filter((one) => !isEqual(one)).map(({ title }) => title);
  expect(titles).toEqual(expect.arrayContaining(['Mean image', 'Max image', 'Correlation image, 8 neighbours', 'Peak to noise']));
  expect(titles.filter((title) => /Score|trace/.test(title))).toEqual([]);
});

it('tells another answer of the scorer, a cut file and a lost one', async () => {
  const path = 'neurofinder/cases.json';
  const text = new TextDecoder().decode(bytesOf(path)).replace(/"recall": 0\.5\b/, '"recall": 0.5000000000000001');
  const scores = (await runWith({ [path]: new TextEncoder().encode(text) })).filter((one) => !isEqual(one));
  expect(scores).toHaveLength(1);
  expect(scores[0]!.largest).toBeGreaterThan(0);
  expect(scores[0]!.largest).toBeLessThan(1e-15);

  const noise = 'calcium/traces.noise_fft_mean_caiman.npy';
  const cut = await runWith({ [noise]: bytesOf(noise).slice(0, -4), 'calcium/movie_u16.max.npy': undefined });
  const failed = cut.filter(({ failure }) => failure !== '');
  expect(failed.map(({ title }) => title)).toEqual(['Max image', 'Traces']);
  expect(failed[0]!.failure).toContain('calcium/movie_u16.max.npy is missing');
  expect(failed.some(isEqual)).toBe(false);
});

it('counts a missing number, and lengths that differ, as different without end', () => {
  expect(largestDifference([1, Number.NaN], [1, Number.NaN])).toBe(0);
  expect(largestDifference([1, Number.NaN], [1, 2])).toBe(Number.POSITIVE_INFINITY);
  expect(largestDifference([1, 2, 3], [1, 2])).toBe(Number.POSITIVE_INFINITY);
  expect(largestDifference([Number.POSITIVE_INFINITY], [Number.POSITIVE_INFINITY])).toBe(0);
  expect(largestDifference([101], [100])).toBeCloseTo(0.01, 12);
  expect(largestDifference([0.5], [1], 2)).toBe(0.25);
});
