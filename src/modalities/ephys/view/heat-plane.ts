// A strip as a plane of codes for the heat map: rows in the order of the screen, in each column the value furthest from zero.
import type { CodedPlane } from '../../../render/quantise.ts';
import type { Strip } from '../shared/strip.ts';

const LIMIT = 32_767;

/** `scale`: data units a code. NaN becomes 0 codes from the level. */
export function heatPlane(strip: Strip, rows: readonly number[], levels: Float64Array, scale: number): CodedPlane {
  const { low, high, columns } = strip;
  const data = new Int16Array(rows.length * columns);
  rows.forEach((electrode, row) => {
    const level = levels[row]!;
    for (let i = 0; i < columns; i++) {
      const down = low[electrode * columns + i]! - level;
      const up = high[electrode * columns + i]! - level;
      const value = Math.abs(down) > Math.abs(up) ? down : up;
      data[row * columns + i] = Math.max(-LIMIT, Math.min(LIMIT, Math.round(value / scale)));
    }
  });
  return { data, height: rows.length, width: columns, scale, offset: 0, missing: null };
}
