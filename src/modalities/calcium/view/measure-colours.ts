// Colours of regions by a measure: steps of viridis without its dark end, which is not seen on a dark picture.
import { colourOf } from '../../../render/colormap.ts';
import type { Rgb } from '../../../render/colour.ts';

export const STEPS = 64;
const LOOK = { low: -0.45, high: 1, gamma: 1, map: 'viridis' } as const;

/** The colour at a share 0…1 of the range. */
export function measureColour(share: number): Rgb {
  return colourOf(Math.min(1, Math.max(0, share)), LOOK);
}

/** The step of a value within a range. */
export function stepOf(value: number, low: number, high: number): number {
  const share = high > low ? (value - low) / (high - low) : 1;
  return Math.round(Math.min(1, Math.max(0, share)) * (STEPS - 1));
}

/** The range as a CSS background, low at the left. */
export function measureGradient(): string {
  const stops = Array.from({ length: 9 }, (_, i) => `rgb(${measureColour(i / 8).join(' ')})`);
  return `linear-gradient(90deg, ${stops.join(', ')})`;
}
