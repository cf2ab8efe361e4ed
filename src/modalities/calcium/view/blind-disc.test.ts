import { expect, it } from 'vitest';
import { discAt } from './blind-disc.ts';

const FRAME = { height: 20, width: 30 };

it('holds the pixels whose centres lie in the circle', () => {
  expect([...discAt(5.5, 7.5, 3, FRAME)!.points]).toEqual([4, 6, 4, 7, 4, 8, 5, 6, 5, 7, 5, 8, 6, 6, 6, 7, 6, 8]);
  expect([...discAt(5.5, 7.5, 2, FRAME)!.points]).toEqual([4, 7, 5, 6, 5, 7, 5, 8, 6, 7]);
  expect([...discAt(5, 7, 1.5, FRAME)!.points]).toEqual([4, 6, 4, 7, 5, 6, 5, 7]);
});

it('is cut by the edge of the picture, and is nothing outside', () => {
  expect([...discAt(0, 0, 4, FRAME)!.points]).toEqual([0, 0, 0, 1, 1, 0]);
  expect(discAt(19.9, 29.9, 3, FRAME)!.points.every((value, i) => value < (i % 2 ? 30 : 20))).toBe(true);
  expect(discAt(-5, 3, 4, FRAME)).toBeNull();
  expect(discAt(50, 50, 4, FRAME)).toBeNull();
});
