import { expect, it } from 'vitest';
import { COLORMAPS, colormapTable, colourOf } from './colormap.ts';
import { parseColour } from './colour.ts';

it('has the published ends of each map', () => {
  const ends = (name: (typeof COLORMAPS)[number]) =>
    [colormapTable(name).slice(0, 3), colormapTable(name).slice(765)].map((colour) => [...colour]);
  expect(COLORMAPS).toEqual(['gray', 'viridis', 'magma', 'cividis']);
  expect(ends('gray')).toEqual([
    [0, 0, 0],
    [255, 255, 255],
  ]);
  expect(ends('viridis')).toEqual([
    [68, 1, 84],
    [253, 231, 37],
  ]);
  expect(ends('magma')).toEqual([
    [0, 0, 4],
    [252, 253, 191],
  ]);
  expect(colormapTable('cividis')).toHaveLength(768);
});

it('grows lighter from one end to the other', () => {
  for (const name of COLORMAPS) {
    const table = colormapTable(name);
    const light = Array.from(
      { length: 256 },
      (_, i) => 0.2126 * table[3 * i]! + 0.7152 * table[3 * i + 1]! + 0.0722 * table[3 * i + 2]!,
    );
    for (let i = 16; i < 256; i += 16) expect(light[i], `${name} ${i}`).toBeGreaterThan(light[i - 16]!);
  }
});

it('applies window, gamma and inversion', () => {
  const look = { low: 100, high: 200, gamma: 1, map: 'gray' as const };
  expect(colourOf(150, look)).toEqual([128, 128, 128]);
  expect(colourOf(99, look)).toEqual([0, 0, 0]);
  expect(colourOf(300, look)).toEqual([255, 255, 255]);
  expect(colourOf(150, { ...look, gamma: 2 })).toEqual([64, 64, 64]);
  expect(colourOf(120, { ...look, low: 200, high: 100 })).toEqual([204, 204, 204]);
  expect([colourOf(5, { ...look, low: 5, high: 5 })[0], colourOf(6, { ...look, low: 5, high: 5 })[0]]).toEqual([0, 255]);
});

it('reads colours as style sheets write them', () => {
  expect(parseColour(' #56b4e9')).toEqual([86, 180, 233]);
  expect(parseColour('#fff')).toEqual([255, 255, 255]);
  expect(parseColour('rgb(1, 20 255)')).toEqual([1, 20, 255]);
  expect(() => parseColour('blue')).toThrowError(/'blue'/);
});
