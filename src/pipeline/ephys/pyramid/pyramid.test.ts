import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRng } from '../../../base/rng.ts';
import type { TraceBlock } from '../block.ts';
import { columnsOfBlock, columnsOfLevel, mergeColumns, spanForColumns } from './columns.ts';
import { buildPyramidLevel, emptyLevel, hasBlock, pasteLevel, reduceLevel } from './level.ts';

function noise(frames: number, channels: number, seed = 1): TraceBlock<Int16Array<ArrayBuffer>> {
  const rng = makeRng(seed);
  return { data: Int16Array.from({ length: frames * channels }, () => rng.below(41) - 20), frames, channels };
}

describe('levels', () => {
  it('hold the lowest and highest sample of each block, the last one short', () => {
    const block: TraceBlock<Int16Array<ArrayBuffer>> = {
      data: Int16Array.from([1, 10, -2, 30, 5, 20, 7, 0, 3, 3]),
      frames: 5,
      channels: 2,
    };
    const level = buildPyramidLevel(block, 8, 2);
    expect(level).toMatchObject({ blocks: 3, span: 2, firstBlock: 4 });
    expect(Array.from(level.pairs)).toEqual([-2, 1, 10, 30, 5, 7, 0, 20, 3, 3, 3, 3]);
  });

  it('combine to what would be built directly', () => {
    const block = noise(1000, 3);
    expect(reduceLevel(buildPyramidLevel(block, 0, 16), 4)).toEqual(buildPyramidLevel(block, 0, 64));
  });

  it('combine stretches that begin within a coarse block', () => {
    const block = noise(256, 2);
    const part = (from: number, to: number) =>
      buildPyramidLevel({ data: block.data.subarray(2 * from, 2 * to), frames: to - from, channels: 2 }, from, 16);
    const whole = emptyLevel(2, 4, 64);
    for (const [from, to] of [
      [160, 256],
      [0, 48],
      [48, 160],
    ] as const) {
      pasteLevel(whole, reduceLevel(part(from, to), 4));
    }
    expect(whole.pairs).toEqual(buildPyramidLevel(block, 0, 64).pairs);
  });

  it('know what was never read', () => {
    const level = emptyLevel(2, 4, 16);
    pasteLevel(level, buildPyramidLevel(noise(16, 2), 32, 16));
    expect([0, 1, 2, 3, 4].map((block) => hasBlock(level, block))).toEqual([false, false, true, false, false]);
    const { pairs } = columnsOfLevel(level, { from: 0, to: 64, columns: 4 });
    expect(Number.isNaN(pairs[0]!) && Number.isNaN(pairs[12]!)).toBe(true);
    expect(Number.isNaN(pairs[8]!)).toBe(false);
  });
});

describe('columns', () => {
  it('show a spike of 1 ms on any channel at any zoom', () => {
    const channels = 4;
    const frames = 20_000;
    const quiet = noise(frames, channels);
    const spans = [16, 64, 256, 1024, 4096];
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: frames - 31 }),
        fc.integer({ min: 0, max: channels - 1 }),
        fc.integer({ min: 1, max: 1500 }),
        fc.double({ min: 0, max: 0.45, noNaN: true }),
        (at, channel, columns, cut) => {
          const data = quiet.data.slice();
          for (let t = 0; t < 30; t++)
            data[(at + t) * channels + channel] = -Math.round(400 * Math.sin((Math.PI * (t + 0.5)) / 30));
          const block = { data, frames, channels };
          const levels = new Map(spans.map((span) => [span, buildPyramidLevel(block, 0, span)]));
          const range = { from: Math.floor(at * cut), to: frames, columns };
          const span = spanForColumns(spans, range);
          const { pairs } = span === 1 ? columnsOfBlock(block, 0, range) : columnsOfLevel(levels.get(span)!, range);
          const width = (range.to - range.from) / columns;
          const column = Math.floor((at + 15 - range.from) / width);
          expect(pairs[2 * (column * channels + channel)]).toBeLessThanOrEqual(-399);
        },
      ),
      { numRuns: 60, seed: 7 },
    );
  });

  it('contain every sample that they cover, and hold nothing farther off than a block', () => {
    const block = noise(3000, 2, 3);
    const level = buildPyramidLevel(block, 0, 16);
    const range = { from: 100.5, to: 2900.25, columns: 77 };
    const { pairs } = columnsOfLevel(level, range);
    const width = (range.to - range.from) / range.columns;
    for (let t = 101; t < 2900; t++) {
      const column = Math.floor((t - range.from) / width);
      for (let c = 0; c < 2; c++) {
        const at = 2 * (column * 2 + c);
        const x = block.data[2 * t + c]!;
        expect(pairs[at]! <= x && x <= pairs[at + 1]!).toBe(true);
      }
    }
  });

  it('are empty outside of what is known and merge', () => {
    const block = noise(100, 1);
    const range = { from: 0, to: 400, columns: 4 };
    const first = columnsOfBlock(block, 0, range);
    expect(Array.from(first.pairs.subarray(2)).every(Number.isNaN)).toBe(true);
    mergeColumns(first, columnsOfBlock(block, 200, range));
    expect(first.pairs[4]).toBe(first.pairs[0]);
    expect(Number.isNaN(first.pairs[2]!)).toBe(true);
  });

  it('choose samples when zoomed in, and coarse levels when zoomed out', () => {
    const spans = [16, 64, 256];
    expect(spanForColumns(spans, { from: 0, to: 1000, columns: 1000 })).toBe(1);
    expect(spanForColumns(spans, { from: 0, to: 100_000, columns: 1000 })).toBe(64);
    expect(spanForColumns(spans, { from: 0, to: 1e9, columns: 1000 })).toBe(256);
  });
});
