import { describe, expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { probeFrom } from '../../base/probe.ts';
import { makeRng } from '../../base/rng.ts';
import { type ByteSource, bytesSource, checkRange } from '../source.ts';
import { FLAT_DEFAULTS, guessChannels, openFlat, sampleType, subsetBytes, subsetTables, writeSubset } from './index.ts';

const frames = (count: number, channels: number) =>
  Int16Array.from({ length: count * channels }, (_, i) => ((i * 7919) % 65_536) - 32_768);
const source = (name: string, array: { buffer: ArrayBuffer; byteLength: number }) =>
  bytesSource(name, new Uint8Array(array.buffer, 0, array.byteLength));
const three = { ...FLAT_DEFAULTS, channels: 3, samplingRate: 30_000, gain: 0.5 };

describe('a flat recording', () => {
  it('is read in place', async () => {
    const data = frames(100, 3);
    const recording = openFlat('raw.dat', [source('raw.dat', data)], three);
    expect(recording).toMatchObject({ frames: 100, channels: 3, dtype: 'int16', notices: [], sync: [], samplingRate: 30_000 });
    expect(await recording.read(10, 20)).toEqual(data.slice(30, 60));
    expect(Array.from(recording.gain)).toEqual([0.5, 0.5, 0.5]);
    expect(await recording.read(5, 5)).toHaveLength(0);
    await expect(recording.read(99, 101)).rejects.toThrow(RangeError);
  });

  it('has any type of number, either byte order, and a header', async () => {
    const big = new DataView(new ArrayBuffer(4 + 12));
    for (let i = 0; i < 6; i++) big.setInt16(4 + 2 * i, -100 * i);
    const swapped = openFlat('x', [bytesSource('x', new Uint8Array(big.buffer))], { ...three, dtype: '>i2', offset: 4 });
    expect(Array.from(await swapped.read(1, 2))).toEqual([-300, -400, -500]);
    for (const dtype of ['uint16', 'int32', 'float32', 'float64', 'int8', 'uint8', 'np.int16', '<u4', 'int64']) {
      const { itemBytes } = sampleType(dtype, 'x');
      const recording = openFlat('x', [bytesSource('x', new Uint8Array(3 * itemBytes))], { ...three, dtype });
      expect([recording.frames, (await recording.read(0, 1)).length], dtype).toEqual([1, 3]);
    }
    expect(() => sampleType('complex64', 'x')).toThrow(/complex64/);
    expect(() => sampleType('text', 'x')).toThrow(/not read/);
  });

  it('may lie in several files', async () => {
    const data = frames(10, 3);
    const parts = [data.slice(0, 12), data.slice(12, 15), data.slice(15)].map((part, i) => source(`${i}.dat`, part));
    const recording = openFlat('joined', parts, three);
    expect(recording.frames).toBe(10);
    expect(await recording.read(2, 9)).toEqual(data.slice(6, 27));
  });

  it('may hold more bytes and samples than 32 bits count', async () => {
    const asked: number[] = [];
    const size = 2 ** 40;
    const virtual: ByteSource = {
      name: 'huge',
      size,
      read: async (offset, length) => {
        checkRange('huge', size, offset, length);
        asked.push(offset, length);
        return new Uint8Array(length);
      },
    };
    const recording = openFlat('huge', [virtual], { ...three, channels: 2 });
    expect(recording.frames).toBe(2 ** 38);
    await recording.read(2 ** 37 + 1, 2 ** 37 + 3);
    expect(asked).toEqual([2 ** 39 + 4, 8]);
  });
});

describe('bad input', () => {
  it('says which bytes do not divide, and shows the rest', () => {
    const { frames: count, notices } = openFlat('raw.dat', [bytesSource('raw.dat', new Uint8Array(1001))], three);
    expect(count).toBe(166);
    expect(notices[0]).toMatch(/raw\.dat: its 1,001 bytes .* do not divide by 3 channels × 2 bytes; 5 bytes are left over/);
    expect(notices[0]).toMatch(/diagonal stripes/);
  });

  it.each([
    ['no channels', { channels: 0 }, 100],
    ['half a channel', { channels: 1.5 }, 100],
    ['too many channels', { channels: 1e9 }, 100],
    ['no whole frame', {}, 5],
    ['a header longer than the file', { offset: 101 }, 100],
    ['a type of no numbers', { dtype: 'S5' }, 100],
  ])('refuses %s', (_, change, size) => {
    try {
      openFlat('raw.dat', [bytesSource('raw.dat', new Uint8Array(size))], { ...three, ...change });
      expect.unreachable();
    } catch (error) {
      expect(isSomascopeError(error) && error.place.file && error.hint).toBeTruthy();
    }
  });
});

it('guesses the channel count from the samples', () => {
  for (const channels of [33, 64, 129, 384, 385]) {
    const rng = makeRng(channels);
    const gain = Array.from({ length: channels }, () => 50 * rng.normal());
    let slow = 0;
    const data = Float64Array.from({ length: channels * 60 }, (_, i) => {
      if (i % channels === 0) slow = 0.95 * slow + rng.normal();
      return gain[i % channels]! + slow + 4 * rng.normal();
    });
    const guesses = guessChannels(data, channels * 1_000_003);
    expect(guesses[0], `${channels}`).toMatchObject({ channels, divides: true });
  }
  expect(guessChannels(new Float64Array(4), 4)).toEqual([]);
});

describe('a saved subset', () => {
  const data = frames(5000, 8);
  const recording = openFlat('raw.dat', [source('raw.dat', data)], { ...three, channels: 8 });

  it('holds the chosen columns of the chosen frames in the chosen order', async () => {
    const subset = { columns: [6, 0, 3], start: 11, end: 4711 };
    const pieces: Uint8Array[] = [];
    for await (const piece of writeSubset(recording, subset)) pieces.push(piece);
    const bytes = Buffer.concat(pieces);
    expect(bytes.length).toBe(subsetBytes(recording, subset));
    const again = openFlat('out.dat', [bytesSource('out.dat', bytes)], three);
    const got = await again.read(0, again.frames);
    expect(again.frames).toBe(4700);
    for (let f = 0; f < 4700; f++)
      for (const [i, column] of subset.columns.entries()) expect(got[3 * f + i]).toBe(data[8 * (f + 11) + column]);
  });

  it('is written a piece of bounded size at a time', async () => {
    const wide = openFlat('wide.dat', [bytesSource('wide.dat', new Uint8Array(2 * 1024 * 10_000))], { ...three, channels: 1024 });
    const sizes: number[] = [];
    for await (const piece of writeSubset(wide, { columns: [5], start: 0, end: 10_000 })) sizes.push(piece.length);
    expect(sizes).toEqual([8192, 8192, 3616]);
  });

  it('has the three tables of the source beside it', () => {
    const probe = probeFrom(
      Array.from({ length: 8 }, (_, i) => 10 * i + 0.7),
      Array.from({ length: 8 }, (_, i) => 20 * i),
    );
    expect(subsetTables({ ...recording, channelIds: recording.channelIds.map((id) => `AP${id}`) }, probe, [6, 0])).toEqual({
      channelLocations: '60,120\n0,0\n',
      channelIds: '6\n0\n',
      numChannels: '2\n',
    });
    expect(subsetTables(recording, undefined, [1]).channelLocations).toBeUndefined();
  });
});
