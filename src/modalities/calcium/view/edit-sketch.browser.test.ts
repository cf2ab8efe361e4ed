import { expect, it } from 'vitest';
import { NOTHING, pathOf, Sketch } from './edit-sketch.ts';

it('a line is drawn column before row, closed where it is an outline', () => {
  expect(pathOf([1, 2, 3.456, 4], false)).toBe('M2.00 1.00L4.00 3.46');
  expect(pathOf([1, 2, 3, 4, 5, 6], true)).toBe('M2.00 1.00L4.00 3.00L6.00 5.00Z');
  expect(pathOf([], true)).toBe('');
});

it('the sketch lies where the picture is, shows a line or a swath, and the circles only where they stand', () => {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const sketch = new Sketch(svg);
  const part = (selector: string) => svg.querySelector(selector)!;
  sketch.setCamera({ row: 10, col: 20, zoom: 4 }, { width: 400, height: 200 });
  // The image point (10, 20) is in the middle of the box.
  expect(part('g').getAttribute('transform')).toBe('translate(120 60) scale(4)');
  sketch.show({ ...NOTHING, line: [1, 2, 3, 4], corners: [1, 2, 3, 4] });
  expect(part('path.line').getAttribute('d')).toBe('M2.00 1.00L4.00 3.00');
  expect(part('path.corners').getAttribute('d')).toBe('M2.00 1.00h0M4.00 3.00h0');
  sketch.show({ ...NOTHING, line: [1, 2], radius: 3 });
  expect(part('path.line').getAttribute('d')).toBe('');
  expect([part('path.swath').getAttribute('d'), part('path.swath').getAttribute('stroke-width')]).toEqual(['M2.00 1.00h0', '6']);
  expect(part('circle.probe').getAttribute('visibility')).toBe('hidden');
  sketch.setProbe({ row: 5, col: 6 }, 2);
  expect(part('circle.probe').getAttribute('visibility')).toBe('visible');
  expect(['cx', 'cy', 'r'].map((name) => part('circle.probe').getAttribute(name))).toEqual(['6', '5', '2']);
});
