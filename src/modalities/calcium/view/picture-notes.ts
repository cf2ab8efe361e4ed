// What is burnt into a saved picture: the scale bar, and the legend as it follows from what is on screen.
import { fixed, grouped, niceBelow } from '../../../base/number-format.ts';
import type { RegionStyle } from '../../../render/layers/region-style.ts';
import type { Difference } from './difference.ts';
import type { LayerLook } from './layer-looks.ts';
import { type CalciumState, VIEW_TITLES } from './store.ts';

export interface ScaleBar {
  /** Picture px. */
  readonly length: number;
  readonly text: string;
}

/** The longest bar of 1, 2 or 5 × 10^n µm (pixels where the scale is unknown) within a quarter of the picture's width. */
export function scaleBarOf(imageWidth: number, magnification: number, pixelsPerMicron: number | null): ScaleBar {
  const perUnit = magnification * (pixelsPerMicron ?? 1);
  const units = niceBelow((imageWidth * magnification) / 4 / perUnit);
  return { length: units * perUnit, text: `${units} ${pixelsPerMicron === null ? 'px' : 'µm'}` };
}

/** Which line stands before the words; colours come from the tokens. */
export interface LegendEntry {
  readonly colour: '--tp' | '--fp' | '--fn' | LayerLook['token'];
  readonly dash: RegionStyle['dash'];
  readonly thin: boolean;
  readonly text: string;
}

export interface LegendLayer {
  readonly name: string;
  readonly look: Pick<LayerLook, 'token' | 'dash'>;
  readonly count: number;
}

/** Null for what is not on the picture. */
export interface LegendLayers {
  readonly truth: number;
  readonly current: LegendLayer | null;
  readonly beside: readonly LegendLayer[];
  /** Names of A and B, and what they have in common. */
  readonly difference: { readonly a: string; readonly b: string; readonly counts: Difference['counts'] } | null;
}

/** A only, B only and both while two layers are compared; matched, extra, missed where colours say the result; else the layers.
 *  Each with its number; what is hidden is left out. */
export function legendOf(
  state: Pick<CalciumState, 'show' | 'classes' | 'differenceShown' | 'colourBy' | 'score'>,
  { truth, current, beside, difference }: LegendLayers,
): LegendEntry[] {
  const { show, classes, differenceShown, colourBy, score } = state;
  const result = (colour: '--tp' | '--fp' | '--fn', text: string, thin = false): LegendEntry => ({
    colour,
    dash: RESULT_DASHES[colour],
    thin,
    text,
  });
  if (difference) {
    const { a, b, counts } = difference;
    return [
      ...(differenceShown.onlyA ? [result('--fp', `${a} only ${grouped(counts.onlyA)}`)] : []),
      ...(differenceShown.both ? [result('--tp', `Both ${grouped(counts.both)}`)] : []),
      ...(differenceShown.onlyB ? [result('--fn', `${b} only ${grouped(counts.onlyB)}`)] : []),
    ];
  }
  const entries: LegendEntry[] = [];
  const layer = ({ name, look, count }: LegendLayer): LegendEntry => ({
    colour: look.token,
    dash: look.dash,
    thin: false,
    text: `${name} ${grouped(count)}`,
  });
  if (score && colourBy === 'result') {
    if (classes.matched && (current || show.truth)) entries.push(result('--tp', `Matched ${grouped(score.matched)}`, !current));
    if (classes.extra && current) entries.push(result('--fp', `Extra ${grouped(score.extra)}`));
    if (classes.missed && show.truth) entries.push(result('--fn', `Missed ${grouped(score.missed)}`, true));
    return [...entries, ...beside.map(layer)];
  }
  if (current && current.count > 0) entries.push(layer(current));
  entries.push(...beside.map(layer));
  if (show.truth && truth > 0) entries.push({ colour: '--on-data', dash: 'solid', thin: true, text: `Truth ${grouped(truth)}` });
  return entries;
}

const RESULT_DASHES = { '--tp': 'solid', '--fp': 'dashed', '--fn': 'dotted' } as const;

/** `00.00, movie, frame 907, 129.6 s`: what the picture shows. */
export function captionOf(
  shortName: string,
  { view, deltaF, smoothing }: Pick<CalciumState, 'view' | 'deltaF' | 'smoothing'>,
  frame: number,
  rateHz: number | null,
): string {
  if (view !== 'movie') return `${shortName}, ${VIEW_TITLES[view].toLowerCase()}`;
  const parts = [shortName, deltaF ? 'movie ΔF/F₀' : 'movie', `frame ${grouped(frame)}`];
  if (rateHz !== null) parts.push(`${fixed(frame / rateHz, 1)} s`);
  if (smoothing > 1) parts.push(`mean of ${smoothing}`);
  return parts.join(', ');
}
