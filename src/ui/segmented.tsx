// One of several: how something looks. A radio group with a name; arrow keys choose; each choice is a command of the palette.
import type { ReactElement } from 'react';
import { type Action, useActions } from './actions.ts';
import { classNames } from './class-names.ts';
import { moveWithin } from './move-within.ts';

export interface Choice<T extends string> {
  readonly value: T;
  /** What is seen. */
  readonly label: string;
  /** The accessible name where it differs: 'Standard deviation' for 'Std dev'. */
  readonly name?: string;
  readonly disabled?: boolean;
}

/** The choices as commands, under the name of what they choose: "Speed ×4". */
export function choiceActions<T extends string>(
  group: string,
  choices: readonly Choice<T>[],
  choose: (value: T) => void,
): Action[] {
  return choices.map(({ value, label, name, disabled }) => ({
    label: name ?? label,
    group,
    run: () => choose(value),
    disabled: disabled ? 'not now' : undefined,
  }));
}

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly choices: readonly Choice<T>[];
  readonly onChange: (value: T) => void;
  readonly small?: boolean;
  readonly className?: string;
}

export function Segmented<T extends string>({
  label,
  value,
  choices,
  onChange,
  small,
  className,
}: SegmentedProps<T>): ReactElement {
  useActions(choiceActions(label, choices, onChange));
  const reached = choices.some((one) => one.value === value) ? value : choices[0]?.value;
  return (
    <div
      role="radiogroup"
      aria-label={label}
      className={classNames('seg', small && 'small', className)}
      onKeyDown={(event) => {
        const chosen = choices[moveWithin(event, '[role="radio"]')];
        if (chosen) onChange(chosen.value);
      }}
    >
      {choices.map((one) => (
        // biome-ignore lint/a11y/useSemanticElements: a native radio cannot carry the drawn segment and its focus ring
        <button
          key={one.value}
          type="button"
          role="radio"
          aria-checked={one.value === value}
          aria-label={one.name}
          tabIndex={one.value === reached ? 0 : -1}
          disabled={one.disabled}
          onClick={() => onChange(one.value)}
        >
          {one.label}
        </button>
      ))}
    </div>
  );
}
