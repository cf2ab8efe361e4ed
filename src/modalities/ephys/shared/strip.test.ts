import { expect, it } from 'vitest';
import { coarserStrip, PACKED_TILE_FRAMES, type Strip, stepFor, tileFrames, tilesOf } from './strip.ts';

/** Two channels; values are their frame, those of the second channel negative. */
function strip(from: number, columns: number, step: number): Strip {
  const low = Float32Array.from({ length: 2 * columns }, (_, i) => {
    const frame = from + (i % columns) * step;
    return i < columns ? frame : -(frame + step - 1);
  });
  const high = Float32Array.from({ length: 2 * columns }, (_, i) => {
    const frame = from + (i % columns) * step;
    return i < columns ? frame + step - 1 : -frame;
  });
  return { from, step, columns, channels: 2, low, high, sampled: false };
}

it('puts a coarser strip together from finer ones, overlaps and a short last column included', () => {
  const found = coarserStrip({ from: 64, to: 250, step: 64 }, [strip(0, 8, 16), strip(112, 4, 16), strip(128, 8, 16)]);
  const expected = strip(64, 3, 64);
  expect(found).toMatchObject({ from: 64, step: 64, columns: 3 });
  expect(found!.low.subarray(0, 3)).toEqual(expected.low.subarray(0, 3));
  expect(Array.from(found!.high.subarray(0, 3))).toEqual([127, 191, 255]);
  expect(Array.from(found!.low.subarray(3))).toEqual([-127, -191, -255]);
});

it('makes nothing where a stretch is missing', () => {
  expect(coarserStrip({ from: 0, to: 256, step: 64 }, [strip(0, 7, 16), strip(128, 8, 16)])).toBeNull();
  expect(coarserStrip({ from: 0, to: 256, step: 64 }, [])).toBeNull();
});

it('has tiles that cover what is seen', () => {
  const seen = { from: 140_000, to: 300_000 };
  const tiles = tilesOf(stepFor(200), seen, 280_000);
  expect([tiles.length, tiles[0]!.from, tiles.at(-1)!.to]).toEqual([5, 131_072, 280_000]);
  const packed = tilesOf(stepFor(200), seen, 280_000, PACKED_TILE_FRAMES);
  expect([packed.length, packed[0]!.from, packed.at(-1)!.to]).toEqual([2, 131_072, 280_000]);
  expect(tileFrames(4 ** 8)).toBe(32 * 4 ** 8);
});
