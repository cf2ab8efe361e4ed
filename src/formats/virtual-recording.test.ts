// The longest published recording, as a source that is nowhere: only what is asked for is read, at any place.
import { beforeAll, expect, it } from 'vitest';
import { textBytes } from '../test/files.ts';
import { VIRTUAL_FRAMES, type VirtualRecording, virtualRecording, virtualSamples } from '../test/virtual-recording.ts';
import { writeSubset } from './flat-binary/index.ts';
import type { Recording } from './recording.ts';
import { openSpikeGlx, parseMeta } from './spikeglx/index.ts';

let virtual: VirtualRecording;
let recording: Recording;
beforeAll(() => {
  virtual = virtualRecording();
  recording = openSpikeGlx(virtual.source, parseMeta(textBytes(virtual.meta), 'virtual.meta'));
});

it('opens without a read', () => {
  expect([virtual.source.size, virtual.reads]).toEqual([112_205_135_350, []]);
  expect(recording).toMatchObject({ frames: VIRTUAL_FRAMES, channels: 385, samplingRate: 30_000, notices: [], sync: [384] });
  expect([recording.probe!.x.length, recording.gain[383]]).toEqual([384, 4.6875]);
  // More samples, and more bytes, than 32 bits count.
  expect(recording.frames * recording.channels).toBeGreaterThan(2 ** 35);
});

it.each([
  ['its beginning', 0],
  ['where bytes pass 2^32', Math.floor(2 ** 32 / 770) - 5],
  ['where samples pass 2^32', Math.floor(2 ** 32 / 385) - 5],
  ['its middle', 72_860_477],
  ['its end', VIRTUAL_FRAMES - 10],
])('reads %s, exactly what was asked for', async (_, start) => {
  virtual.reads.length = 0;
  const samples = await recording.read(start, start + 10);
  expect(samples).toEqual(virtualSamples(virtual.synth, start, start + 10));
  expect(virtual.reads).toEqual([{ offset: start * 770, length: 7700 }]);
  // Two tilings give the same.
  const parts = [await recording.read(start, start + 3), await recording.read(start + 3, start + 10)];
  expect(Array.from(samples)).toEqual(parts.flatMap((part) => Array.from(part)));
});

it('saves a stretch from far behind', async () => {
  const start = 140_000_000;
  const pieces: Uint8Array[] = [];
  for await (const piece of writeSubset(recording, { columns: [383, 384], start, end: start + 50 })) pieces.push(piece);
  const saved = new Int16Array(Uint8Array.from(Buffer.concat(pieces)).buffer);
  const all = virtualSamples(virtual.synth, start, start + 50);
  expect(Array.from(saved)).toEqual(Array.from({ length: 100 }, (_, i) => all[385 * (i >> 1) + 383 + (i % 2)]));
});
