// One of many: the native select, dressed as a small menu button; each choice is a command of the palette.
import type { ReactElement } from 'react';
import { useActions } from './actions.ts';
import { classNames } from './class-names.ts';
import { DownIcon } from './icons.tsx';
import { type Choice, choiceActions } from './segmented.tsx';

interface SelectProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
  readonly disabled?: boolean;
  readonly className?: string;
  /** Its choices are commands by other names already. */
  readonly unlisted?: boolean;
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
  unlisted = false,
}: SelectProps<T>): ReactElement {
  useActions(choiceActions(label, choices, onChange), !unlisted && !disabled);
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
