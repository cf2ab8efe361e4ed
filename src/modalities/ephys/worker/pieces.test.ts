import { expect, it } from 'vitest';
import type { Bytes } from '../../../base/bytes.ts';
import type { JobContext } from '../../../base/job.ts';
import { writeZip } from '../../../formats/zip/write.ts';
import { blobOf, zipBlob } from './pieces.ts';

const bytes = (length: number, first: number) => Uint8Array.from({ length }, (_, i) => first + i);
const makeContext = (signal = new AbortController().signal) => {
  const shares: number[] = [];
  const context: JobContext = { signal, progress: (share) => shares.push(share) };
  return { context, shares };
};
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());

it('a zip of pieces is the zip of the whole files', async () => {
  const { context, shares } = makeContext();
  const files = [
    { name: 'a.npy', pieces: [bytes(5, 0), bytes(3, 5)] },
    { name: 'b.npy', pieces: [] },
    { name: 'c.tsv', pieces: [bytes(4, 9)] },
  ];
  const whole = writeZip([
    { name: 'a.npy', bytes: bytes(8, 0) },
    { name: 'b.npy', bytes: new Uint8Array(0) },
    { name: 'c.tsv', bytes: bytes(4, 9) },
  ]);
  expect(await bytesOf(await zipBlob(files, 12, context))).toEqual(await bytesOf(new Blob(whole)));
  expect(shares).toEqual([...shares].sort((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

it('stops between two pieces', async () => {
  const control = new AbortController();
  let made = 0;
  function* pieces(): Generator<Bytes> {
    for (; made < 100; made++) {
      if (made === 3) control.abort();
      yield bytes(2, 0);
    }
  }
  await expect(blobOf(pieces(), 200, makeContext(control.signal).context)).rejects.toThrow('Cancelled');
  expect(made).toBe(3);
});
