import { expect, it } from 'vitest';
import { parseAddress } from '../../../base/remote.ts';
import { CHANNELS, CONFIGS, LINKS, PARTS, WHOLE } from './catalogue.ts';
import { CUTOUTS, TASK1, TASK2_3CLASS, TASK2_4CLASS } from './published.ts';

it('has the parts of the benchmark with their sizes on disk', () => {
  expect(PARTS.map(({ slices }) => slices)).toEqual([269, 29, 50]);
  expect(PARTS.map(({ stacked }) => stacked)).toEqual([
    [1076, 256, 256],
    [116, 256, 256],
    [200, 256, 256],
  ]);
  expect(PARTS.map(({ imageBytes, labelBytes }) => [imageBytes / 1e6, labelBytes / 1e6].map((size) => size.toFixed(1)))).toEqual([
    ['70.5', '564.1'],
    ['7.6', '60.8'],
    ['13.1', '104.9'],
  ]);
});

it('has areas of 256 × 256 voxels inside the volume', () => {
  expect(CUTOUTS.map(({ name }) => name)).toEqual(['CTX', 'STR', 'VP', 'ZI']);
  for (const { x, y } of CUTOUTS) {
    expect([x[1] - x[0], y[1] - y[0]]).toEqual([256, 256]);
    expect(x[1]).toBeLessThanOrEqual(WHOLE[2]);
    expect(y[1]).toBeLessThanOrEqual(WHOLE[1]);
  }
  expect(Math.max(...PARTS.map(({ z }) => z[1]))).toBeLessThanOrEqual(WHOLE[0]);
});

it('names the six configurations, and channels that remote.html takes', () => {
  expect(CONFIGS.map(({ config }) => config)).toEqual([
    'task1',
    'task2_2D_3class',
    'task2_2D_4class',
    'task2_3D_3class',
    'task2_3D_4class',
    'task3',
  ]);
  for (const { address } of CHANNELS) expect(parseAddress(address)).toMatchObject({ kind: 'bossdb', host: 'api.bossdb.io' });
  for (const { address } of LINKS) expect(new URL(address).protocol).toBe('https:');
});

it('has the published tables: as many figures as classes and their mean', () => {
  expect([TASK1.length, TASK2_3CLASS.length, TASK2_4CLASS.length]).toEqual([7, 9, 9]);
  for (const { f1, iou } of TASK2_3CLASS) expect([f1.length, iou.length]).toEqual([4, 4]);
  for (const { f1, iou } of TASK2_4CLASS) expect([f1.length, iou.length]).toEqual([5, 5]);
});
