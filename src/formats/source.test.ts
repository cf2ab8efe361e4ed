import { expect, it } from 'vitest';
import { bytesSource, fileSource, sourceOf } from './source.ts';

const BYTES = Uint8Array.from({ length: 100 }, (_, i) => i);

it('reads exact ranges of a file and of bytes', async () => {
  for (const source of [fileSource(new File([BYTES], 'a.bin')), bytesSource('a.bin', BYTES)]) {
    expect(source).toMatchObject({ name: 'a.bin', size: 100 });
    expect([...(await source.read(10, 3))]).toEqual([10, 11, 12]);
    expect(await source.read(100, 0)).toHaveLength(0);
    const bytes = await source.read(0, 100);
    expect(bytes.byteLength).toBe(bytes.buffer.byteLength);
    for (const [offset, length] of [
      [99, 2],
      [-1, 2],
      [101, 0],
      [0, -1],
      [Number.NaN, 1],
    ] as const) {
      await expect(source.read(offset, length)).rejects.toMatchObject({ tag: 'CutOff', place: { file: 'a.bin' } });
    }
    await expect(source.read(0, 1, AbortSignal.abort())).rejects.toMatchObject({ tag: 'Aborted' });
  }
});

it('copies bytes in memory, so that a transfer leaves them whole', async () => {
  const source = bytesSource('a', BYTES.subarray(50));
  const bytes = await source.read(0, 2);
  bytes.fill(0);
  expect([...(await source.read(0, 2))]).toEqual([50, 51]);
});

function fileThat(slice: () => Promise<ArrayBuffer>): File {
  const file = new File([BYTES], 'movie.zip');
  Object.defineProperty(file, 'slice', { value: () => ({ arrayBuffer: slice }) });
  return file;
}

const CHANGED = {
  tag: 'FileChanged',
  place: { file: 'movie.zip' },
  hint: 'Open it again.',
  message: expect.stringContaining('movie.zip'),
};

it.each(['NotReadableError', 'NotFoundError'])('says that the file changed on %s', async (name) => {
  const source = fileSource(fileThat(() => Promise.reject(new DOMException('gone', name))));
  await expect(source.read(0, 10)).rejects.toMatchObject(CHANGED);
});

it('says that the file changed on a short read, another size or another time', async () => {
  await expect(fileSource(fileThat(async () => new ArrayBuffer(9))).read(0, 10)).rejects.toMatchObject(CHANGED);
  for (const [key, value] of [
    ['size', 101],
    ['lastModified', 1],
  ] as const) {
    const file = new File([BYTES], 'movie.zip', { lastModified: 5 });
    const source = sourceOf(file);
    await source.read(0, 1);
    Object.defineProperty(file, key, { value });
    await expect(sourceOf(file).read(0, 1)).rejects.toMatchObject(CHANGED);
  }
});

it('passes other failures on', async () => {
  await expect(fileSource(fileThat(() => Promise.reject(new TypeError('odd')))).read(0, 1)).rejects.toThrow(TypeError);
});
