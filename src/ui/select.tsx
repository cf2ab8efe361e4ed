// One of many: the native select, dressed as a small menu button.
import type { ReactElement } from 'react';
import { classNames } from './class-names.ts';
import { DownIcon } from './icons.tsx';
import type { Choice } from './segmented.tsx';

interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
  readonly className?: string;
  /** CSS background of a small swatch before the text. */
  readonly swatch?: string;
}

export function Select<T extends string>({
  label,
  value,
  choices,
  onChange,
  disabled,
  className,
  swatch,
}: SelectProps<T>): ReactElement {
  return (
    <span className={classNames('sel', swatch && 'with-swatch', className)}>
      {swatch && <span className="sw" style={{ background: swatch }} />}
      <select aria-label={label} value={value} disabled={disabled} onChange={(event) => onChange(event.target.value as T)}>
        {choices.map((one) => (
          <option key={one.value} value={one.value} disabled={one.disabled} aria-label={one.name}>
            {one.label}
          </option>
        ))}
      </select>
      <DownIcon className="menu-mark" />
    </span>
  );
}
