// The figure of the traces: what is drawn of each lane, its gaps and events, and that thinning loses no peak.
import { expect, it } from 'vitest';
import { makeSvgPen } from '../../../ui/svg-pen.ts';
import type { LaneCurves } from './lane-curves.ts';
import { FIGURE_PAPER, paintTraces, type TracesFigure, thinned, tracesFigureSize } from './traces-figure.ts';

const curves = (main: number[], more: Partial<LaneCurves> = {}): LaneCurves => ({
  kind: 'dff',
  main: Float32Array.from(main),
  neuropil: null,
  eventFrames: null,
  step: 1,
  start: 0,
  unit: 'ΔF/F',
  ...more,
});

function drawn(figure: TracesFigure): string {
  const measureText = (text: string) => ({ width: 6 * text.length }) as TextMetrics;
  const svg = makeSvgPen({ ...tracesFigureSize(figure), family: 'Arial', background: FIGURE_PAPER, title: 'x', measureText });
  paintTraces(svg.pen, figure, 'Arial');
  return svg.toString();
}

const FIGURE: TracesFigure = {
  title: '00.00, ΔF/F',
  lanes: [
    {
      title: 'Region 3',
      text: 'matches truth',
      curves: curves([0, 1, Number.NaN, 0, 2, 0], { neuropil: new Float32Array(6), eventFrames: Float64Array.of(1, 4, 90) }),
    },
    { title: 'Truth 7', text: 'found', curves: curves([0, 0, 0, 0, 0, 1]) },
  ],
  range: { from: 0, to: 5 },
  rateHz: 1,
  source: 'Somascope',
};

const paths = (svg: string, stroke: string, width: string) =>
  [...svg.matchAll(/<path d="([^"]+)" fill="none" stroke="([^"]+)" stroke-width="([^"]+)"/g)]
    .filter(([, , colour, wide]) => colour === stroke && wide === width)
    .map(([, data]) => data!);

it('draws a curve for each lane with its gaps, the events that are in view, and the words', () => {
  const svg = drawn(FIGURE);
  // The curves, and their sample in the legend.
  const main = paths(svg, '#111111', '1.25');
  expect(main).toHaveLength(3);
  expect(main[0]!.match(/M/g)).toHaveLength(2);
  expect(main[0]!.match(/[ML]/g)).toHaveLength(5);
  expect(main[1]!.match(/[ML]/g)).toHaveLength(6);
  expect(svg.match(/stroke-dasharray="4 3"/g)).toHaveLength(2);
  // Two in view, one in the legend.
  expect(paths(svg, '#555555', '1')).toHaveLength(3);
  for (const text of ['Region 3: matches truth', 'Truth 7: found', '5 s', 'Neuropil', '1 ΔF/F', 'Somascope'])
    expect(svg).toContain(`>${text}<`);
  expect(svg).toContain('font-size="14" font-weight="600" fill="#111111">00.00, ΔF/F');
});

it('a lane without a value keeps its name and has no curve', () => {
  const svg = drawn({ ...FIGURE, lanes: [{ title: 'Region 1', text: 'dark', curves: curves([Number.NaN, Number.NaN]) }] });
  expect(svg).toContain('Region 1: dark');
  expect(paths(svg, '#111111', '1.25')).toHaveLength(1);
});

it('thinning keeps the lowest and the highest of each part, in order, and one that is missing', () => {
  const values = Float32Array.from({ length: 1000 }, (_, i) => Math.sin(i));
  values[377] = 50;
  values[801] = -50;
  values[555] = Number.NaN;
  const found = thinned(values, 0, 999, 20);
  expect(found.length).toBeLessThanOrEqual(60);
  expect(found).toEqual([...found].sort((a, b) => a - b));
  for (const index of [377, 801, 555]) expect(found).toContain(index);
  expect(thinned(values, 3, 6, 20)).toEqual([3, 4, 5, 6]);
});
