// The row below the traces: spike by spike, play, speed, the whole recording with the window in it, and where the window begins.
import { type ReactElement, useEffect, useRef } from 'react';
import { IconButton } from '../../../ui/button.tsx';
import { NextIcon, PauseIcon, PlayIcon, PreviousIcon } from '../../../ui/icons.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { Select } from '../../../ui/select.tsx';
import type { EphysDataset } from './datasets.ts';
import { useEphys } from './hooks.ts';
import { jumpEvent, jumpSpike } from './jumps.ts';
import { OverviewPicture } from './overview.ts';
import { togglePlay } from './play.ts';
import { SPEEDS } from './store.ts';
import { setWindow } from './window.ts';

export function TimeTransport({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const { store, rate, frames } = dataset;
  const playing = useEphys(dataset, (state) => state.playing);
  const speed = useEphys(dataset, (state) => state.speed);
  const hasUnit = useEphys(dataset, (state) => state.selected.length > 0);
  return (
    <div className="ephys-transport">
      <IconButton
        label="Previous spike"
        hint={hasUnit ? 'Previous spike of the unit' : 'Select a unit first'}
        keys="Alt+ArrowLeft"
        icon={PreviousIcon}
        disabled={!hasUnit}
        onClick={() => jumpSpike(dataset, -1)}
      />
      <IconButton
        label={playing ? 'Pause' : 'Play'}
        keys="Space"
        kind="edge"
        icon={playing ? PauseIcon : PlayIcon}
        onClick={() => togglePlay(dataset)}
      />
      <IconButton
        label="Next spike"
        hint={hasUnit ? 'Next spike of the unit' : 'Select a unit first'}
        keys="Alt+ArrowRight"
        icon={NextIcon}
        disabled={!hasUnit}
        onClick={() => jumpSpike(dataset, 1)}
      />
      <Select
        label="Speed"
        value={String(speed)}
        onChange={(value) => store.setState({ speed: Number(value) })}
        choices={SPEEDS.map((value) => ({ value: String(value), label: `×${value}` }))}
      />
      <TimeSlider dataset={dataset} />
      <IconButton
        label="Next large event"
        keys="Alt+e"
        icon={EventIcon}
        className="hide-narrow"
        onClick={() => void jumpEvent(dataset, 1)}
      />
      <JumpField dataset={dataset} length={frames / rate} />
    </div>
  );
}

const EventIcon = NextIcon;

function JumpField({ dataset, length }: { readonly dataset: EphysDataset; readonly length: number }): ReactElement {
  const from = useEphys(dataset, (state) => state.from);
  return (
    <NumberField
      label="Jump to time"
      value={from / dataset.rate}
      min={0}
      max={length}
      step={0.001}
      decimals={3}
      unit="s"
      width={104}
      onCommit={(seconds) => setWindow(dataset, { from: seconds * dataset.rate })}
    />
  );
}

function TimeSlider({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const from = useEphys(dataset, (state) => state.from);
  const span = useEphys(dataset, (state) => state.span);
  const { rate, frames } = dataset;
  const last = Math.max(0, frames - span);
  useEffect(() => {
    if (!canvas.current) return;
    const picture = new OverviewPicture(canvas.current, dataset);
    return () => picture.destroy();
  }, [dataset]);
  return (
    <span className="ephys-time">
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without tabindex takes no focus */}
      <canvas ref={canvas} aria-hidden="true" />
      <input
        type="range"
        aria-label="Time"
        aria-valuetext={`${(from / rate).toFixed(3)} s`}
        min={0}
        max={Math.max(1e-9, last / rate)}
        step="any"
        value={from / rate}
        onChange={(event) => setWindow(dataset, { from: event.target.valueAsNumber * rate })}
      />
    </span>
  );
}
