// A lasso that is drawn on a plot with the pointer: its corners in CSS px while it is drawn and until it is cleared.
import { type PointerEvent, useRef, useState } from 'react';
import type { Point } from './scatter.ts';

const LEAST_CORNERS = 4;

export interface Lasso {
  readonly corners: readonly Point[];
  readonly isDone: boolean;
  readonly size: { readonly width: number; readonly height: number };
  readonly clear: () => void;
  readonly hands: {
    readonly onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => void;
    readonly onPointerUp: () => void;
  };
}

export function useLasso(): Lasso {
  const [corners, setCorners] = useState<readonly Point[]>([]);
  const [isDone, setDone] = useState(false);
  const [size, setSize] = useState({ width: 1, height: 1 });
  const isDown = useRef(false);
  const at = (event: PointerEvent<HTMLCanvasElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const clear = () => {
    setCorners([]);
    setDone(false);
  };
  return {
    corners,
    isDone,
    size,
    clear,
    hands: {
      onPointerDown: (event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        isDown.current = true;
        const { width, height } = event.currentTarget.getBoundingClientRect();
        setSize({ width, height });
        setDone(false);
        setCorners([at(event)]);
      },
      onPointerMove: (event) => {
        if (isDown.current) {
          const point = at(event);
          setCorners((before) => [...before, point]);
        }
      },
      onPointerUp: () => {
        isDown.current = false;
        if (corners.length >= LEAST_CORNERS) setDone(true);
        else clear();
      },
    },
  };
}
