// Which regions hang together by shared pixels, by number.
import type { Region } from '../../../base/region.ts';

const keyOf = (row: number, col: number) => row * 65_536 + col;

/** `index` first, then every other of `among` that shares a pixel with it, or with one that does, in rising order. */
export function overlapGroup(regions: readonly Region[], index: number, among: readonly number[]): readonly number[] {
  const holders = new Map<number, number[]>();
  const numbers = [...new Set([index, ...among])];
  const pixelsOf = ({ points, dims }: Region) =>
    Array.from({ length: points.length / dims }, (_, i) => keyOf(points[i * dims]!, points[i * dims + 1]!));
  for (const number of numbers) {
    for (const pixel of pixelsOf(regions[number]!)) {
      const here = holders.get(pixel);
      if (here) here.push(number);
      else holders.set(pixel, [number]);
    }
  }
  const group = new Set([index]);
  for (const member of group)
    for (const pixel of pixelsOf(regions[member]!)) for (const other of holders.get(pixel)!) group.add(other);
  group.delete(index);
  return [index, ...[...group].sort((a, b) => a - b)];
}
