import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { makeRng } from '../../base/rng.ts';
import { fileBytes, textBytes } from '../../test/files.ts';
import { damagedCopies } from '../../test/fuzz.ts';
import { describeWithData, goldenPath } from '../../test/shared-data.ts';
import { infoOf } from '../recording.ts';
import { bytesSource } from '../source.ts';
import { parseMeta, withMeta } from '../spikeglx/index.ts';
import { openCompressed, parseCompressedHeader } from './index.ts';

interface Options {
  readonly order: 'F' | 'C';
  readonly time: boolean;
  readonly space: boolean;
}

const CHANNELS = 5;
const BOUNDS = [0, 70, 140, 173];
const samples = (() => {
  const rng = makeRng(3);
  // Extremes, so that differences wrap.
  return Int16Array.from({ length: 173 * CHANNELS }, () =>
    rng.uniform() < 0.1 ? [-32768, 32767][rng.below(2)]! : rng.below(400) - 200,
  );
})();

/** As mtscomp writes: differences along time, then along channels, then the chunk's order, then zlib. */
function compress({ order, time, space }: Options) {
  const chunks: Uint8Array[] = [];
  const offsets = [0];
  for (let k = 0; k + 1 < BOUNDS.length; k++) {
    const frames = BOUNDS[k + 1]! - BOUNDS[k]!;
    const at = (f: number, c: number) => samples[(BOUNDS[k]! + f) * CHANNELS + c]!;
    const inTime = (f: number, c: number) => (time && f > 0 ? at(f, c) - at(f - 1, c) : at(f, c));
    const value = (f: number, c: number) => (space && c > 0 ? inTime(f, c) - inTime(f, c - 1) : inTime(f, c));
    const stored = Int16Array.from({ length: frames * CHANNELS }, (_, i) =>
      order === 'F' ? value(i % frames, Math.floor(i / frames)) : value(Math.floor(i / CHANNELS), i % CHANNELS),
    );
    chunks.push(new Uint8Array(deflateSync(new Uint8Array(stored.buffer))));
    offsets.push(offsets.at(-1)! + chunks.at(-1)!.length);
  }
  const header = {
    version: '1.0',
    algorithm: 'zlib',
    chunk_bounds: BOUNDS,
    chunk_offsets: offsets,
    chunk_order: order,
    do_time_diff: time,
    do_spatial_diff: space,
    dtype: 'int16',
    n_channels: CHANNELS,
    sample_rate: 30_000,
    sha1_uncompressed: 'abc',
  };
  return { bytes: new Uint8Array(Buffer.concat(chunks)), header };
}

const open = ({ bytes, header }: { bytes: Uint8Array; header: object }) =>
  openCompressed(bytesSource('a.cbin', bytes), parseCompressedHeader(textBytes(JSON.stringify(header)), 'a.ch'));

describe('a .cbin', () => {
  const ways: Options[] = [true, false].flatMap((time) =>
    [true, false].flatMap((space) => (['F', 'C'] as const).map((order) => ({ order, time, space }))),
  );

  it.each(ways)('gives back its samples: %o', async (options) => {
    const recording = open(compress(options));
    expect(recording).toMatchObject({ frames: 173, channels: 5, dtype: 'int16', notices: [], bytes: 1730 });
    expect(await recording.read(0, 173)).toEqual(samples);
    expect(await recording.read(69, 141)).toEqual(samples.slice(69 * CHANNELS, 141 * CHANNELS));
    expect(await recording.read(140, 140)).toHaveLength(0);
  });

  it('is read a chunk at a time, and chunks are kept within a budget', async () => {
    const { bytes, header } = compress({ order: 'F', time: true, space: false });
    const source = bytesSource('a.cbin', bytes);
    let reads = 0;
    const read = (offset: number, length: number) => {
      reads++;
      return source.read(offset, length);
    };
    const counted = { ...source, read };
    const told = parseCompressedHeader(textBytes(JSON.stringify(header)), 'a.ch');
    const recording = openCompressed(counted, told, { cacheBytes: 800 });
    await recording.read(10, 20);
    await recording.read(60, 70);
    expect(reads).toBe(1);
    // Two at a time share one reading; one that was cancelled does not spoil it.
    const control = new AbortController();
    const cancelled = recording.read(80, 81, control.signal);
    control.abort();
    expect(await recording.read(81, 82)).toEqual(samples.slice(81 * CHANNELS, 82 * CHANNELS));
    await cancelled.catch((error: unknown) => expect(error).toMatchObject({ tag: 'Aborted' }));
    expect(reads).toBe(2);
    await recording.read(10, 20);
    expect(reads).toBe(3);
    expect(await recording.readChunk(2)).toEqual(samples.slice(140 * CHANNELS));
    await expect(recording.readChunk(3)).rejects.toThrow(RangeError);
  });
});

describe('bad input', () => {
  const whole = compress({ order: 'F', time: true, space: false });

  it('shows the chunks of a file that is cut off', async () => {
    const recording = open({ ...whole, bytes: whole.bytes.subarray(0, whole.header.chunk_offsets[2]! + 9) });
    expect(recording.frames).toBe(140);
    expect(recording.notices).toEqual([
      'a.cbin is cut off: 33 of 173 frames are missing. Copy it again; the first 140 are shown.',
    ]);
    expect(await recording.read(0, 140)).toEqual(samples.slice(0, 140 * CHANNELS));
    expect(() => open({ ...whole, bytes: whole.bytes.subarray(0, 3) })).toThrow(/ends within its first chunk/);
  });

  it.each([
    ['another compression', { algorithm: 'lz4' }, /lz4/],
    ['lists of different lengths', { chunk_bounds: [0, 70] }, /differ in length/],
    ['chunks that go backwards', { chunk_offsets: [0, 50, 40, 90] }, /do not ascend/],
    ['a chunk of impossible length', { chunk_bounds: [0, 70, 140, 10 ** 12] }, /impossible length/],
    ['no channels', { n_channels: 0 }, /channels/],
    ['a strange order', { chunk_order: 'X' }, /neither F nor C/],
  ])('refuses %s', (_, change, message) => {
    expect(() => open({ ...whole, header: { ...whole.header, ...change } })).toThrow(message);
  });

  it('names the chunk that is damaged; the others can be read', async () => {
    const bytes = whole.bytes.slice();
    bytes[whole.header.chunk_offsets[1]! + 20]! ^= 0xff;
    const recording = open({ ...whole, bytes });
    await expect(recording.read(0, 100)).rejects.toMatchObject({ tag: 'Invalid', place: { file: 'a.cbin', index: 1 } });
    expect(await recording.read(0, 70)).toEqual(samples.slice(0, 70 * CHANNELS));
    const longer = { ...whole.header, chunk_bounds: [0, 60, 140, 173] };
    await expect(open({ ...whole, header: longer }).read(0, 10)).rejects.toThrow(/unpacks to more than 600 bytes/);
  });

  it('answers any damage with samples or a typed error', async () => {
    const text = textBytes(JSON.stringify(whole.header));
    const cases = [
      ...[...damagedCopies(text, text.length, 150)].map(({ what, bytes }) => ({ what, text: bytes, bytes: whole.bytes })),
      ...[...damagedCopies(whole.bytes, 40, 150)].map(({ what, bytes }) => ({ what, text, bytes })),
    ];
    for (const one of cases) {
      try {
        const recording = openCompressed(bytesSource('a.cbin', one.bytes), parseCompressedHeader(one.text, 'a.ch'));
        await recording.read(0, recording.frames);
      } catch (error) {
        expect(isSomascopeError(error), `${one.what}: ${error}`).toBe(true);
      }
    }
  }, 30_000);
});

describeWithData('the golden .cbin', () => {
  it('holds the samples of the .bin beside it', async () => {
    const base = goldenPath('neuropixels/formats/synth_g0_t0.imec0.ap');
    const header = parseCompressedHeader(fileBytes(`${base}.ch`), 'synth.ch');
    const samples = openCompressed(bytesSource('synth.cbin', fileBytes(`${base}.cbin`)), header);
    const recording = withMeta(samples, parseMeta(fileBytes(`${base}.meta`), 'synth.meta'), samples.bytes);
    expect(recording).toMatchObject({ frames: 3000, channels: 33, notices: [], sync: [32], chunkBounds: header.bounds });
    expect(structuredClone(infoOf(recording)).frames).toBe(3000);
    const bytes = new Uint8Array((await recording.read(0, 3000)).buffer);
    expect(Buffer.compare(bytes, fileBytes(`${base}.bin`))).toBe(0);
    expect(createHash('sha1').update(bytes).digest('hex')).toBe(header.sha1);
  });
});
