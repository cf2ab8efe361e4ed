import { expect, it } from 'vitest';
import { rigidMotion } from '../base/motion.ts';
import { readImposedMotion } from './imposed-motion.ts';
import { writeNpy } from './npy/index.ts';
import { bytesSource } from './source.ts';

const npy = (name: string, values: readonly number[], shape = [values.length]) =>
  bytesSource(name, writeNpy({ data: Float64Array.from(values), shape }));

it('reads lists with a singleton axis each', async () => {
  const motion = await readImposedMotion(
    npy('manip.timestamps_p1.npy', [0, 580.15, 630], [3, 1]),
    npy('p.npy', [0, 0, 50], [1, 3]),
  );
  expect(motion).toEqual(rigidMotion(Float64Array.of(0, 580.15, 630), Float64Array.of(0, 0, 50)));
});

it('refuses lists that do not belong together', async () => {
  const read = (times: number[], positions: number[]) => readImposedMotion(npy('t.npy', times), npy('p.npy', positions));
  await expect(read([0, 1], [0])).rejects.toThrow(/t\.npy has 2 times, and p\.npy 1 positions/);
  await expect(read([], [])).rejects.toThrow(/0 times/);
  await expect(read([0, 2, 1], [0, 0, 0])).rejects.toThrow(/time 2 is no number or earlier/);
  await expect(read([0, 1], [0, Number.NaN])).rejects.toThrow(/position 1 is no number/);
  await expect(readImposedMotion(npy('t.npy', [1, 2, 3, 4], [2, 2]), npy('p.npy', [1]))).rejects.toThrow(/list of numbers/);
});
