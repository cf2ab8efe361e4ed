// Colour maps and the one definition of how a value becomes a colour: t = clamp((v − low) / (high − low))^gamma, entry
// round(255 t) of a table of 256 colours. The image layer's shader does the same.

import { COLORMAP_BASE64 } from './colormap-tables.ts';
import type { Rgb } from './colour.ts';

export type ColormapName = keyof typeof COLORMAP_BASE64;

export const COLORMAPS = Object.keys(COLORMAP_BASE64) as readonly ColormapName[];

const decoded = new Map<ColormapName, Uint8Array<ArrayBuffer>>();

/** 256 × 3 bytes: red, green, blue of each entry. Shared: do not write. */
export function colormapTable(name: ColormapName): Uint8Array<ArrayBuffer> {
  const known = decoded.get(name);
  if (known) return known;
  const table = Uint8Array.from(atob(COLORMAP_BASE64[name]), (letter) => letter.charCodeAt(0));
  decoded.set(name, table);
  return table;
}

/** How an image is shown; `low` and `high` in data units (low above high inverts). */
export interface Look {
  readonly low: number;
  readonly high: number;
  readonly gamma: number;
  readonly map: ColormapName;
}

/** The colour of a value. */
export function colourOf(value: number, { low, high, gamma, map }: Look): Rgb {
  const share = high === low ? (value > low ? 1 : 0) : (value - low) / (high - low);
  const entry = Math.round(255 * Math.min(1, Math.max(0, share)) ** gamma) * 3;
  const table = colormapTable(map);
  return [table[entry]!, table[entry + 1]!, table[entry + 2]!];
}
