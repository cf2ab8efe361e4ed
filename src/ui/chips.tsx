// A legend that filters: pressed shows a class, not pressed hides it everywhere; each is a command of the palette.
import type { ReactElement } from 'react';
import { grouped } from '../base/number-format.ts';
import { useActions } from './actions.ts';
import { type LineKind, LineSample } from './line-sample.tsx';

export interface Chip<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly count?: number;
  /** The class's line, or the colour of its swatch. */
  readonly line?: LineKind;
  readonly swatch?: string;
}

interface ChipsProps<T extends string> {
  /** Accessible name of the group. */
  readonly label: string;
  readonly chips: readonly Chip<T>[];
  readonly shown: ReadonlySet<T>;
  readonly onToggle: (id: T, shown: boolean) => void;
}

export function Chips<T extends string>({ label, chips, shown, onToggle }: ChipsProps<T>): ReactElement {
  useActions(chips.map((chip) => ({ label: chip.label, group: label, run: () => onToggle(chip.id, !shown.has(chip.id)) })));
  return (
    <fieldset className="chips" aria-label={label}>
      {chips.map((chip) => (
        <button
          key={chip.id}
          type="button"
          className="chip"
          aria-pressed={shown.has(chip.id)}
          onClick={() => onToggle(chip.id, !shown.has(chip.id))}
        >
          {chip.line && <LineSample kind={chip.line} />}
          {chip.swatch && <span className="sw" style={{ background: chip.swatch }} />}
          <span className="name cut">{chip.label}</span>{' '}
          {chip.count !== undefined && <span className="n">{grouped(chip.count)}</span>}
        </button>
      ))}
    </fieldset>
  );
}
