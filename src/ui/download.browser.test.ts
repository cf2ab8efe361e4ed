// What is saved: the name, and every byte of every chunk in order.
import { afterEach, expect, it, vi } from 'vitest';
import { saveChunks, saveText } from './download.ts';

afterEach(() => vi.restoreAllMocks());

/** Catches the click that would start the download; resolves with the link's file name and bytes. */
function caughtDownload(): Promise<{ name: string; bytes: number[]; type: string }> {
  return new Promise((done, failed) => {
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      const { download: name, href } = this;
      fetch(href)
        .then((answer) => answer.blob())
        .then(async (blob) => done({ name, bytes: [...new Uint8Array(await blob.arrayBuffer())], type: blob.type }))
        .catch(failed);
    });
  });
}

it('saves chunks in order under the given name', async () => {
  const caught = caughtDownload();
  await saveChunks(
    '00.00.correlation.npy',
    (async function* () {
      yield new Uint8Array([1, 2]);
      yield new Uint8Array([3]);
    })(),
  );
  expect(await caught).toEqual({ name: '00.00.correlation.npy', bytes: [1, 2, 3], type: 'application/octet-stream' });
  expect(document.querySelector('a[download]')).toBeNull();
});

it('saves text as UTF-8', async () => {
  const caught = caughtDownload();
  saveText('submission.json', '"µ"', 'application/json');
  expect(await caught).toEqual({
    name: 'submission.json',
    bytes: [0x22, 0xc2, 0xb5, 0x22],
    type: 'application/json;charset=utf-8',
  });
});

it('streams to a chosen file and gives it up when a chunk fails', async () => {
  const steps: string[] = [];
  const file = {
    write: async (chunk: Uint8Array) => void steps.push(`write ${chunk.length}`),
    close: async () => void steps.push('close'),
    abort: async () => void steps.push('abort'),
  };
  vi.stubGlobal('showSaveFilePicker', async ({ suggestedName }: { suggestedName: string }) => {
    steps.push(suggestedName);
    return { createWritable: async () => file };
  });
  await saveChunks('a.npy', [new Uint8Array(4)], { pick: true });
  const broken = (function* (): Generator<Uint8Array<ArrayBuffer>> {
    yield new Uint8Array(2);
    throw new Error('no more');
  })();
  await expect(saveChunks('b.npy', broken, { pick: true })).rejects.toThrow('no more');
  expect(steps).toEqual(['a.npy', 'write 4', 'close', 'b.npy', 'write 2', 'abort']);
  vi.unstubAllGlobals();
});
