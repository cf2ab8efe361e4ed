// Everything by depth, side by side on one axis: what is on the traces now as a heat map, the drift map, event rate, noise, spectrum of
// the field potential, and the units.
import { type ReactElement, useMemo } from 'react';
import { colourOf } from '../../../render/colormap.ts';
import { ask } from '../../../workers/client.ts';
import type { BoardInput, DepthBoard } from '../shared/board.ts';
import { chainKey } from '../shared/chain.ts';
import type { UnitMeasures } from '../shared/measures.ts';
import type { Strip } from '../shared/strip.ts';
import type { EphysDataset } from './datasets.ts';
import { placesOf } from './drift.ts';
import { useAnswer, useEphys } from './hooks.ts';
import type { Painting } from './plain-canvas.ts';
import { Plot } from './plot.tsx';
import { quantile } from './probe-picture.ts';
import { colourIndex } from './series-colours.ts';
import { measuresOf } from './unit-facts.ts';
import { secondsOf, unitsOf } from './units.ts';

const SNIPPETS = 20;
const LEFT = 60;
const HEAD = 26;
const FOOT = 22;
const GAP = 14;
const LOOK_SECONDS = 0.05;
const MOST_POINTS = 30_000;

export function DepthBoardView({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const { source, electrodes, rate, frames } = dataset;
  const chain = useEphys(dataset, (state) => state.chain);
  const from = useEphys(dataset, (state) => Math.floor(state.from));
  const key = useEphys(
    dataset,
    ({ versions, sorting, selected }) => `${versions.units} ${versions.metrics} ${versions.drift} ${sorting} ${selected.join()}`,
  );
  const boardInput: BoardInput = { source, chain, snippets: SNIPPETS, spectrum: true };
  const board = useAnswer(
    (signal) => ask<DepthBoard>('ephys', 'board', boardInput, { signal }),
    `${source.key} ${chainKey(chain)}`,
    'The depth board could not be measured',
  );
  const to = Math.min(frames, from + Math.round(LOOK_SECONDS * rate));
  const stripInput = { source, chain, from: Math.max(0, to - Math.round(LOOK_SECONDS * rate)), to, step: 4, sampled: null };
  const strip = useAnswer(
    (signal) => ask<Strip>('ephys', 'strip', stripInput, { signal }),
    `${source.key} ${chainKey(chain)} ${from}`,
    'The depth board could not be measured',
  );
  // The key stands for the units behind it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const units = useMemo(() => {
    const measures = measuresOf(dataset);
    return [...unitsOf(dataset).units.values()].flatMap((unit) => {
      const own = measures.get(unit.id);
      return own?.depth !== undefined && Number.isFinite(own.depth) ? [{ unit, own }] : [];
    });
  }, [dataset, key]);
  const selected = useEphys(dataset, (state) => state.selected);
  return (
    <div className="plot ephys-drift">
      <Plot
        label="Depth board"
        description={`${electrodes.count} electrodes by depth`}
        paint={(painting) => paintBoard(painting, dataset, board, strip, units, selected)}
      />
    </div>
  );
}

interface Panel {
  readonly title: string;
  readonly share: number;
  readonly foot: string;
  readonly paint: (left: number, width: number, yOf: (depth: number) => number) => void;
}

function paintBoard(
  { context, dense, width, height, palette }: Painting,
  dataset: EphysDataset,
  board: DepthBoard | undefined,
  strip: Strip | undefined,
  units: readonly { readonly unit: { readonly id: number }; readonly own: UnitMeasures }[],
  selected: readonly number[],
): void {
  const { electrodes } = dataset;
  const { css } = palette;
  const [low, high] = [quantile(electrodes.y, 0), quantile(electrodes.y, 1)];
  const yOf = (depth: number) => HEAD + (height - HEAD - FOOT) * (1 - (depth - low) / Math.max(1, high - low));
  const pitch = Math.max(1.5, (height - HEAD - FOOT) / new Set(electrodes.y).size);
  const order = [...electrodes.byDepth].reverse();
  const grey = (share: number, map: 'gray' | 'magma' = 'gray') => {
    const [r, g, b] = colourOf(share, { low: 0, high: 1, gamma: 1, map });
    return `rgb(${r},${g},${b})`;
  };
  const profile = (values: ArrayLike<number>, left: number, wide: number) => {
    const most = quantile(values, 1) || 1;
    context.strokeStyle = css.trace;
    context.lineWidth = 1.2;
    context.beginPath();
    for (const i of order) context.lineTo(left + (values[i]! / most) * wide, yOf(electrodes.y[i]!));
    context.stroke();
  };
  const places = placesOf(dataset);
  const panels: Panel[] = [
    {
      title: 'Traces',
      share: 2,
      foot: '50 ms',
      paint: (left, wide) => {
        if (!strip) return;
        dense((cells) => {
          for (const i of order) {
            for (let k = 0; k < strip.columns; k++) {
              const [down, up] = [strip.low[i * strip.columns + k]!, strip.high[i * strip.columns + k]!];
              const value = Math.abs(down) > Math.abs(up) ? down : up;
              cells.fillStyle = grey(Math.max(0, Math.min(1, 0.5 + value / 200)));
              const x = left + (k / strip.columns) * wide;
              cells.fillRect(x, yOf(electrodes.y[i]!) - pitch / 2, wide / strip.columns + 0.6, pitch + 0.4);
            }
          }
        });
      },
    },
    {
      title: 'Drift map',
      share: 3,
      foot: `${Math.round(secondsOf(dataset))} s`,
      paint: (left, wide) => {
        if (!places) return;
        const every = Math.max(1, Math.ceil(places.seconds.length / MOST_POINTS));
        dense((points) => {
          points.fillStyle = css.trace2;
          for (let i = 0; i < places.seconds.length; i += every)
            points.fillRect(left + (places.seconds[i]! / (secondsOf(dataset) || 1)) * wide, yOf(places.depths[i]!), 1, 1);
        });
      },
    },
    {
      title: 'Events',
      share: 1,
      foot: board ? `${quantile(board.eventRate, 1).toFixed(1)} Hz` : '',
      paint: (left, wide) => board && profile(board.eventRate, left, wide),
    },
    {
      title: 'RMS',
      share: 1,
      foot: board ? `${quantile(board.rms, 1).toFixed(1)} ${electrodes.unit}` : '',
      paint: (left, wide) => board && profile(board.rms, left, wide),
    },
    {
      title: 'LFP spectrum',
      share: 2,
      foot: '0 – 300 Hz',
      paint: (left, wide) => {
        if (!board || board.frequencies.length === 0) return;
        const bins = board.frequencies.length;
        const [bottom, top] = [quantile(board.spectrum, 0.05), quantile(board.spectrum, 0.98)];
        dense((cells) => {
          for (const i of order) {
            for (let k = 0; k < bins; k++) {
              const share = (board.spectrum[i * bins + k]! - bottom) / (top - bottom || 1);
              cells.fillStyle = grey(Math.max(0, Math.min(1, share)), 'magma');
              cells.fillRect(left + (k / bins) * wide, yOf(electrodes.y[i]!) - pitch / 2, wide / bins + 0.6, pitch + 0.4);
            }
          }
        });
      },
    },
    {
      title: 'Units',
      share: 1,
      foot: 'by SNR',
      paint: (left, wide) => {
        const most = Math.max(1, ...units.map(({ own }) => own.snr ?? 0));
        for (const { unit, own } of units) {
          const place = selected.indexOf(unit.id);
          context.fillStyle = place < 0 ? css.text2 : css.series[colourIndex(place)]!;
          context.beginPath();
          context.arc(left + 3 + ((own.snr ?? 0) / most) * (wide - 6), yOf(own.depth!), place < 0 ? 2.2 : 4, 0, 7);
          context.fill();
        }
      },
    },
  ];
  const whole = panels.reduce((sum, { share }) => sum + share, 0);
  const room = width - LEFT - GAP * panels.length;
  let left = LEFT;
  context.textAlign = 'right';
  context.fillStyle = css.text3;
  for (let i = 0; i <= 4; i++) {
    const depth = low + ((high - low) * i) / 4;
    context.fillText(`${Math.round(depth).toLocaleString('en-US')}${i === 0 ? ' µm' : ''}`, LEFT - 8, yOf(depth));
  }
  for (const { title, share, foot, paint } of panels) {
    const wide = (room * share) / whole;
    paint(left, wide, yOf);
    context.textAlign = 'left';
    context.fillStyle = css.text2;
    context.fillText(title, left, HEAD / 2 - 3);
    context.fillStyle = css.text3;
    context.fillText(foot, left, height - FOOT / 2 + 4);
    left += wide + GAP;
  }
}
