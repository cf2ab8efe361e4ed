import { expect, it } from 'vitest';
import { complete } from '../../../base/steps.ts';
import { drawRingField } from '../../../test/ring-field.ts';
import { disc } from '../detect/disc.ts';
import { findAlike } from './find-alike.ts';

const SIDE = 120;
const field = drawRingField(4, SIDE, 14, 6);
/** One well inside the field. */
const own = field.row.findIndex((row, i) => Math.min(row, field.col[i]!, SIDE - row, SIDE - field.col[i]!) > 20);
const query = {
  images: [field.image],
  region: disc(field.row[own]!, field.col[own]!, 6, SIDE, SIDE),
  taken: Float64Array.of(field.row[own]!, field.col[own]!),
  radius: 6,
};

it('finds other cells that look like the region, best first, and nothing where it lies itself', () => {
  const found = complete(findAlike(query));
  expect(found.length).toBeGreaterThanOrEqual(5);
  const distance = (row: number, col: number) => Math.min(...field.row.map((r, i) => Math.hypot(r - row, field.col[i]! - col)));
  expect(found.filter(({ row, col }) => distance(row, col) <= 3).length / found.length).toBeGreaterThan(0.8);
  expect(found.map(({ similarity }) => similarity)).toEqual(found.map(({ similarity }) => similarity).sort((a, b) => b - a));
  expect(found.every(({ row, col }) => Math.hypot(row - field.row[own]!, col - field.col[own]!) >= 7.2)).toBe(true);
});

it('leaves out what is taken, and finds nothing on an empty image', () => {
  const [first] = complete(findAlike(query));
  const again = complete(findAlike({ ...query, taken: Float64Array.of(...query.taken, first!.row, first!.col) }));
  expect(again.some(({ row, col }) => row === first!.row && col === first!.col)).toBe(false);
  const flat = { data: new Float64Array(SIDE * SIDE).fill(7), height: SIDE, width: SIDE };
  expect(complete(findAlike({ ...query, images: [flat] }))).toEqual([]);
});
