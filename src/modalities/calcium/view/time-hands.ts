// Hands on the time strip: click and drag move the movie, Shift and drag moves the range, the wheel zooms at the cursor,
// a double-click shows all; the same by keys. The buttons below the names do what else would need a drag.
import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useEffectEvent, useRef } from 'react';
import type { Player } from './player.ts';
import { frameAtX, panRange, spanOf, type TimeRange, wholeRange, zoomRange } from './time-range.ts';

export const ZOOM_STEP = 1.5;
const WHEEL_GAIN = 0.0015;
const PINCH_GAIN = 0.01;
const FAST_STEP = 10;

export type SetRange = (change: (range: TimeRange) => TimeRange) => void;

interface Setup {
  readonly plot: RefObject<HTMLElement | null>;
  readonly player: Player;
  readonly range: TimeRange;
  readonly setRange: SetRange;
}

/** The frame that keys zoom at: the one on screen, else the middle of the range. */
export function zoomCentre(range: TimeRange, frame: number): number {
  return frame >= range.from && frame <= range.to ? frame : (range.from + range.to) / 2;
}

export function useTimeHands({ plot, player, range, setRange }: Setup) {
  const drag = useRef<{ readonly pans: boolean; x: number } | null>(null);
  const { frames } = player;
  const frameAt = (event: { readonly clientX: number }, element: Element) => {
    const box = element.getBoundingClientRect();
    return frameAtX(range, event.clientX - box.left, box.width);
  };

  const onWheel = useEffectEvent((event: WheelEvent, element: Element) => {
    event.preventDefault();
    if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      const by = (event.deltaX / Math.max(1, element.clientWidth)) * spanOf(range);
      setRange((before) => panRange(before, by, frames));
      return;
    }
    const factor = Math.exp(-event.deltaY * (event.ctrlKey ? PINCH_GAIN : WHEEL_GAIN));
    const at = frameAt(event, element);
    setRange((before) => zoomRange(before, at, factor, frames));
  });
  useEffect(() => {
    const element = plot.current;
    if (!element) return;
    // React's own wheel listener is passive, and then the page would scroll along.
    const wheel = (event: WheelEvent) => onWheel(event, element);
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [plot]);

  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      drag.current = { pans: event.shiftKey, x: event.clientX };
      if (!event.shiftKey) player.seek(frameAt(event, event.currentTarget));
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const held = drag.current;
      if (!held) return;
      if (held.pans) {
        const by = ((held.x - event.clientX) / Math.max(1, event.currentTarget.clientWidth)) * spanOf(range);
        held.x = event.clientX;
        setRange((before) => panRange(before, by, frames));
      } else player.seek(frameAt(event, event.currentTarget));
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (drag.current && !drag.current.pans) player.seek(frameAt(event, event.currentTarget));
      drag.current = null;
    },
    onPointerCancel: () => {
      drag.current = null;
    },
    onDoubleClick: () => setRange(() => wholeRange(frames)),
  };
}

/** Arrow keys step, Home and End go to the ends, + and − zoom at the playhead. Says whether the key means something here. */
export function pressTimeKey(event: KeyboardEvent, player: Player, setRange: SetRange): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const step = event.shiftKey ? FAST_STEP : 1;
  const zoom = (factor: number) =>
    setRange((range) => zoomRange(range, zoomCentre(range, player.shown?.frame ?? 0), factor, player.frames));
  switch (event.key) {
    case 'ArrowLeft':
    case 'ArrowDown':
      player.step(-step);
      return true;
    case 'ArrowRight':
    case 'ArrowUp':
      player.step(step);
      return true;
    case 'Home':
      player.seek(0);
      return true;
    case 'End':
      player.seek(player.frames - 1);
      return true;
    case '+':
    case '=':
      zoom(ZOOM_STEP);
      return true;
    case '-':
    case '−':
      zoom(1 / ZOOM_STEP);
      return true;
    default:
      return false;
  }
}
