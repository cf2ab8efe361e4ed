// The uPlot side of curve.tsx: follows theme and width, writes the series' names at their right ends.
import 'uplot/dist/uPlot.min.css';
import { type ReactElement, useEffect, useEffectEvent, useId, useRef } from 'react';
import uPlot from 'uplot';
import { token } from './css-vars.ts';
import type { CurveProps, CurveSeries } from './curve.tsx';

const DASH: Readonly<Record<CurveSeries['style'], number[]>> = { strong: [], thin: [], dashed: [4, 3] };
const WIDTH: Readonly<Record<CurveSeries['style'], number>> = { strong: 1.75, thin: 1, dashed: 1 };
// Half the slider's thumb: where its value axis begins.
const THUMB = 6;
const LINE_HEIGHT = 13;

const inkOf = (style: CurveSeries['style']) => token(style === 'strong' ? '--trace' : '--trace-2');

function optionsFor({ series, yRange, height = 72, inset = [96, 80] }: CurveProps, width: number): uPlot.Options {
  const pixels = devicePixelRatio;
  return {
    width,
    height,
    padding: [6, inset[1] + THUMB, 6, 0],
    legend: { show: false },
    cursor: { show: false },
    pxAlign: 0,
    scales: { x: { time: false }, y: { range: [yRange[0], yRange[1]] } },
    axes: [
      { show: false },
      {
        size: inset[0] + THUMB,
        gap: 8,
        font: `${token('--t-axis')} ${token('--font')}`,
        stroke: () => token('--text-3'),
        splits: () => [yRange[0], (yRange[0] + yRange[1]) / 2, yRange[1]],
        values: (_plot, splits) => splits.map((value) => value.toFixed(2)),
        grid: { stroke: () => token('--line'), width: 1 / pixels },
        ticks: { show: false },
      },
    ],
    series: [
      {},
      ...series.map(({ style, label }) => ({
        label,
        stroke: () => inkOf(style),
        width: WIDTH[style],
        dash: DASH[style],
        points: { show: false },
      })),
    ],
  };
}

/** Names at the right ends, pushed apart where they would touch. */
function drawNames(plot: uPlot, series: readonly CurveSeries[], shown: CurveProps['marker']): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const ends = series
    .map(({ label, values, style }) => ({
      label,
      style,
      y: plot.valToPos(values.findLast((value) => value !== null) ?? 0, 'y', true),
    }))
    .sort((a, b) => a.y - b.y);
  ctx.save();
  ctx.font = `${11 * ratio}px ${token('--font')}`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  const lowest = bbox.top + bbox.height - (LINE_HEIGHT / 4) * ratio;
  let above = Number.NEGATIVE_INFINITY;
  ends.forEach(({ label, style, y }, index) => {
    const room = (ends.length - 1 - index) * LINE_HEIGHT * ratio;
    above = Math.min(lowest - room, Math.max(y, above + LINE_HEIGHT * ratio));
    ctx.fillStyle = token(style === 'strong' ? '--text' : '--text-3');
    ctx.fillText(label, bbox.left + bbox.width + (THUMB + 8) * ratio, above);
  });
  if (shown !== null) drawMarker(plot, series, shown);
  ctx.restore();
}

/** The value of a curve at x, between its points. */
function valueAt(x: readonly number[], values: readonly (number | null)[], at: number): number | null {
  const right = x.findIndex((one) => one >= at);
  if (right < 0) return null;
  const b = values[right] ?? null;
  const a = right > 0 ? (values[right - 1] ?? null) : b;
  const x0 = x[Math.max(0, right - 1)]!;
  const x1 = x[right]!;
  return a === null || b === null ? null : x1 > x0 ? a + ((b - a) * (at - x0)) / (x1 - x0) : b;
}

function drawMarker(plot: uPlot, series: readonly CurveSeries[], at: number): void {
  const { ctx, bbox } = plot;
  const ratio = devicePixelRatio;
  const left = Math.round(plot.valToPos(at, 'x', true));
  ctx.fillStyle = token('--line-3');
  ctx.fillRect(left - ratio / 2, bbox.top - 4 * ratio, ratio, bbox.height + 4 * ratio);
  const strong = series.find(({ style }) => style === 'strong');
  const value = strong ? valueAt([...(plot.data[0] ?? [])], strong.values, at) : null;
  if (value === null) return;
  ctx.fillStyle = token('--text');
  ctx.beginPath();
  ctx.arc(left, plot.valToPos(value, 'y', true), 3.5 * ratio, 0, 2 * Math.PI);
  ctx.fill();
}

const dataOf = ({ x, series }: CurveProps): uPlot.AlignedData => [[...x], ...series.map(({ values }) => [...values])];

export function CurvePlot(props: CurveProps): ReactElement {
  const { label, description, x, series, marker, height = 72 } = props;
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot>(null);
  const id = useId();
  const decorate = useEffectEvent((one: uPlot) => drawNames(one, series, marker));
  const pick = useEffectEvent((one: uPlot, clientX: number) => {
    const box = one.over.getBoundingClientRect();
    const at = one.posToVal(Math.min(box.width, Math.max(0, clientX - box.left)), 'x');
    props.onPick?.(at);
  });
  const build = useEffectEvent((element: HTMLElement) => {
    const options = optionsFor(props, Math.max(120, element.clientWidth));
    return new uPlot({ ...options, hooks: { draw: [(one) => decorate(one)] } }, dataOf(props), element);
  });

  const shape = series.map(({ style, label: name }) => `${style} ${name}`).join('|');
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed set of series needs a new plot
  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const made = build(element);
    plot.current = made;
    const press = (event: PointerEvent) => {
      if (event.buttons === 1) pick(made, event.clientX);
    };
    made.over.addEventListener('pointerdown', press);
    made.over.addEventListener('pointermove', press);
    const width = new ResizeObserver(() => made.setSize({ width: Math.max(120, element.clientWidth), height }));
    width.observe(element);
    const theme = new MutationObserver(() => made.redraw());
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      width.disconnect();
      theme.disconnect();
      plot.current = null;
      made.destroy();
    };
  }, [shape, height]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new numbers are new data, whatever else changed
  useEffect(() => plot.current?.setData(dataOf(props)), [x, series]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the marker is drawn on top, so it needs the same pass
  useEffect(() => plot.current?.redraw(false), [marker]);

  return (
    <div className="curve" style={{ height }}>
      <div ref={host} role="img" aria-label={label} aria-describedby={id} />
      <p className="vh" id={id}>
        {description}
      </p>
    </div>
  );
}
