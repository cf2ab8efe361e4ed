import { expect, it } from 'vitest';
import { writeNpy } from '../npy/index.ts';
import { bytesSource } from '../source.ts';
import { openNpyRecording } from './index.ts';

const [FRAMES, CHANNELS] = [50, 3];
const byFrame = Int16Array.from({ length: FRAMES * CHANNELS }, (_, i) => 100 * (i % CHANNELS) + Math.floor(i / CHANNELS));
const byColumn = Int16Array.from({ length: FRAMES * CHANNELS }, (_, i) => 100 * Math.floor(i / FRAMES) + (i % FRAMES));

const fortran = (bytes: Uint8Array<ArrayBuffer>) => {
  const text = new TextDecoder('latin1')
    .decode(bytes.subarray(0, 128))
    .replace("'fortran_order': False", "'fortran_order': True ");
  bytes.set(new TextEncoder().encode(text.slice(10)), 10);
  return bytes;
};

it.each([
  ['frames by columns', writeNpy({ data: byFrame, shape: [FRAMES, CHANNELS] })],
  ['columns by frames', writeNpy({ data: byColumn, shape: [CHANNELS, FRAMES] })],
  ['frames by columns in Fortran order', fortran(writeNpy({ data: byColumn, shape: [FRAMES, CHANNELS] }))],
  ['columns by frames in Fortran order', fortran(writeNpy({ data: byFrame, shape: [CHANNELS, FRAMES] }))],
])('reads a recording saved as %s', async (_, bytes) => {
  const recording = await openNpyRecording(bytesSource('traces.npy', bytes), 30_000);
  expect(recording).toMatchObject({ frames: FRAMES, channels: CHANNELS, dtype: 'int16', format: 'NPY', samplingRate: 30_000 });
  expect(await recording.read(0, FRAMES)).toEqual(byFrame);
  expect(await recording.read(7, 9)).toEqual(byFrame.slice(21, 27));
});

it('refuses an array that is no table', async () => {
  const open = (shape: number[]) => openNpyRecording(bytesSource('a.npy', writeNpy({ data: byFrame, shape })), 1);
  await expect(open([150])).rejects.toThrow(/a table \(samples, channels\)/);
  await expect(open([5, 10, 3])).rejects.toThrow(/shape \(5, 10, 3\)/);
});
