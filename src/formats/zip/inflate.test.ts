import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { fflateEngine, inflateHead, inflateRaw, nativeEngine } from './inflate.ts';

const deflate = (bytes: Uint8Array, level = 6) => new Uint8Array(deflateRawSync(bytes, { level }));
const PLACE = { file: 'a.zip', entry: 'x.tif' };
const TEXT = new TextEncoder().encode('correlation image '.repeat(5000));

describe.each([
  ['native', nativeEngine],
  ['fflate', fflateEngine],
])('%s', (_, engine) => {
  it('gives back what was deflated', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 5000 }),
        fc.nat(50),
        fc.integer({ min: 0, max: 9 }),
        async (unit, repeats, level) => {
          const bytes = new Uint8Array(unit.length * repeats);
          for (let i = 0; i < repeats; i++) bytes.set(unit, i * unit.length);
          expect(Buffer.compare(await inflateRaw(deflate(bytes, level), bytes.length, PLACE, { engine }), bytes)).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('stops at the first byte beyond the declared size', async () => {
    const zeros = deflate(new Uint8Array(50e6));
    for (const size of [1e6, zeros.length * 8]) {
      await expect(inflateRaw(zeros, size, PLACE, { engine })).rejects.toMatchObject({ tag: 'Unsafe', place: PLACE });
    }
    const packed = deflate(TEXT);
    await expect(inflateRaw(packed, TEXT.length - 1, PLACE, { engine })).rejects.toMatchObject({ tag: 'Unsafe' });
    await expect(inflateRaw(packed, 0, PLACE, { engine })).rejects.toMatchObject({ tag: 'Unsafe' });
  });

  it('refuses less than was declared, and a stream cut off anywhere', async () => {
    const packed = deflate(TEXT);
    await expect(inflateRaw(packed, TEXT.length + 1, PLACE, { engine })).rejects.toMatchObject({ tag: 'Invalid', place: PLACE });
    for (let cut = 0; cut < packed.length; cut += 7) {
      await expect(inflateRaw(packed.slice(0, cut), TEXT.length, PLACE, { engine })).rejects.toMatchObject({ tag: 'Invalid' });
    }
  });

  it('meets flipped bits with a typed error or other bytes', async () => {
    const packed = deflate(TEXT.subarray(0, 3000));
    let refused = 0;
    for (let bit = 0; bit < packed.length * 8; bit++) {
      const flipped = packed.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      try {
        expect(await inflateRaw(flipped, 3000, PLACE, { engine })).toHaveLength(3000);
      } catch (error) {
        refused++;
        if (!isSomascopeError(error)) throw error;
        expect(error.place).toEqual(PLACE);
      }
    }
    expect(refused).toBeGreaterThan(packed.length);
  });

  it('reads a head without what lies behind it', async () => {
    const random = crypto.getRandomValues(new Uint8Array(60_000));
    const packed = deflate(random);
    let pieces = 0;
    async function* cut() {
      for (let at = 0; at < packed.length; at += 1000, pieces++) yield packed.slice(at, at + 1000);
    }
    expect(await inflateHead(cut(), 2500, PLACE, { engine })).toEqual(random.subarray(0, 2500));
    expect(pieces).toBeLessThan(50);
    expect(await inflateHead([deflate(TEXT)], 1e6, PLACE, { engine })).toEqual(TEXT);
    expect(await inflateHead(cut(), 0, PLACE, { engine })).toHaveLength(0);
    await expect(inflateHead([packed.slice(0, 100)], 2500, PLACE, { engine })).rejects.toMatchObject({ tag: 'Invalid' });
  });

  it('passes on what fails in the source of the pieces', async () => {
    const failing = async function* () {
      yield deflate(TEXT).slice(0, 10);
      throw new RangeError('disk');
    };
    await expect(inflateHead(failing(), 1e5, PLACE, { engine })).rejects.toMatchObject({
      message: expect.stringContaining('disk'),
    });
  });

  it('stops when it is aborted', async () => {
    const control = new AbortController();
    const { signal } = control;
    const packed = deflate(new Uint8Array(1e6));
    const aborting = async function* () {
      yield packed.slice(0, 100);
      control.abort();
      yield packed.slice(100);
    };
    await expect(inflateHead(aborting(), 1e6, PLACE, { engine, signal })).rejects.toMatchObject({ tag: 'Aborted' });
    await expect(inflateRaw(packed, 1e6, PLACE, { engine, signal })).rejects.toMatchObject({ tag: 'Aborted' });
  });
});

it('does not allocate what cannot be true', async () => {
  await expect(inflateRaw(deflate(TEXT), 2 ** 50, PLACE)).rejects.toMatchObject({
    tag: 'Invalid',
    message: expect.stringContaining('lies about its size'),
  });
});
