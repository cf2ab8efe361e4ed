import { readFileSync } from 'node:fs';
// @ts-expect-error: jsfive comes without types; it is the oracle here.
import { File } from 'jsfive';
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { makeRng } from '../../base/rng.ts';
import { voxelsOf } from '../../base/volume.ts';
import { sha256 } from '../../test/golden-volume.ts';
import { describeWithData, goldenPath } from '../../test/shared-data.ts';
import { bytesSource } from '../source.ts';
import { loadLabels, loadVolume } from '../volume-files/load.ts';
import { refuseFilters, undoFilters } from './filters.ts';
import { openHdf5 } from './index.ts';
import { parseLayout } from './layout.ts';
import { problemIn } from './objects.ts';

const SHA = {
  u16: '6ad258c4ad965183efdcba7d92f7967dc5cb0f03028d676534c47cd28d32a63b',
  labels: '23842836ba13b95956a8747cfdef376e1f4bee494b5094d07640575a86700fae',
};

describeWithData('the golden HDF5 file', () => {
  const bytes = () => Uint8Array.from(readFileSync(goldenPath('volume/formats/vol.h5')));

  it('gives all of its volumes: contiguous, chunked, and labels of 64 bits', async () => {
    const volumes = await openHdf5(bytesSource('vol.h5', bytes()));
    const byName = new Map(volumes.map((volume) => [volume.name.slice('vol.h5/'.length), volume]));
    expect([...byName].map(([name, { stored, kindHint }]) => [name, stored, kindHint])).toEqual([
      ['contig', 'uint16', undefined],
      ['image', 'uint8', undefined],
      ['labels', 'uint64', 'labels'],
    ]);
    expect(sha256(await loadVolume(byName.get('contig')!))).toBe(SHA.u16);
    expect(sha256((await loadLabels(byName.get('labels')!)).data)).toBe(SHA.labels);
  });

  it('reads what jsfive reads', async () => {
    const oracle = new File(bytes().buffer, 'vol.h5');
    for (const volume of await openHdf5(bytesSource('vol.h5', bytes()))) {
      const dataset = oracle.get(volume.name.slice('vol.h5/'.length)) as { value: ArrayLike<number | bigint>; shape: number[] };
      expect(dataset.shape).toEqual(volume.shape);
      expect(Array.from(await loadVolume(volume))).toEqual(Array.from(dataset.value, Number));
    }
  });

  it('gives an error of ours for every cut and for damaged bytes, and comes to an end', { timeout: 120_000 }, async () => {
    const whole = bytes();
    const survey = async (damaged: Uint8Array<ArrayBuffer>) => {
      try {
        for (const volume of await openHdf5(bytesSource('fuzz.h5', damaged))) {
          // A flipped extent may be huge, and all of it holds the fill value.
          if (voxelsOf(volume.shape) < 1e6) await loadVolume(volume);
        }
        return 'data';
      } catch (error) {
        if (!isSomascopeError(error)) throw error;
        return error.tag;
      }
    };
    for (let cut = 0; cut < 2048; cut += cut < 128 ? 1 : 61) expect(await survey(whole.slice(0, cut)), `${cut}`).not.toBe('data');
    const rng = makeRng(5);
    for (let round = 0; round < 400; round++) {
      const damaged = whole.slice();
      damaged[rng.below(round < 350 ? 4096 : whole.length)]! ^= 1 << rng.below(8);
      await survey(damaged);
    }
  });
});

it('refuses what is no HDF5 file, and filters by name', async () => {
  await expect(openHdf5(bytesSource('x.h5', new Uint8Array(100)))).rejects.toMatchObject({
    tag: 'Invalid',
    place: { file: 'x.h5' },
  });
  for (const version of [4, 5]) {
    const message = { type: 8, offset: 96, bytes: new DataView(Uint8Array.of(version, 2, 0, 3, 4, 0, 0, 0).buffer) };
    expect(() => parseLayout(message, problemIn('x.h5'))).toThrow(new RegExp(`version ${version}.*libver="latest"`));
  }
  expect(() => refuseFilters([2, 4], 'x.h5')).toThrow(/SZIP/);
  expect(() => refuseFilters([999], 'x.h5')).toThrow(/filter 999/);
});

it('undoes LZF, Fletcher-32 and shuffle, and leaves out what the chunk skipped', async () => {
  const plain = Uint8Array.of(1, 1, 1, 1, 1, 1, 2, 3);
  // A literal 1, then five copies of it (length − 2 = 3, distance 1), then 2 and 3.
  const lzf = Uint8Array.of(0, 1, 3 << 5, 0, 1, 2, 3);
  const undo = (packed: Uint8Array<ArrayBuffer>, filters: number[], skipped = 0) =>
    undoFilters(packed, filters, { offset: 0, bytes: packed.length, skipped }, 8, 2, 'x.h5');
  expect(await undo(lzf, [32000])).toEqual(plain);
  expect(await undo(plain, [32000], 1)).toEqual(plain);
  await expect(undo(lzf.slice(0, 3), [32000])).rejects.toMatchObject({ tag: 'Invalid' });
  expect([...(await undo(Uint8Array.of(1, 3, 5, 7, 2, 4, 6, 8), [2]))]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  await expect(undo(Uint8Array.of(...plain, 1, 2, 3, 4), [3])).rejects.toMatchObject({ tag: 'Checksum' });
  // Words 0x0101 three times and 0x0203: sums 1286 and 257 + 514 + 771 + 1286 = 2828, little-endian.
  expect(await undo(Uint8Array.of(...plain, 1286 & 255, 1286 >> 8, 2828 & 255, 2828 >> 8), [3])).toEqual(plain);
});
