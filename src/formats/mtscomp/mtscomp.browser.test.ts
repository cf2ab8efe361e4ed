// The browser's own decoder, which Node's need not equal: damage and floods end in typed errors there too.
import { expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { bytesSource } from '../source.ts';
import { type CompressedHeader, openCompressed } from './index.ts';

const samples = Int16Array.from({ length: 4 * 500 }, (_, i) => (i * 7919) % 1000);

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

const open = (bytes: Uint8Array<ArrayBuffer>, frames: number) => {
  const header: CompressedHeader = {
    dtype: 'int16',
    channels: 4,
    samplingRate: 30_000,
    bounds: [0, frames],
    offsets: [0, bytes.length],
    order: 'C',
    timeDifferences: false,
    spatialDifferences: false,
    sha1: '',
  };
  return openCompressed(bytesSource('a.cbin', bytes), header);
};

it('unpacks a chunk', async () => {
  const bytes = await deflated(new Uint8Array(samples.buffer));
  expect(await open(bytes, 500).read(0, 500)).toEqual(samples);
});

it('refuses chunks that are damaged, cut off, or of another length', async () => {
  const bytes = await deflated(new Uint8Array(samples.buffer));
  const refused = async (changed: Uint8Array<ArrayBuffer>, frames: number) => {
    const error: unknown = await open(changed, frames)
      .read(0, frames)
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    expect(isSomascopeError(error, 'Invalid'), String(error)).toBe(true);
  };
  const wrong = bytes.slice();
  wrong[40]! ^= 0xff;
  await refused(wrong, 500);
  await refused(bytes.slice(0, bytes.length - 30), 500);
  await refused(bytes, 400);
  await refused(bytes, 600);
  await refused(await deflated(new Uint8Array(50_000_000)), 500);
});
