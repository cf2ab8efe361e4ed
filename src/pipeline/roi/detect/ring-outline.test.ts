import { expect, it } from 'vitest';
import { centre, pixelCount } from '../../../base/region.ts';
import { type Dictionary, RINGS, startDictionary, TEMPLATES } from './dictionary.ts';
import { DIRECTIONS, outlinedRegion, traceOutline } from './ring-outline.ts';

const RADIUS = 6;
const coef = Float64Array.from({ length: TEMPLATES }, (_, k) => (k === TEMPLATES - RINGS ? 5 : 0));

function outlineOf(dictionary: Dictionary): Float32Array<ArrayBuffer> {
  const outline = new Float32Array(DIRECTIONS);
  traceOutline(dictionary, coef, outline);
  return outline;
}

it('is a disc for a round ring', () => {
  const outline = outlineOf(startDictionary(RADIUS));
  for (const distance of outline) expect(Math.abs(distance - RADIUS)).toBeLessThan(0.5);
  const region = outlinedRegion(20, 30, outline, 60, 60);
  expect(centre(region)).toEqual([20, 30]);
  expect(Math.abs(pixelCount(region) - Math.PI * RADIUS ** 2)).toBeLessThan(12);
});

it('follows a ring that is longer along columns', () => {
  const round = startDictionary(RADIUS);
  const { side, half } = round;
  const drawn = Float64Array.from({ length: side * side }, (_, i) => {
    const d = Math.hypot((Math.floor(i / side) - half) / 0.8, ((i % side) - half) / 1.2);
    return Math.exp(-((d - 0.76 * RADIUS) ** 2) / 3);
  });
  const templates = round.templates.map((template, k) => (k === TEMPLATES - RINGS ? drawn : template));
  const outline = outlineOf({ ...round, templates });
  expect(outline[0]! - outline[DIRECTIONS / 4]!).toBeGreaterThan(1);
  expect(outline[DIRECTIONS / 2]! - outline[(3 * DIRECTIONS) / 4]!).toBeGreaterThan(1);
});

it('stays inside the field', () => {
  const { points } = outlinedRegion(0, 59, new Float32Array(DIRECTIONS).fill(RADIUS), 60, 60);
  for (let i = 0; i < points.length; i += 2) expect(points[i]! >= 0 && points[i + 1]! < 60).toBe(true);
  expect(points.length).toBeGreaterThan(40);
});
