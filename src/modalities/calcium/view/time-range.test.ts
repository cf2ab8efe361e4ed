import { expect, it } from 'vitest';
import { frameAtX, isWhole, panRange, revealFrame, spanOf, wholeRange, xOfFrame, zoomRange } from './time-range.ts';

it('gives every frame its own width: the middle of frame f rounds to f', () => {
  const range = wholeRange(10);
  for (let frame = 0; frame < 10; frame++) {
    expect(frameAtX(range, frame * 100 + 50, 1000)).toBeCloseTo(frame, 12);
    expect(Math.round(frameAtX(range, frame * 100 + 1, 1000)) + 0).toBe(frame);
    expect(Math.round(frameAtX(range, frame * 100 + 99, 1000)) + 0).toBe(frame);
    expect(xOfFrame(range, frame, 1000)).toBeCloseTo(frame * 100 + 50, 9);
  }
});

it('zooms around the cursor and never beyond the movie or below eight frames', () => {
  const whole = wholeRange(3024);
  const near = zoomRange(whole, 1000, 4, 3024);
  expect(spanOf(near)).toBe(756);
  expect(xOfFrame(near, 1000, 1)).toBeCloseTo(xOfFrame(whole, 1000, 1), 9);
  expect(spanOf(zoomRange(near, 1000, 1e6, 3024))).toBe(8);
  expect(zoomRange(near, 3000, 1 / 50, 3024)).toEqual(whole);
  expect(isWhole(zoomRange(near, 0, 1 / 50, 3024), 3024)).toBe(true);
  expect(isWhole(near, 3024)).toBe(false);
  const edge = zoomRange(whole, 3023, 2, 3024);
  expect(edge.to).toBeLessThanOrEqual(3023.5);
  expect(zoomRange(wholeRange(3), 1, 10, 3)).toEqual(wholeRange(3));
});

it('pans within the movie and turns the page for a frame that is out of sight', () => {
  const range = { from: 100, to: 200 };
  expect(panRange(range, 50, 1000)).toEqual({ from: 150, to: 250 });
  expect(panRange(range, -500, 1000)).toEqual({ from: -0.5, to: 99.5 });
  expect(panRange(range, 5000, 1000)).toEqual({ from: 899.5, to: 999.5 });
  expect(revealFrame(range, 150, 1000)).toBe(range);
  expect(revealFrame(range, 201, 1000)).toEqual({ from: 191, to: 291 });
  expect(revealFrame(range, 0, 1000)).toEqual({ from: -0.5, to: 99.5 });
});
