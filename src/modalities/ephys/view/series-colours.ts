// Colours of selected units: the six of the theme, in the order in which the units were selected; beyond six they begin anew.
import type { Rgb } from '../../../render/colour.ts';
import { parseColour } from '../../../render/colour.ts';
import { token } from '../../../ui/css-vars.ts';

const COUNT = 6;

/** Number of the colour of the nth selected unit, 1 … 6: 0 is the colour of what belongs to no unit. */
export function colourIndex(place: number): number {
  return 1 + (place % COUNT);
}

/** CSS colour of the nth selected unit. */
export function colourName(place: number): string {
  return `var(--s${colourIndex(place)})`;
}

/** The colours as they are in this theme. */
export interface Palette {
  readonly plot: Rgb;
  /** 0: traces; 1 … 6: units. */
  readonly series: readonly Rgb[];
  /** For 2-D canvases. */
  readonly css: {
    readonly [K in
      | 'plot'
      | 'panel'
      | 'line'
      | 'line2'
      | 'line3'
      | 'text'
      | 'text2'
      | 'text3'
      | 'trace'
      | 'trace2'
      | 'bad'
      | 'tp'
      | 'fp'
      | 'fn']: string;
  } & {
    readonly series: readonly string[];
  };
}

export function readPalette(): Palette {
  const names = ['--trace', ...Array.from({ length: COUNT }, (_, i): `--${string}` => `--s${i + 1}`)] as const;
  const series = names.map((name) => token(name as `--${string}`));
  return {
    plot: parseColour(token('--plot')),
    series: series.map(parseColour),
    css: {
      plot: token('--plot'),
      panel: token('--panel'),
      line: token('--line'),
      line2: token('--line-2'),
      line3: token('--line-3'),
      text: token('--text'),
      text2: token('--text-2'),
      text3: token('--text-3'),
      trace: token('--trace'),
      trace2: token('--trace-2'),
      bad: token('--bad'),
      tp: token('--tp-ink'),
      fp: token('--fp-ink'),
      fn: token('--fn-ink'),
      series,
    },
  };
}

/** Calls back after the theme changed; returns what stops it. */
export function onTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
