import { describe, expect, it } from 'vitest';
import { joinBytes } from '../../base/bytes.ts';
import { isSomascopeError } from '../../base/errors.ts';
import { probeFrom } from '../../base/probe.ts';
import { fileBytes } from '../../test/files.ts';
import { damagedCopies } from '../../test/fuzz.ts';
import { describeWithData, goldenPath } from '../../test/shared-data.ts';
import { FLAT_DEFAULTS, openFlat } from '../flat-binary/index.ts';
import { orderedSorting } from '../sorting.ts';
import { bytesSource } from '../source.ts';
import { mdaHeader, openMda, readFirings, readMda, writeFirings, writeGeom, writeMdaParameters } from './index.ts';

const data = Int16Array.from({ length: 400 }, (_, i) => i * 37 - 5000);
const raw = () => joinBytes([mdaHeader('int16', [4, 100]), new Uint8Array(data.buffer)]);

it('reads a recording as it was written', async () => {
  const recording = await openMda(bytesSource('raw.mda', raw()), 20_000);
  expect(recording).toMatchObject({ format: 'MDA', frames: 100, channels: 4, dtype: 'int16', samplingRate: 20_000, notices: [] });
  expect(await recording.read(0, 100)).toEqual(data);
  expect(await recording.read(50, 51)).toEqual(data.slice(200, 204));
});

it('has long extents where they are needed', () => {
  const header = new DataView(mdaHeader('float32', [2, 2 ** 33]).buffer);
  expect([header.byteLength, header.getInt32(8, true), header.getBigInt64(20, true)]).toEqual([28, -2, BigInt(2 ** 33)]);
  expect(() => mdaHeader('int8', [1])).toThrow(/cannot hold int8/);
});

it('reads firings as they were written, peak channels from 1', async () => {
  const sorting = orderedSorting({ name: 's', format: 't', samplingRate: 1, times: [5, 9, 9], clusters: [2, 1, 2] });
  const bytes = joinBytes([...writeFirings(sorting, (unit) => unit + 10)]);
  expect(Array.from((await readMda(bytesSource('f', bytes))).data.subarray(0, 3))).toEqual([13, 5, 2]);
  const again = await readFirings(bytesSource('firings.mda', bytes), 30_000);
  expect([Array.from(again.times), Array.from(again.clusters)]).toEqual([
    [5, 9, 9],
    [2, 1, 2],
  ]);
  expect([Array.from(again.peakChannels), again.samplingRate]).toEqual([[12, 11, 12], 30_000]);
});

it('writes geometry and rate beside a recording', () => {
  expect(writeGeom(probeFrom([1.5, 2], [3, 4]), [1, 0, 7])).toBe('2,4\n1.5,3\nNaN,NaN\n');
  expect(JSON.parse(writeMdaParameters(30_000))).toEqual({ samplerate: 30_000, spike_sign: -1 });
});

describe('bad input', () => {
  it('shows the frames of a file that is cut off', async () => {
    const recording = await openMda(bytesSource('raw.mda', raw().subarray(0, 20 + 777)), 1);
    expect(recording.frames).toBe(97);
    expect(recording.notices).toEqual([
      'raw.mda is cut off: 3 of its 100 frames are missing. Copy it again; the others are shown.',
    ]);
  });

  it('refuses what is no array of the format, or no firings', async () => {
    const wrong = async (bytes: Uint8Array) => readFirings(bytesSource('f.mda', bytes), 1);
    await expect(wrong(new Uint8Array(20))).rejects.toThrow(/type code 0/);
    await expect(wrong(joinBytes([mdaHeader('float64', [2, 3]), new Uint8Array(48)]))).rejects.toThrow(/three rows/);
    await expect(wrong(joinBytes([mdaHeader('float64', [3, 3]), new Uint8Array(48)]))).rejects.toThrow(/promises float64/);
    await expect(openMda(bytesSource('r.mda', mdaHeader('int16', [4])), 1)).rejects.toThrow(/\[channel, sample\]/);
  });

  it('answers any damage with an array or a typed error', async () => {
    for (const { what, bytes } of damagedCopies(raw(), 20, 400)) {
      for (const read of [readMda, (source: Parameters<typeof readMda>[0]) => openMda(source, 1)]) {
        try {
          await read(bytesSource('x.mda', bytes));
        } catch (error) {
          expect(isSomascopeError(error), `${what}: ${error}`).toBe(true);
        }
      }
    }
  });
});

describeWithData('the golden files', () => {
  const folder = goldenPath('neuropixels/formats');
  const expected = JSON.parse(new TextDecoder().decode(fileBytes(`${folder}/expected.json`)));
  const source = (name: string) => bytesSource(name, fileBytes(`${folder}/${name}`));

  it('raw.mda and recording.dat hold the same samples', async () => {
    const recording = await openMda(source('raw.mda'), 30_000);
    const dat = openFlat('recording.dat', [source('recording.dat')], { ...FLAT_DEFAULTS, channels: 32 });
    expect([dat.frames, recording.channels, recording.notices]).toEqual([3000, 32, []]);
    expect(await recording.read(0, recording.frames)).toEqual(await dat.read(0, recording.frames));
    expect(Array.from(await dat.read(0, 1))).toEqual(expected.first_sample.slice(0, 32));
  });

  it('firings.mda holds the spikes, raw64dims_f4.mda extents of 64 bits', async () => {
    const { times, clusters } = await readFirings(source('firings.mda'), 30_000);
    // MountainSort counts labels from 1; they are shown as the file has them.
    expect([Array.from(times), Array.from(clusters, (label) => label - 1)]).toEqual([
      expected.spike_times,
      expected.spike_labels,
    ]);
    const long = await readMda(source('raw64dims_f4.mda'));
    expect([long.dtype, long.shape.length, long.dataOffset, long.data.length]).toEqual([
      'float32',
      2,
      28,
      long.shape[0]! * long.shape[1]!,
    ]);
  });
});
