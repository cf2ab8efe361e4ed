// A file that grows: its bytes in order, its beginning written again, and nothing left of one that was given up.
import { afterEach, expect, it, vi } from 'vitest';
import { openFileSink } from './file-sink.ts';

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

it('downloads what was written, with the new beginning', async () => {
  vi.stubGlobal('showSaveFilePicker', undefined);
  Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
  let href = '';
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    href = this.href;
  });
  const sink = await openFileSink('a.webm', 'video/webm');
  await sink.write(Uint8Array.of(0, 0));
  await sink.write(Uint8Array.of(3));
  expect(sink.size).toBe(3);
  await sink.rewriteStart(Uint8Array.of(1, 2));
  expect(sink.size).toBe(3);
  await sink.close();
  const blob = await (await fetch(href)).blob();
  expect(blob.type).toBe('video/webm');
  expect([...new Uint8Array(await blob.arrayBuffer())]).toEqual([1, 2, 3]);
});

it('writes to the picked file in place, and says when the disk is full', async () => {
  const written: unknown[] = [];
  const stream = {
    write: async (data: unknown) => {
      if (written.length === 2) throw new DOMException('no room', 'QuotaExceededError');
      written.push(data);
    },
    close: async () => undefined,
    abort: async () => void written.push('abort'),
  };
  vi.stubGlobal('showSaveFilePicker', async () => ({ createWritable: async () => stream }));
  const sink = await openFileSink('b.webm', 'video/webm');
  await sink.write(Uint8Array.of(7));
  await sink.rewriteStart(Uint8Array.of(8));
  expect(written).toEqual([Uint8Array.of(7), { type: 'write', position: 0, data: Uint8Array.of(8) }]);
  await expect(sink.write(Uint8Array.of(9))).rejects.toMatchObject({ tag: 'Storage', place: { file: 'b.webm' } });
  await sink.abort();
  expect(written.at(-1)).toBe('abort');
});
