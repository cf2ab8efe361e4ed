import { expect, it } from 'vitest';
import { type Region, regionFrom } from '../../../base/region.ts';
import type { Gl } from '../../../render/context.ts';
import { RegionOverlay } from './region-overlay.ts';

/** A context that is not there: what is set is kept until one comes. */
const NO_GL = {
  regl: null,
  keep: () => ({ current: null, release: () => {} }),
} as unknown as Gl;

const regions: readonly Region[] = [regionFrom([[1, 1]]), regionFrom([[3, 4]])];

it('tells whether anything looks different, so that nothing is drawn again for nothing', () => {
  const overlay = new RegionOverlay(NO_GL, { height: 6, width: 6 });
  void overlay.load(regions, () => regions).catch(() => undefined);
  expect(overlay.setClasses(Uint8Array.of(0, 1))).toBe(true);
  expect(overlay.setClasses(Uint8Array.of(0, 1))).toBe(false);
  expect(overlay.setClasses(Uint8Array.of(0, 0))).toBe(true);
  expect(overlay.pick(3, 4, 0)).toBe(1);
  expect(overlay.highlight(1, 4)).toBe(true);
  expect(overlay.highlight(1, 4)).toBe(false);
  expect(overlay.highlight(null, 4)).toBe(true);
  // Beyond the list nothing is drawn, so nothing has changed.
  expect(overlay.highlight(7, 4)).toBe(false);
});

it('classes of another list are drawn even where they are the same', () => {
  const overlay = new RegionOverlay(NO_GL, { height: 6, width: 6 });
  void overlay.load(regions, () => regions).catch(() => undefined);
  overlay.setClasses(Uint8Array.of(0, 0));
  const moved: readonly Region[] = [regionFrom([[5, 5]]), regionFrom([[2, 2]])];
  void overlay.load(moved, () => moved).catch(() => undefined);
  expect(overlay.setClasses(Uint8Array.of(0, 0))).toBe(true);
  expect([overlay.pick(3, 4, 0), overlay.pick(2, 2, 0)]).toEqual([null, 1]);
});
