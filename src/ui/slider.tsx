// A slider with its field: the native range input lies on a drawn track, so keyboard and touch work as people know them.
import { type ReactElement, useEffect, useEffectEvent, useRef } from 'react';
import { useActionGroup, useActions } from './actions.ts';
import { cssVars } from './css-vars.ts';
import { decimalsOf, NumberField, showNumber } from './number-field.tsx';

interface RangeProps {
  /** The accessible name. */
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly unit?: string;
  readonly disabled?: boolean;
  /** Share already read, 0…1: drawn grey behind the set part. */
  readonly held?: number;
  /** Live, while dragging. */
  readonly onChange: (value: number) => void;
  /** Once, when the drag or key press is over. */
  readonly onCommit?: (value: number) => void;
}

/** The bare slider. */
export function Range({ label, value, min, max, step = 1, unit, disabled, held, onChange, onCommit }: RangeProps): ReactElement {
  const input = useRef<HTMLInputElement>(null);
  const commit = useEffectEvent((to: number) => onCommit?.(to));
  useEffect(() => {
    const element = input.current;
    if (!element) return;
    // React's onChange is the DOM's input event; the DOM's change event is the end of the drag.
    const listener = () => commit(element.valueAsNumber);
    element.addEventListener('change', listener);
    return () => element.removeEventListener('change', listener);
  }, []);
  const share = max > min ? Math.min(1, Math.max(0, (value - min) / (max - min))) : 0;
  return (
    <span className="slider" style={cssVars({ '--v': share, '--held': held ?? 0 })}>
      {held !== undefined && <span className="held" />}
      <span className="run" />
      <input
        ref={input}
        type="range"
        aria-label={label}
        aria-valuetext={unit ? `${showNumber(value, decimalsOf(step))} ${unit}` : undefined}
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.target.valueAsNumber)}
      />
    </span>
  );
}

interface SliderProps extends RangeProps {
  /** What is seen beside the slider where it differs from the name: 'Confidence ≥'. */
  readonly caption?: string;
  readonly decimals?: number;
}

/** Label, slider, field: one line of settings, and a command of the palette. The field is named "<label> value". */
export function Slider({ caption, decimals, ...range }: SliderProps): ReactElement {
  const { label, value, min, max, step, unit, disabled, onChange, onCommit } = range;
  const group = useActionGroup();
  const settle = (to: number) => {
    onChange(to);
    onCommit?.(to);
  };
  useActions([
    {
      label,
      group,
      number: { min, max, step: step ?? 1, ...(unit ? { unit } : {}) },
      run: settle,
      disabled: disabled ? 'not now' : undefined,
    },
  ]);
  return (
    <div className="set">
      <span aria-hidden="true">{caption ?? label}</span>
      <Range {...range} />
      <NumberField
        label={`${label} value`}
        value={value}
        min={min}
        max={max}
        {...(step === undefined ? {} : { step })}
        {...(decimals === undefined ? {} : { decimals })}
        {...(unit === undefined ? {} : { unit })}
        {...(disabled === undefined ? {} : { disabled })}
        onCommit={settle}
      />
    </div>
  );
}
