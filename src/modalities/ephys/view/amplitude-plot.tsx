// Amplitudes of the selected units over the whole recording: the sorter's own where it gave them, else those of the spikes that were
// read. A drag along the axis sets the time brush, a lasso above it offers a split.
import { type ReactElement, useRef } from 'react';
import type { UnitWaveforms } from '../shared/unit-jobs.ts';
import type { EphysDataset } from './datasets.ts';
import { useEphys } from './hooks.ts';
import type { Painting } from './plain-canvas.ts';
import { Plot } from './plot.tsx';
import { extentOf, paintLasso, paintPoints, placeX, type ScatterBox } from './scatter.ts';
import { colourIndex } from './series-colours.ts';
import { projectAll, type SpikePlane } from './spike-planes.ts';
import { SplitOffer } from './split-offer.tsx';
import { amplitudesOf } from './unit-amplitudes.ts';
import { secondsOf, trainOf, type Unit } from './units.ts';
import { useLasso } from './use-lasso.ts';

interface AmplitudePlotProps {
  readonly dataset: EphysDataset;
  readonly units: readonly Unit[];
  readonly waveforms: readonly UnitWaveforms[];
}

const LEFT = 32;
const FOOT = 16;
const MOST_POINTS = 20_000;

export function AmplitudePlot({ dataset, units, waveforms }: AmplitudePlotProps): ReactElement {
  const { store, rate } = dataset;
  const lasso = useLasso();
  const brushStart = useRef<number | null>(null);
  const brush = useEphys(dataset, (state) => state.brush);
  const from = useEphys(dataset, (state) => state.from);
  const length = secondsOf(dataset) || (units[0] ? (trainOf(dataset, units[0]).at(-1) ?? 0) / rate : 1);
  const points = units.map((unit, i) => amplitudesOf(dataset, unit, waveforms[i]));
  const boxOf = (width: number, height: number): ScatterBox => {
    const { low, high } = extentOf(points.map(({ values }) => values));
    return {
      left: LEFT,
      top: 4,
      width: width - LEFT,
      height: height - FOOT - 4,
      x: { low: 0, high: length },
      y: { low: Math.min(0, low), high: Math.max(0, high) },
    };
  };
  const [first, firstPoints, basis] = [units[0], points[0], waveforms[0]?.basis];
  const plane = firstPoints && { places: firstPoints.places, x: firstPoints.seconds, y: firstPoints.values };
  const askAll =
    first && basis
      ? async (): Promise<SpikePlane> => {
          const { places, amplitudes } = await projectAll(dataset, first, basis);
          const train = trainOf(dataset, first);
          return { places, x: Float64Array.from(places, (place) => train[place]! / rate), y: amplitudes };
        }
      : null;
  const seconds = (x: number, width: number) => Math.max(0, Math.min(length, ((x - LEFT) / (width - LEFT)) * length));
  return (
    <>
      <Plot
        label="Amplitude over time"
        paint={(painting) => {
          if (!first) return;
          const box = boxOf(painting.width, painting.height);
          paintFrame(painting, box, points[0]?.unit ?? '', length);
          points.forEach(({ seconds: x, values }, place) => {
            const every = Math.ceil(x.length / MOST_POINTS);
            const thin = (list: Float64Array) => (every > 1 ? list.filter((_, i) => i % every === 0) : list);
            paintPoints(painting, box, thin(x), thin(values), painting.palette.css.series[colourIndex(place)]!);
          });
          const { context } = painting;
          context.fillStyle = painting.palette.css.text;
          if (brush) {
            context.globalAlpha = 0.14;
            context.fillRect(placeX(box, brush.from), box.top, placeX(box, brush.to) - placeX(box, brush.from), box.height);
            context.globalAlpha = 1;
          }
          context.fillRect(placeX(box, from / rate), box.top, 1, box.height);
          paintLasso(painting, lasso.corners);
        }}
        onPointerDown={(event) => {
          const canvas = event.currentTarget.getBoundingClientRect();
          // A drag along the axis is the brush, above it the lasso.
          if (event.clientY - canvas.top > canvas.height - FOOT) {
            event.currentTarget.setPointerCapture(event.pointerId);
            brushStart.current = seconds(event.clientX - canvas.left, canvas.width);
          } else lasso.hands.onPointerDown(event);
        }}
        onPointerMove={(event) => {
          if (brushStart.current === null) lasso.hands.onPointerMove(event);
          else {
            const canvas = event.currentTarget.getBoundingClientRect();
            const to = seconds(event.clientX - canvas.left, canvas.width);
            const start = brushStart.current;
            store.setState({ brush: to === start ? null : { from: Math.min(start, to), to: Math.max(start, to) } });
          }
        }}
        onPointerUp={() => {
          if (brushStart.current === null) lasso.hands.onPointerUp();
          brushStart.current = null;
        }}
      />
      {lasso.isDone && first && plane && (
        <SplitOffer dataset={dataset} unit={first} plane={plane} boxOf={boxOf} lasso={lasso} askAll={askAll} />
      )}
    </>
  );
}

function paintFrame({ context, height, width, palette }: Painting, box: ScatterBox, unit: string, length: number): void {
  context.fillStyle = palette.css.line2;
  context.fillRect(box.left, box.top, 1, box.height);
  context.fillRect(box.left, box.top + box.height, box.width, 1);
  context.fillStyle = palette.css.text3;
  context.textAlign = 'right';
  const show = (value: number) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(2)).replace('-', '−');
  context.fillText(show(box.y.high), box.left - 4, box.top + 5);
  context.fillText(show(box.y.low), box.left - 4, box.top + box.height - 4);
  context.textAlign = 'left';
  context.fillText(unit, 0, height - 7);
  context.fillText('0', box.left, height - 7);
  context.textAlign = 'right';
  context.fillText(length > 120 ? `${(length / 60).toFixed(0)} min` : `${length.toFixed(1)} s`, width, height - 7);
}
