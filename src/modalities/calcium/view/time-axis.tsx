// The axis below the traces: ticks with labels, the playhead's time, and the buttons that zoom without a wheel or a drag.
import type { ReactElement, RefObject } from 'react';
import { Button } from '../../../ui/button.tsx';
import type { Player } from './player.ts';
import { type SetRange, ZOOM_STEP, zoomCentre } from './time-hands.ts';
import { isWhole, type TimeRange, wholeRange, xOfFrame, zoomRange } from './time-range.ts';
import type { TimeTick } from './time-ticks.ts';

interface TimeAxisProps {
  readonly ticks: readonly TimeTick[];
  readonly range: TimeRange;
  /** CSS px. */
  readonly width: number;
  /** Written and moved by whoever draws the playhead. */
  readonly playhead: RefObject<HTMLSpanElement | null>;
}

const CHARACTER_PX = 6;
const TICK_GAP = 5;

/** About half of what a label of the axis takes, CSS px: measuring it would lay the page out anew with every frame. */
function halfWidth(label: string): number {
  return (label.length * CHARACTER_PX) / 2;
}

/** Moves the playhead's time to `x`, kept within the axis, and hides the ticks' labels that it covers. */
export function placePlayhead(label: HTMLElement, text: string, x: number, width: number): void {
  const half = halfWidth(text) + 6;
  const at = Math.round(Math.max(half, Math.min(width - half, x)));
  label.textContent = text;
  label.hidden = x < 0 || x > width;
  label.style.transform = `translateX(${at}px) translateX(-50%)`;
  for (const tick of label.parentElement?.querySelectorAll<HTMLElement>('.time-tick') ?? []) {
    const from = Number(tick.dataset.x) + TICK_GAP;
    const to = from + 2 * halfWidth(tick.textContent ?? '');
    tick.style.visibility = !label.hidden && from < at + half && to > at - half ? 'hidden' : '';
  }
}

export function TimeAxis({ ticks, range, width, playhead }: TimeAxisProps): ReactElement {
  return (
    <div className="time-axis" aria-hidden="true">
      {ticks.map(({ frame, label }) => {
        const x = xOfFrame(range, frame, width);
        // A label that would be cut at the edge is left out; its grid line stays.
        return x + TICK_GAP + halfWidth(label) * 2 > width ? null : (
          <span key={label} className="time-tick" data-x={x} style={{ transform: `translateX(${x.toFixed(1)}px)` }}>
            {label}
          </span>
        );
      })}
      <span ref={playhead} className="time-playhead" />
    </div>
  );
}

interface ZoomButtonsProps {
  readonly player: Player;
  readonly range: TimeRange;
  readonly setRange: SetRange;
}

export function ZoomButtons({ player, range, setRange }: ZoomButtonsProps): ReactElement {
  const { frames } = player;
  const whole = isWhole(range, frames);
  const zoom = (factor: number) =>
    setRange((before) => zoomRange(before, zoomCentre(before, player.shown?.frame ?? 0), factor, frames));
  return (
    // biome-ignore lint/a11y/useSemanticElements: buttons of one purpose, no form fields
    <div className="time-zoom" role="group" aria-label="Time range">
      <Button small aria-label="Show less time" onClick={() => zoom(ZOOM_STEP)}>
        +
      </Button>
      <Button small aria-label="Show more time" disabled={whole} onClick={() => zoom(1 / ZOOM_STEP)}>
        −
      </Button>
      <Button small aria-label="Show all time" disabled={whole} onClick={() => setRange(() => wholeRange(frames))}>
        All
      </Button>
    </div>
  );
}
