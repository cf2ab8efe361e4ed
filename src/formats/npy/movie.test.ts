// Movies in .npy files, read frame by frame.
import { expect, it } from 'vitest';
import { type ByteSource, bytesSource } from '../source.ts';
import { openNpyMovie, readNpyFrame, writeNpy } from './index.ts';

const frames = Uint16Array.from({ length: 4 * 3 * 5 }, (_, i) => i * 7);

it('reads one frame with one range', async () => {
  const bytes = writeNpy({ data: frames, shape: [4, 3, 5] });
  const ranges: [number, number][] = [];
  const inner = bytesSource('m.npy', bytes);
  const source: ByteSource = {
    name: inner.name,
    size: inner.size,
    read: (offset, length) => {
      ranges.push([offset, length]);
      return inner.read(offset, length);
    },
  };
  const movie = await openNpyMovie(source);
  expect(movie).toMatchObject({ frames: 4, height: 3, width: 5, dtype: 'uint16', dataOffset: 128, frameBytes: 30 });
  ranges.length = 0;
  expect([...(await readNpyFrame(source, movie, 2))]).toEqual([...frames.subarray(30, 45)]);
  expect(ranges).toEqual([[188, 30]]);
  await expect(readNpyFrame(source, movie, 4)).rejects.toThrow(/no frame 4/);
});

it('reads 64-bit integers as exact numbers', async () => {
  const source = bytesSource('m.npy', writeNpy({ data: BigInt64Array.of(-5n, 2n ** 40n), shape: [1, 1, 2] }));
  const movie = await openNpyMovie(source);
  expect(movie.dtype).toBe('float64');
  expect([...(await readNpyFrame(source, movie, 0))]).toEqual([-5, 2 ** 40]);
  const large = bytesSource('m.npy', writeNpy({ data: BigInt64Array.of(0n, 2n ** 60n), shape: [1, 1, 2] }));
  await expect(readNpyFrame(large, await openNpyMovie(large), 0)).rejects.toMatchObject({ tag: 'Unsupported' });
});

it('refuses arrays that are no movie, by name', async () => {
  const flat = bytesSource('flat.npy', writeNpy({ data: frames, shape: [12, 5] }));
  await expect(openNpyMovie(flat)).rejects.toMatchObject({ tag: 'Unsupported', place: { file: 'flat.npy' } });
  const bytes = writeNpy({ data: frames, shape: [4, 3, 5] });
  const text = new TextDecoder('latin1').decode(bytes).replace('False', 'True ');
  const fortran = Uint8Array.from(text, (char) => char.charCodeAt(0));
  fortran.set(bytes.subarray(0, 10));
  await expect(openNpyMovie(bytesSource('f.npy', fortran))).rejects.toThrow(/Fortran/);
  await expect(openNpyMovie(bytesSource('cut.npy', bytes.slice(0, 200)))).rejects.toMatchObject({ tag: 'CutOff' });
  await expect(openNpyMovie(bytesSource('empty.npy', new Uint8Array()))).rejects.toMatchObject({ tag: 'CutOff' });
});
