// What is burnt into a saved picture: the scale bar, and the legend as it follows from what is on screen.
import { fixed, grouped, niceBelow } from '../../../base/number-format.ts';
import type { RegionStyle } from '../../../render/layers/region-style.ts';
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
  readonly colour: '--tp' | '--fp' | '--fn' | '--on-data';
  readonly dash: RegionStyle['dash'];
  readonly thin: boolean;
  readonly text: string;
}

export interface LegendCounts {
  readonly truth: number;
  readonly predictions: number;
}

/** Matched, extra, missed with their numbers where colours say the result, else the layers; what is hidden is left out. */
export function legendOf(
  state: Pick<CalciumState, 'show' | 'classes' | 'colourBy' | 'score'>,
  counts: LegendCounts,
): LegendEntry[] {
  const { show, classes, colourBy, score } = state;
  const entries: LegendEntry[] = [];
  if (score && colourBy === 'result') {
    if (classes.matched && (show.predictions || show.truth)) {
      entries.push({ colour: '--tp', dash: 'solid', thin: !show.predictions, text: `Matched ${grouped(score.matched)}` });
    }
    if (classes.extra && show.predictions)
      entries.push({ colour: '--fp', dash: 'dashed', thin: false, text: `Extra ${grouped(score.extra)}` });
    if (classes.missed && show.truth)
      entries.push({ colour: '--fn', dash: 'dotted', thin: true, text: `Missed ${grouped(score.missed)}` });
    return entries;
  }
  const plain = { colour: '--on-data', dash: 'solid' } as const;
  if (show.predictions && counts.predictions > 0)
    entries.push({ ...plain, thin: false, text: `Predictions ${grouped(counts.predictions)}` });
  if (show.truth && counts.truth > 0) entries.push({ ...plain, thin: true, text: `Truth ${grouped(counts.truth)}` });
  return entries;
}

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
