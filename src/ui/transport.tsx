// Playing a stack of frames. The frame counter follows a source outside React, so that playing renders no React.
import { type ReactElement, useEffect, useEffectEvent, useRef } from 'react';
import { grouped } from '../base/number-format.ts';
import { useActions } from './actions.ts';
import { IconButton } from './button.tsx';
import { cssVars } from './css-vars.ts';
import { LoopIcon, NextIcon, PauseIcon, PlayIcon, PreviousIcon } from './icons.tsx';
import { Segmented } from './segmented.tsx';
import { Select } from './select.tsx';

/** The frame on screen, zero-based as in the files' names. A zustand store wrapped in two functions. */
export interface FrameSource {
  get(): number;
  subscribe(changed: () => void): () => void;
}

export const SPEEDS = [0.25, 0.5, 1, 2, 4, 8, 16] as const;

interface TransportProps {
  readonly frame: FrameSource;
  readonly count: number;
  /** Frames per second of the recording; null where it is not known, then no time is shown. */
  readonly rate: number | null;
  readonly playing: boolean;
  readonly onPlay: (playing: boolean) => void;
  readonly onFrame: (frame: number) => void;
  /** Share of the frames that has been read, 0…1. */
  readonly held?: number;
  readonly loop: boolean;
  readonly onLoop: (loop: boolean) => void;
  /** One of SPEEDS. */
  readonly speed: number;
  readonly onSpeed: (speed: number) => void;
  /** Show every frame, or drop some to keep up with the speed. */
  readonly everyFrame: boolean;
  readonly onEveryFrame: (every: boolean) => void;
}

export function Transport(props: TransportProps): ReactElement {
  const { frame, count, rate, playing, onPlay, onFrame, held, loop, onLoop, speed, onSpeed, everyFrame, onEveryFrame } = props;
  useActions([
    { label: 'Frame', group: 'Movie', number: { min: 0, max: Math.max(0, count - 1), step: 1 }, run: onFrame },
    { label: 'Loop', group: 'Movie', run: () => onLoop(!loop) },
  ]);
  const step = (by: number) => onFrame(Math.min(count - 1, Math.max(0, frame.get() + by)));
  return (
    <div className="tools under transport">
      <IconButton className="hide-narrow" label="Step back" keys="ArrowLeft" icon={PreviousIcon} onClick={() => step(-1)} />
      <IconButton
        className="play"
        kind="edge"
        label={playing ? 'Pause' : 'Play'}
        keys="Space"
        icon={playing ? PauseIcon : PlayIcon}
        onClick={() => onPlay(!playing)}
      />
      <IconButton className="hide-narrow" label="Step forward" keys="ArrowRight" icon={NextIcon} onClick={() => step(1)} />
      <IconButton className="hide-narrow" label="Loop" icon={LoopIcon} pressed={loop} onClick={() => onLoop(!loop)} />
      <Select
        className="hide-narrow"
        label="Speed"
        value={String(speed)}
        choices={SPEEDS.map((one) => ({ value: String(one), label: `×${one}` }))}
        onChange={(value) => onSpeed(Number(value))}
      />
      <Segmented
        small
        className="t-opt hide-narrow"
        label="When drawing is too slow"
        value={everyFrame ? 'every' : 'keep'}
        choices={[
          { value: 'keep', label: 'Keep up' },
          { value: 'every', label: 'Every frame' },
        ]}
        onChange={(value) => onEveryFrame(value === 'every')}
      />
      <FrameSlider frame={frame} count={count} rate={rate} held={held ?? 0} onFrame={onFrame} />
    </div>
  );
}

interface FrameSliderProps extends Pick<TransportProps, 'frame' | 'count' | 'rate' | 'onFrame'> {
  readonly held: number;
}

function FrameSlider({ frame, count, rate, held, onFrame }: FrameSliderProps): ReactElement {
  const track = useRef<HTMLSpanElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const counter = useRef<HTMLInputElement>(null);
  const clock = useRef<HTMLSpanElement>(null);
  const last = Math.max(0, count - 1);

  const draw = useEffectEvent(() => {
    const now = frame.get();
    const text = grouped(now);
    track.current?.style.setProperty('--v', String(last > 0 ? now / last : 0));
    if (input.current) {
      input.current.value = String(now);
      input.current.setAttribute('aria-valuetext', `${text} of ${grouped(count)}`);
    }
    if (counter.current && document.activeElement !== counter.current) counter.current.value = text;
    if (clock.current && rate !== null) clock.current.textContent = `${(now / rate).toFixed(1)} s`;
  });
  const goTo = (text: string) => {
    const wanted = Number(text.replaceAll(',', ''));
    if (text.trim() !== '' && Number.isInteger(wanted) && wanted !== frame.get()) onFrame(Math.min(last, Math.max(0, wanted)));
    // After the field has lost the focus, so that the counter is drawn into it again.
    setTimeout(() => draw());
  };
  useEffect(() => frame.subscribe(() => draw()), [frame]);
  // Also whenever this renders: count or rate may have changed.
  useEffect(() => draw());

  return (
    <>
      <span className="slider" ref={track} style={cssVars({ '--held': held })}>
        <span className="held" />
        <span className="run" />
        <input
          ref={input}
          type="range"
          aria-label="Frame"
          min={0}
          max={last}
          step={1}
          defaultValue={0}
          onInput={(event) => onFrame(event.currentTarget.valueAsNumber)}
        />
      </span>
      <span className="s count">
        <input
          ref={counter}
          className="strong"
          type="text"
          inputMode="numeric"
          aria-label="Go to frame"
          style={{ width: `${grouped(last).length + 2}ch` }}
          onFocus={(event) => event.currentTarget.select()}
          onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
          onBlur={(event) => goTo(event.currentTarget.value)}
        />
        <span className="t3">{` of ${grouped(count)}`}</span>
      </span>
      {rate !== null && <span className="s t2 hide-narrow seconds" ref={clock} />}
    </>
  );
}
