// Custom properties for React's style prop, which sets them through the CSSOM and so needs no `unsafe-inline`.
import type { CSSProperties } from 'react';

export function cssVars(values: Readonly<Record<`--${string}`, string | number>>): CSSProperties {
  return values as CSSProperties;
}

/** The value of a token as it is now, in this theme: for canvases, which know no custom properties. */
export function token(name: `--${string}`, element: Element = document.documentElement): string {
  return getComputedStyle(element).getPropertyValue(name).trim();
}
