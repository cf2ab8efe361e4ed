// Colours as the layers take them: red, green, blue in 0…255. The values come from CSS tokens, which the caller reads.
import { SomascopeError } from '../base/errors.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/** Reads `#abc`, `#aabbcc` and `rgb(1, 2, 3)` (also with spaces); throws `Bug` on anything else. */
export function parseColour(text: string): Rgb {
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/i.exec(text.trim())?.[1];
  if (hex) {
    const digits = hex.length === 3 ? [...hex].map((digit) => digit + digit) : [hex.slice(0, 2), hex.slice(2, 4), hex.slice(4)];
    const [red, green, blue] = digits.map((pair) => Number.parseInt(pair, 16));
    return [red!, green!, blue!];
  }
  const numbers = /^rgb\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)\s*\)$/.exec(text.trim());
  if (!numbers) throw new SomascopeError('Bug', `'${text}' is no colour that can be drawn.`, {}, 'Use #rrggbb or rgb(r, g, b).');
  return [Number(numbers[1]), Number(numbers[2]), Number(numbers[3])];
}
