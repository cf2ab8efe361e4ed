import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { joinBytes } from '../../base/bytes.ts';
import { isSomascopeError } from '../../base/errors.ts';
import { textBytes } from '../../test/files.ts';
import { damagedCopies } from '../../test/fuzz.ts';
import { mdaHeader, writeFirings } from '../mda/index.ts';
import { writeNpy } from '../npy/index.ts';
import { orderedSorting } from '../sorting.ts';
import { writeSortingNpz } from '../sorting-npz/index.ts';
import { type ByteSource, bytesSource } from '../source.ts';
import { type EphysObject, makeFindFile, openRecordingObject, openSortingObject, parseEphysObjects } from './index.ts';

const raw = Int16Array.from({ length: 40 }, (_, i) => i);
const rawBytes = new Uint8Array(raw.buffer);
const sha1 = createHash('sha1').update(rawBytes).digest('hex');
const json = (value: unknown) => textBytes(JSON.stringify(value));
const bin1 = {
  recording_format: 'bin1',
  data: {
    raw: `sha1://${sha1}/raw.dat`,
    raw_num_channels: 4,
    num_frames: 10,
    samplerate: 30_000,
    channel_ids: [7, 3],
    channel_map: { 7: 2, 3: 0 },
    channel_positions: { 7: [16, 20], 3: [48, 40] },
  },
};
const sorting = orderedSorting({ name: 's', format: 't', samplingRate: 30_000, times: [4, 8, 8], clusters: [1, 2, 1] });
const npy = (values: readonly number[]) => writeNpy({ data: Int32Array.from(values), shape: [values.length] });
const files: ByteSource[] = [
  bytesSource('folder/raw.dat', rawBytes),
  bytesSource('times.npy', npy([4, 8, 8])),
  bytesSource('labels.npy', npy([1, 2, 1])),
  bytesSource('s.npz', joinBytes(writeSortingNpz(sorting))),
  bytesSource('firings.mda', joinBytes([...writeFirings(sorting, () => 0)])),
  bytesSource('raw.mda', joinBytes([mdaHeader('int16', [4, 10]), rawBytes])),
  bytesSource('geom.csv', textBytes('1,2\n3,4\n5,6\n7,8\n')),
  bytesSource('params.json', json({ samplerate: 24_000 })),
];

const recordingIn = (bytes: Uint8Array) => {
  const [first] = parseEphysObjects(bytes, 'o.json');
  return openRecordingObject(first as EphysObject & { recording: NonNullable<EphysObject['recording']> }, makeFindFile(files));
};
const sortingIn = (value: unknown) => {
  const [first] = parseEphysObjects(json(value), 'o.json');
  return openSortingObject(first as EphysObject & { sorting: NonNullable<EphysObject['sorting']> }, makeFindFile(files));
};

describe('recordings', () => {
  it('bin1: maps channels to columns of the raw file', async () => {
    const recording = await recordingIn(json({ recordingLabel: 'demo (10 sec)', recordingObject: bin1 }));
    expect(recording).toMatchObject({ name: 'demo (10 sec)', channels: 4, frames: 10, samplingRate: 30_000, notices: [] });
    expect([recording.channelIds, recording.sync]).toEqual([
      ['3', 'raw 1', '7', 'raw 3'],
      [1, 3],
    ]);
    expect([Array.from(recording.probe!.column), Array.from(recording.probe!.x)]).toEqual([
      [2, 0],
      [16, 48],
    ]);
    expect(Array.from(await recording.read(9, 10))).toEqual([36, 37, 38, 39]);
  });

  it('bin1: says that the raw file is shorter, or the map out of range', async () => {
    const { notices } = await recordingIn(json({ ...bin1, data: { ...bin1.data, num_frames: 12, channel_map: { 7: 4, 3: 0 } } }));
    expect(notices[0]).toMatch(/promises 12 frames; folder\/raw\.dat holds 10/);
    expect(notices[1]).toMatch(/maps 1 channels to columns/);
  });

  it('mda: with geometry and rate in files of their own', async () => {
    const object = { recording_format: 'mda', data: { raw: 'raw.mda', geom: 'geom.csv', params: 'params.json' } };
    const recording = await recordingIn(json(object));
    expect(recording).toMatchObject({ format: 'MDA', samplingRate: 24_000, frames: 10 });
    expect(Array.from(recording.probe!.y)).toEqual([2, 4, 6, 8]);
  });
});

describe('sortings', () => {
  it.each([
    ['npy1', { times_npy_uri: 'a/times.npy', labels_npy_uri: 'labels.npy', samplerate: 30_000 }],
    ['npy2', { npz_uri: 's.npz' }],
    ['mda', { firings: 'firings.mda', samplerate: 30_000 }],
  ])('%s', async (format, data) => {
    const read = await sortingIn({ sorting_format: format, data });
    expect([Array.from(read.times), Array.from(read.clusters), read.samplingRate]).toEqual([[4, 8, 8], [1, 2, 1], 30_000]);
  });
});

describe('files', () => {
  it('are matched by their SHA-1 where they were renamed', async () => {
    const renamed = [bytesSource('x.bin', rawBytes), bytesSource('y.bin', rawBytes.subarray(1))];
    const shares: number[] = [];
    const find = makeFindFile(renamed, { onProgress: (share) => shares.push(share) });
    expect((await find(`sha1://${sha1}/raw.dat`)).name).toBe('x.bin');
    expect((await find(`sha1://${sha1}`)).name).toBe('x.bin');
    expect(shares).toHaveLength(2);
    await expect(find('sha1://0000000000000000000000000000000000000000/lost.dat')).rejects.toThrow(
      /lost\.dat was not dropped along/,
    );
    await expect(find('lost.dat')).rejects.toMatchObject({ tag: 'NotRecognised' });
  });

  it('of the same name are told apart by their SHA-1', async () => {
    const twice = [bytesSource('a/raw.dat', rawBytes.subarray(2)), bytesSource('b/raw.dat', rawBytes)];
    expect((await makeFindFile(twice)(`sha1://${sha1}/raw.dat`)).name).toBe('b/raw.dat');
  });
});

describe('bad input', () => {
  it.each([
    [{ recording_format: 'nwb', data: {} }, /"nwb"; bin1 and mda are read/],
    [{ sorting_format: 'h5_v1', data: {} }, /"h5_v1"; npy1, npy2 and mda/],
    [{ sorting_format: 'npy1', data: {} }, /"times_npy_uri" is missing/],
    [{ recording_format: 'bin1' }, /"data" is missing/],
    [{ hello: 1 }, /holds no recording_format/],
  ])('%j', (value, message) => {
    expect(() => parseEphysObjects(json(value), 'o.json')).toThrow(message);
  });

  it('answers any damage with a recording or a typed error', async () => {
    const bytes = json(bin1);
    for (const { what, bytes: damaged } of damagedCopies(bytes, bytes.length, 300)) {
      try {
        await recordingIn(damaged);
      } catch (error) {
        expect(isSomascopeError(error), `${what}: ${error}`).toBe(true);
      }
    }
  });
});
