// Pictures drawn on nothing keep colour and alpha apart, whatever the layers did with them.
import { expect, it } from 'vitest';
import { readPicture } from './read-pixels.ts';
import { withStage } from './test-stage.ts';

it('straightens what was drawn premultiplied, and leaves the rest transparent', () =>
  withStage(8, 8, ({ gl }) => {
    const size = { width: 8, height: 8, pixelRatio: 2, background: null };
    const half = readPicture(gl, size, () => gl.regl?.clear({ color: [0.25, 0, 0.5, 0.5] }));
    expect([half.width, half.height]).toEqual([16, 16]);
    const [red, green, blue, alpha] = half.rgba.slice(0, 4);
    expect(Math.abs(red! - 128)).toBeLessThanOrEqual(2);
    expect(green).toBe(0);
    expect(blue).toBe(255);
    expect(Math.abs(alpha! - 128)).toBeLessThanOrEqual(1);
    expect([...new Set(readPicture(gl, size, () => undefined).rgba)]).toEqual([0]);
  }));
