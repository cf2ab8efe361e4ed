import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { makeRng } from '../base/rng.ts';
import { makeSha1, parseSha1Address, sha1Of, sha1Padding } from './sha1.ts';
import { type ByteSource, bytesSource, checkRange } from './source.ts';

const rng = makeRng(5);
const noise = Uint8Array.from({ length: 10_000 }, () => rng.below(256));
const reference = (bytes: Uint8Array) => createHash('sha1').update(bytes).digest('hex');

it('is the SHA-1 of any bytes, in pieces of any length', () => {
  for (const length of [0, 1, 3, 55, 56, 57, 63, 64, 65, 119, 120, 127, 128, 1000, 10_000]) {
    const bytes = noise.subarray(0, length);
    const hash = makeSha1();
    for (let at = 0; at < length; ) {
      const end = Math.min(length, at + rng.below(150));
      hash.update(bytes.subarray(at, end));
      at = end;
    }
    expect(hash.digest(), `${length}`).toBe(reference(bytes));
  }
});

it('reads a source in pieces and says how far it is', async () => {
  const size = 4_500_001;
  const whole = new Uint8Array(size).map((_, i) => i % 251);
  const asked: number[] = [];
  const source: ByteSource = {
    name: 'big',
    size,
    read: async (offset, length) => {
      checkRange('big', size, offset, length);
      asked.push(length);
      return whole.slice(offset, offset + length);
    },
  };
  const shares: number[] = [];
  const digest = await sha1Of(source, { onProgress: (share) => shares.push(share) });
  expect(digest).toBe(reference(whole));
  expect(Math.max(...asked)).toBeLessThanOrEqual(4 * 2 ** 20);
  expect([shares.length, shares.at(-1)]).toEqual([2, 1]);
  expect(await sha1Of(bytesSource('none', new Uint8Array(0)))).toBe(reference(new Uint8Array(0)));
});

it('stops when somebody asks for it', async () => {
  const control = new AbortController();
  const source = bytesSource('big', new Uint8Array(9_000_000));
  const running = sha1Of(source, { signal: control.signal, onProgress: () => control.abort() });
  await expect(running).rejects.toMatchObject({ tag: 'Aborted' });
});

it('counts bits beyond 2^32', () => {
  const length = 112_205_136_350;
  const padding = sha1Padding(length);
  expect((length + padding.length) % 64).toBe(0);
  expect(new DataView(padding.buffer).getBigUint64(padding.length - 8)).toBe(BigInt(length) * 8n);
  expect([padding[0], padding.subarray(1, -8).some((byte) => byte !== 0)]).toEqual([0x80, false]);
});

it('takes addresses apart', () => {
  const sha1 = '0123456789abcdef0123456789ABCDEF01234567';
  expect(parseSha1Address(`sha1://${sha1}/raw.dat?chunkOf=x`)).toEqual({ sha1: sha1.toLowerCase(), name: 'raw.dat' });
  expect(parseSha1Address(`sha1://${sha1}`)).toEqual({ sha1: sha1.toLowerCase(), name: '' });
  expect(parseSha1Address('https://example.org/raw.dat')).toBeUndefined();
});
