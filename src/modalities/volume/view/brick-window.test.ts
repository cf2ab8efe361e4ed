import { describe, expect, it } from 'vitest';
import { boxOf, bricksOf, levelsOf, windowBehind, windowOf } from './brick-window.ts';

const SHAPE = [720, 1420, 5805] as const;
const levels = levelsOf(
  SHAPE,
  [
    [360, 710, 2903],
    [180, 355, 1452],
  ],
  [64, 64, 64],
);
const all = { rows: [0, 1420], cols: [0, 5805] } as const;

describe('the level that the zoom asks for', () => {
  it('is the coarsest that still has a voxel for each px', () => {
    const at = (perPixel: number) =>
      windowOf(levels, 'xy', [300, 700, 3000], { ...all, perPixel: { row: perPixel, col: perPixel } }).level.number;
    expect([0.2, 1, 1.9, 2.1, 3.9, 4.1, 30].map(at)).toEqual([0, 0, 0, 1, 1, 2, 2]);
  });

  it('crosses the plane that the position lies in', () => {
    const window = windowOf(levels, 'xz', [300, 1419, 3000], {
      rows: [0, 720],
      cols: [0, 5805],
      perPixel: { row: 3, col: 3 },
    });
    expect(window).toMatchObject({ index: 709, rows: [0, 360], cols: [0, 2903] });
  });
});

describe('bricks', () => {
  it('are whole chunks, several where they are small, and planes where these lie one by one', () => {
    expect(levels[0]!.brick).toEqual([64, 128, 128]);
    expect(levelsOf(SHAPE, [], [8, 32, 32])[0]!.brick).toEqual([16, 128, 128]);
    expect(levelsOf(SHAPE, [], [1, 1420, 5805])[0]!.brick).toEqual([1, 1420, 5805]);
    expect(levelsOf(SHAPE, [], [256, 512, 512])[0]!.brick).toEqual([16, 128, 128]);
  });

  it('cover what is seen and no more, the nearest to the middle first', () => {
    const perPixel = { row: 1, col: 1 };
    const window = windowOf(levels, 'xy', [300, 700, 3000], { rows: [600, 800], cols: [2990, 3010], perPixel });
    expect(window).toMatchObject({ index: 300, rows: [512, 896], cols: [2944, 3072] });
    expect(bricksOf(window)).toEqual([
      [4, 5, 23],
      [4, 4, 23],
      [4, 6, 23],
    ]);
    expect(boxOf(window.level, [11, 11, 45])).toEqual({ from: [704, 1408, 5760], to: [720, 1420, 5805] });
  });

  it('are not asked for across planes that lie one by one', () => {
    const raw = levelsOf(SHAPE, [], [1, 1420, 5805]);
    const seen = { rows: [0, 720], cols: [0, 5805], perPixel: { row: 1, col: 1 } } as const;
    expect(bricksOf(windowOf(raw, 'xz', [300, 700, 3000], seen))).toEqual([]);
    expect(bricksOf(windowOf(raw, 'xy', [300, 700, 3000], { ...seen, rows: [0, 1420] }))).toEqual([[300, 0, 0]]);
  });
});

describe('the labels behind a window of the image', () => {
  const seen = { rows: [300, 500], cols: [1000, 1400], perPixel: { row: 2.2, col: 2.2 } } as const;
  const window = windowOf(levels, 'xy', [301, 400, 1200], seen);

  it('are the same part of the same level where the levels are alike', () => {
    expect(windowBehind(levels, window)).toEqual(window);
  });

  it('are of the volume itself where there are no coarser ones, and cover the window', () => {
    const own = windowBehind(levelsOf(SHAPE, [], [1, 64, 64]), window);
    expect(own).toMatchObject({ level: { number: 0 }, plane: 'xy', index: 301 });
    for (const [ends, shown] of [
      [own.rows, window.rows],
      [own.cols, window.cols],
    ] as const) {
      expect(ends[0]).toBeLessThanOrEqual(2 * shown[0]);
      expect(ends[1]).toBeGreaterThanOrEqual(Math.floor(2 * shown[1]));
    }
  });
});
