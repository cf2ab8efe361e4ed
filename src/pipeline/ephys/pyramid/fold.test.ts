import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import type { FloatBlock } from '../block.ts';
import { emptyMinMax, foldBlock, transposed } from './fold.ts';

function noise(frames: number, channels: number, seed = 1): FloatBlock {
  const rng = makeRng(seed);
  return { data: Float32Array.from({ length: frames * channels }, () => rng.below(41) - 20), frames, channels };
}

const part = ({ data, channels }: FloatBlock, from: number, to: number): FloatBlock => ({
  data: data.subarray(from * channels, to * channels),
  frames: to - from,
  channels,
});

describe('columns', () => {
  it('hold the lowest and highest sample of their frames, the last one short', () => {
    const block: FloatBlock = { data: Float32Array.from([1, 10, -2, 30, 5, 20, 7, 0, 3, 3]), frames: 5, channels: 2 };
    const level = emptyMinMax(2, 3);
    foldBlock(block, 8, 8, 2, level);
    expect([Array.from(level.low), Array.from(level.high)]).toEqual([
      [-2, 5, 3, 10, 0, 3],
      [1, 7, 3, 30, 20, 3],
    ]);
  });

  it('are the same whatever stretches they were read in, and know what was not', () => {
    const block = noise(1000, 3);
    const whole = emptyMinMax(3, 20);
    foldBlock(block, 0, 100, 40, whole);
    const pieces = emptyMinMax(3, 20);
    for (const [from, to] of [
      [517, 900],
      [0, 101],
      [101, 517],
    ] as const)
      foldBlock(part(block, from, to), from, 100, 40, pieces);
    expect(pieces).toEqual(whole);
    const some = emptyMinMax(3, 20);
    foldBlock(part(block, 140, 180), 140, 100, 40, some);
    expect(Array.from(some.low, Number.isNaN).filter((missing) => !missing).length).toBe(3);
    expect(some.low[1]).toBe(whole.low[1]);
  });

  it('show a spike of 1 ms on any channel at any step', () => {
    const [channels, frames] = [4, 20_000];
    const quiet = noise(frames, channels);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: frames - 31 }),
        fc.integer({ min: 0, max: channels - 1 }),
        fc.integer({ min: 1, max: 9000 }),
        (at, channel, step) => {
          const data = quiet.data.slice();
          for (let t = 0; t < 30; t++)
            data[(at + t) * channels + channel] = -Math.round(400 * Math.sin((Math.PI * (t + 0.5)) / 30));
          const level = emptyMinMax(channels, Math.ceil(frames / step));
          foldBlock({ data, frames, channels }, 0, 0, step, level);
          const column = Math.floor((at + 15) / step);
          expect(level.low[channel * level.columns + column]).toBeLessThanOrEqual(-399);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });
});

it('turns samples over', () => {
  const block = noise(150, 5);
  const turned = transposed(block);
  for (const [t, c] of [
    [0, 0],
    [149, 4],
    [63, 2],
    [64, 3],
  ] as const)
    expect(turned[c * 150 + t]).toBe(block.data[t * 5 + c]);
});
