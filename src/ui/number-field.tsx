// A number with its unit: Enter or leaving commits, ↑ ↓ step (Shift ×10), Esc restores; a wrong value says why.
import { type KeyboardEvent, type ReactElement, useId, useState } from 'react';
import { grouped } from '../base/number-format.ts';
import { classNames } from './class-names.ts';

interface NumberFieldProps {
  /** The accessible name. */
  readonly label: string;
  readonly value: number;
  readonly onCommit: (value: number) => void;
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** Decimals shown; those of `step` unless given. */
  readonly decimals?: number;
  readonly disabled?: boolean;
  /** Narrower than the usual 72 px. */
  readonly width?: number;
}

export function decimalsOf(step: number): number {
  const text = String(step);
  if (text.includes('e-')) return Number(text.slice(text.indexOf('e-') + 2));
  const point = text.indexOf('.');
  return point < 0 ? 0 : text.length - point - 1;
}

export function showNumber(value: number, decimals: number): string {
  return decimals === 0 ? grouped(value) : value.toFixed(decimals);
}

/** The number in a typed text, thousands separators allowed; or a sentence that says what is wrong. */
export function readNumber(text: string, min: number, max: number, decimals: number): number | string {
  const plain = text.replaceAll(',', '').replaceAll('−', '-').trim();
  const value = Number(plain);
  if (plain === '' || !Number.isFinite(value)) return 'Not a number';
  if (value >= min && value <= max) return value;
  if (max === Number.POSITIVE_INFINITY) return `At least ${showNumber(min, decimals)}`;
  if (min === Number.NEGATIVE_INFINITY) return `At most ${showNumber(max, decimals)}`;
  return `From ${showNumber(min, decimals)} to ${showNumber(max, decimals)}`;
}

export function NumberField(props: NumberFieldProps): ReactElement {
  const { label, value, onCommit, unit, step = 1, disabled, width } = props;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY, decimals = decimalsOf(step) } = props;
  const [draft, setDraft] = useState<string | null>(null);
  const whyId = useId();
  const read = draft === null ? value : readNumber(draft, min, max, decimals);
  const why = typeof read === 'string' ? read : null;

  const commit = () => {
    if (draft === null || why !== null) return;
    setDraft(null);
    if (read !== value) onCommit(read as number);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') commit();
    if (event.key === 'Escape' && draft !== null) {
      event.preventDefault();
      event.stopPropagation();
      setDraft(null);
    }
    if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      const by = step * (event.shiftKey ? 10 : 1) * (event.key === 'ArrowUp' ? 1 : -1);
      const from = typeof read === 'number' ? read : value;
      setDraft(null);
      onCommit(Math.min(max, Math.max(min, Number((from + by).toFixed(Math.max(decimals, decimalsOf(step)))))));
    }
  };

  return (
    <span className={classNames('field w', why && 'is-bad')} style={width ? { width } : undefined}>
      <input
        type="text"
        inputMode="decimal"
        role="spinbutton"
        autoComplete="off"
        aria-label={label}
        aria-valuenow={value}
        aria-valuemin={Number.isFinite(min) ? min : undefined}
        aria-valuemax={Number.isFinite(max) ? max : undefined}
        aria-valuetext={unit ? `${showNumber(value, decimals)} ${unit}` : undefined}
        aria-invalid={why !== null}
        aria-describedby={why ? whyId : undefined}
        disabled={disabled}
        value={draft ?? showNumber(value, decimals)}
        onChange={(event) => setDraft(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={() => (why === null ? commit() : setDraft(null))}
        onKeyDown={onKeyDown}
      />
      {unit && <span className="u">{unit}</span>}
      {why && (
        <span className="why" id={whyId} role="note">
          {why}
        </span>
      )}
    </span>
  );
}
