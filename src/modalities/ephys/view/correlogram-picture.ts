// Bars of correlograms and of intervals between spikes.
import { grouped } from '../../../base/number-format.ts';
import type { Correlograms } from '../shared/unit-jobs.ts';
import type { Painting } from './plain-canvas.ts';
import { colourIndex } from './series-colours.ts';

const FOOT = 16;

function paintBars(
  { context, width, height, palette }: Painting,
  counts: ArrayLike<number>,
  colour: string,
  left: string,
  middle: string,
  right: string,
): void {
  const base = height - FOOT;
  let most = 0;
  for (let i = 0; i < counts.length; i++) most = Math.max(most, counts[i]!);
  context.fillStyle = colour;
  for (let i = 0; i < counts.length; i++) {
    const tall = most === 0 ? 0 : (counts[i]! / most) * (base - 12);
    const from = Math.round((i * width) / counts.length);
    context.fillRect(
      from,
      base - tall,
      Math.max(1, Math.round(((i + 1) * width) / counts.length) - from - (width > 2.5 * counts.length ? 1 : 0)),
      tall,
    );
  }
  context.fillStyle = palette.css.line3;
  context.fillRect(0, base, width, 1);
  context.fillStyle = palette.css.text3;
  context.textAlign = 'left';
  context.fillText(left, 0, height - 7);
  context.textAlign = 'center';
  context.fillText(middle, width / 2, height - 7);
  context.textAlign = 'right';
  context.fillText(right, width, height - 7);
  if (most > 0) context.fillText(grouped(most), width, 6);
}

/** Of unit `i` after unit `j`. */
export function paintCorrelogram(painting: Painting, found: Correlograms | undefined, i: number, j: number): void {
  if (!found || i >= found.units || j >= found.units) return;
  const at = (i * found.units + j) * found.bins;
  const { css } = painting.palette;
  const edge = Math.round(-found.edges[0]!);
  paintBars(
    painting,
    found.counts.subarray(at, at + found.bins),
    i === j ? css.series[colourIndex(i)]! : css.trace2,
    `−${edge}`,
    '0',
    `+${edge} ms`,
  );
}

export function paintIntervals(painting: Painting, found: Correlograms | undefined): void {
  const counts = found?.intervals[0];
  if (!counts) return;
  paintBars(painting, counts, painting.palette.css.series[colourIndex(0)]!, '0', '', `${counts.length} ms`);
}
