import { expect, it } from 'vitest';
import { clampCamera, fitCamera, MAX_ZOOM, panBy, placementOf, toImage, zoomAt } from './camera.ts';
import { viewportOf } from './view.ts';

const image = { height: 490, width: 498 };
const box = { x: 0, y: 0, width: 800, height: 600 };

it('fits a non-square image by its longer side', () => {
  const camera = fitCamera(image, box);
  expect(camera).toEqual({ row: 245, col: 249, zoom: 600 / 490 });
  const top = toImage(camera, box, { x: 400, y: 0 });
  expect(top.row).toBeCloseTo(0, 9);
  expect(top.col).toBe(249);
  const wide = fitCamera({ height: 10, width: 100 }, box, 50);
  expect(wide.zoom).toBe(7);
});

it('puts rows down and columns to the right', () => {
  const camera = { row: 0, col: 0, zoom: 2 };
  expect(toImage(camera, box, { x: 414, y: 306 })).toEqual({ row: 3, col: 7 });
});

it('keeps the point under the cursor while zooming', () => {
  const cursor = { x: 123, y: 456 };
  const before = fitCamera(image, box);
  const at = toImage(before, box, cursor);
  const after = zoomAt(before, box, cursor, 1.7);
  expect(after.zoom).toBeCloseTo(before.zoom * 1.7, 12);
  const still = toImage(after, box, cursor);
  expect(still.row).toBeCloseTo(at.row, 9);
  expect(still.col).toBeCloseTo(at.col, 9);
  expect(zoomAt(before, box, cursor, 1e9).zoom).toBe(MAX_ZOOM);
});

it('moves the picture with the pointer', () => {
  const before = fitCamera(image, box);
  const after = panBy(before, 30, -20);
  // What was under the pointer is where the pointer went.
  const was = toImage(before, box, { x: 200, y: 300 });
  const now = toImage(after, box, { x: 230, y: 280 });
  expect(now.row).toBeCloseTo(was.row, 9);
  expect(now.col).toBeCloseTo(was.col, 9);
});

it('keeps the centre on the image and the zoom within limits', () => {
  expect(clampCamera({ row: -5, col: 600, zoom: 1000 }, image, box)).toEqual({ row: 0, col: 498, zoom: MAX_ZOOM });
  expect(clampCamera({ row: 1, col: 2, zoom: 0.001 }, image, box).zoom).toBeCloseTo(300 / 490, 12);
  const inside = { row: 10, col: 20, zoom: 3 };
  expect(clampCamera(inside, image, box)).toEqual(inside);
});

it('survives being written to an address', () => {
  const camera = fitCamera(image, box);
  expect(JSON.parse(JSON.stringify(camera))).toEqual(camera);
});

it('places the image corner on a whole device px', () => {
  const view = { box: { x: 0, y: 0, width: 101, height: 77 }, pixelRatio: 1.25, targetHeight: 96 };
  const { scale, left, top } = placementOf({ row: 3.3, col: 4.7, zoom: 3 }, view);
  expect(scale).toBe(3.75);
  expect([left, top].map(Number.isInteger)).toEqual([true, true]);
  expect(Math.abs(left - (126 / 2 - 4.7 * 3.75))).toBeLessThanOrEqual(0.5);
});

it('gives neighbouring boxes a common edge, counted from the bottom', () => {
  const shared = { pixelRatio: 1.5, targetHeight: 150 };
  const upper = viewportOf({ ...shared, box: { x: 0, y: 0, width: 33, height: 33 } });
  const lower = viewportOf({ ...shared, box: { x: 0, y: 33, width: 33, height: 67 } });
  expect(upper).toEqual({ x: 0, y: 100, width: 50, height: 50 });
  expect(lower).toEqual({ x: 0, y: 0, width: 50, height: 100 });
});
