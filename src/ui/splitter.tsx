// The line between two panels: 1 px seen, 8 px hit. Drag, arrow keys by 8 px (Shift 64), Home and End, double-click restores.
import { type PointerEvent, type ReactElement, useState } from 'react';
import { classNames } from './class-names.ts';

export const SPLITTER_STEP = 8;

interface SplitterProps {
  /** "Left panel width". */
  readonly label: string;
  readonly of: 'left' | 'right' | 'time';
  /** Size of the panel in CSS pixels. */
  readonly size: number;
  readonly min: number;
  readonly max: number;
  readonly onResize: (size: number) => void;
  readonly onRestore: () => void;
}

export function Splitter({ label, of, size, min, max, onResize, onRestore }: SplitterProps): ReactElement {
  const [drag, setDrag] = useState<{ readonly from: number; readonly size: number } | null>(null);
  const along = of === 'time' ? 'y' : 'x';
  // The left panel grows to the right; the right one and the time strip grow against their axis.
  const sign = of === 'left' ? 1 : -1;
  const position = (event: PointerEvent) => (along === 'x' ? event.clientX : event.clientY);
  const resize = (to: number) => onResize(Math.round(Math.min(max, Math.max(min, to))));
  const end = () => {
    setDrag(null);
    document.body.classList.remove('is-resizing');
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule cannot be moved; this is a focusable separator with a value
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={along === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(size)}
      aria-valuemin={min}
      aria-valuemax={max}
      aria-valuetext={`${Math.round(size)} pixels`}
      className={classNames('splitter', `of-${of}`, drag && 'is-dragging')}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        document.body.classList.add('is-resizing');
        setDrag({ from: position(event), size });
      }}
      onPointerMove={(event) => drag && resize(drag.size + sign * (position(event) - drag.from))}
      onPointerUp={end}
      onPointerCancel={end}
      onDoubleClick={onRestore}
      onKeyDown={(event) => {
        const step = SPLITTER_STEP * (event.shiftKey ? 8 : 1);
        const [less, more] = along === 'x' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
        if (event.key === more) resize(size + sign * step);
        else if (event.key === less) resize(size - sign * step);
        else if (event.key === 'Home') resize(min);
        else if (event.key === 'End') resize(max);
        else if (event.key === 'Enter') onRestore();
        else return;
        event.preventDefault();
      }}
    />
  );
}
