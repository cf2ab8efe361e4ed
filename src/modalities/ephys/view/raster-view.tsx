// All units over time: a row each, in the order of depth where it is known. A click moves the traces there.
import { type ReactElement, useMemo } from 'react';
import { grouped } from '../../../base/number-format.ts';
import type { EphysDataset } from './datasets.ts';
import { useEphys } from './hooks.ts';
import { Plot } from './plot.tsx';
import { colourIndex } from './series-colours.ts';
import { tickStep } from './traces-layout.ts';
import { depthOf } from './unit-facts.ts';
import { secondsOf, trainOf, unitsOf } from './units.ts';
import { showFrame } from './window.ts';

const LEFT = 60;
const FOOT = 20;
/** Spikes that are drawn of one unit: more than there are px. */
const MOST = 4000;

export function RasterView({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const key = useEphys(dataset, ({ versions, sorting }) => `${versions.units} ${versions.metrics} ${sorting}`);
  const selected = useEphys(dataset, (state) => state.selected);
  const from = useEphys(dataset, (state) => state.from);
  // The key stands for the units behind it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const units = useMemo(
    () =>
      [...unitsOf(dataset).units.values()].sort((a, b) => (depthOf(dataset, b) ?? 0) - (depthOf(dataset, a) ?? 0) || a.id - b.id),
    [dataset, key],
  );
  const length =
    secondsOf(dataset) || units.reduce((most, unit) => Math.max(most, trainOf(dataset, unit).at(-1) ?? 0), 0) / dataset.rate || 1;
  return (
    <div className="plot ephys-drift">
      <Plot
        label="Raster"
        description={`${grouped(units.length)} units over ${grouped(length)} s`}
        onPointerDown={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const share = (event.clientX - box.left - LEFT) / (box.width - LEFT);
          if (share >= 0) showFrame(dataset, share * length * dataset.rate);
        }}
        paint={({ context, dense, width, height, palette: { css } }) => {
          const tall = (height - FOOT) / Math.max(1, units.length);
          const x = (seconds: number) => LEFT + (seconds / length) * (width - LEFT);
          dense((points) => {
            units.forEach((unit, row) => {
              const place = selected.indexOf(unit.id);
              const train = trainOf(dataset, unit);
              const every = Math.max(1, Math.ceil(train.length / MOST));
              points.fillStyle = place < 0 ? css.trace2 : css.series[colourIndex(place)]!;
              for (let i = 0; i < train.length; i += every)
                points.fillRect(x(train[i]! / dataset.rate), row * tall + tall * 0.12, 1, Math.max(1, tall * 0.76));
            });
          });
          units.forEach((unit, row) => {
            if (tall < 11 && row % Math.ceil(12 / tall) !== 0) return;
            context.fillStyle = css.text3;
            context.textAlign = 'right';
            context.fillText(unit.name, LEFT - 8, row * tall + tall / 2);
          });
          context.fillStyle = css.line2;
          context.fillRect(LEFT, height - FOOT, width - LEFT, 1);
          context.fillStyle = css.text3;
          context.textAlign = 'left';
          const step = tickStep(length, width / 100);
          for (let at = 0; at < length; at += step) context.fillText(`${Number(at.toFixed(2))} s`, x(at) + 2, height - FOOT / 2);
          context.fillStyle = css.text;
          context.fillRect(x(from / dataset.rate), 0, 1, height - FOOT);
        }}
      />
    </div>
  );
}
