// A plane as colours without the graphics card: for pictures that are made one after another and never shown, where waiting for
// the card costs more than it saves. The same colours as the image layer's.
import type { NumericArray } from '../base/ndarray.ts';
import { colormapTable, type Look } from './colormap.ts';

/** Of one look: the colours of all 65,536 samples of 16 bits, by their unsigned bits, made when first asked for. */
export interface PlanePainter {
  /** Fills `rgba` (one word a pixel, little-endian); missing samples become transparent. True where there were any. */
  paint(data: NumericArray, rgba: Uint32Array): boolean;
}

const OPAQUE = 0xff000000;

export function makePlanePainter({ low, high, gamma, map }: Look): PlanePainter {
  const colours = packedColours(map);
  const span = high - low;
  const colour = (value: number): number => {
    const share = span === 0 ? (value > low ? 1 : 0) : (value - low) / span;
    return colours[Math.round(255 * Math.min(1, Math.max(0, share)) ** gamma)]!;
  };
  const tables = new Map<boolean, Uint32Array>();
  const tableOf = (signed: boolean): Uint32Array => {
    const known = tables.get(signed);
    if (known) return known;
    const made = Uint32Array.from({ length: 65_536 }, (_, bits) => colour(signed && bits >= 32_768 ? bits - 65_536 : bits));
    tables.set(signed, made);
    return made;
  };
  return {
    paint(data, rgba) {
      if (data instanceof Uint16Array || data instanceof Uint8Array || data instanceof Int16Array || data instanceof Int8Array) {
        const table = tableOf(data instanceof Int16Array || data instanceof Int8Array);
        for (let i = 0; i < data.length; i++) rgba[i] = table[data[i]! & 0xffff]!;
        return false;
      }
      let isMissing = false;
      for (let i = 0; i < data.length; i++) {
        const value = data[i]!;
        const missing = Number.isNaN(value);
        isMissing ||= missing;
        rgba[i] = missing ? 0 : colour(value);
      }
      return isMissing;
    },
  };
}

function packedColours(map: Look['map']): Uint32Array {
  const table = colormapTable(map);
  return Uint32Array.from({ length: 256 }, (_, i) => {
    const [red, green, blue] = table.subarray(3 * i, 3 * i + 3) as unknown as [number, number, number];
    return (OPAQUE | (blue << 16) | (green << 8) | red) >>> 0;
  });
}
