// Tabs choose what is shown; arrow keys move; each is a command of the palette. The panel is a TabPanel of the same `group`.
import type { ReactElement, ReactNode } from 'react';
import { grouped } from '../base/number-format.ts';
import { useActions } from './actions.ts';
import { moveWithin } from './move-within.ts';

export interface Tab<T extends string> {
  readonly id: T;
  readonly label: string;
  readonly count?: number;
  readonly disabled?: boolean;
}

interface TabsProps<T extends string> {
  /** Accessible name of the list. */
  readonly label: string;
  /** Prefix of the ids, unique on the page. */
  readonly group: string;
  readonly tabs: readonly Tab<T>[];
  readonly value: T;
  readonly onChange: (id: T) => void;
}

export function Tabs<T extends string>({ label, group, tabs, value, onChange }: TabsProps<T>): ReactElement {
  useActions(
    tabs.map((tab) => ({
      label: tab.label,
      group: label,
      run: () => onChange(tab.id),
      disabled: tab.disabled ? 'not now' : undefined,
    })),
  );
  return (
    <div
      role="tablist"
      aria-label={label}
      className="tabs"
      onKeyDown={(event) => {
        const chosen = tabs[moveWithin(event, '[role="tab"]')];
        if (chosen) onChange(chosen.id);
      }}
    >
      {tabs.map((tab) => (
        <button
          key={tab.id}
          type="button"
          role="tab"
          id={`${group}-tab-${tab.id}`}
          aria-selected={tab.id === value}
          aria-controls={tab.id === value ? `${group}-panel-${tab.id}` : undefined}
          tabIndex={tab.id === value ? 0 : -1}
          disabled={tab.disabled}
          onClick={() => onChange(tab.id)}
        >
          {tab.label}
          {tab.count !== undefined && <span className="n"> {grouped(tab.count)}</span>}
        </button>
      ))}
    </div>
  );
}

interface TabPanelProps {
  readonly group: string;
  readonly id: string;
  readonly className?: string;
  readonly children: ReactNode;
}

export function TabPanel({ group, id, className, children }: TabPanelProps): ReactElement {
  return (
    <div role="tabpanel" id={`${group}-panel-${id}`} aria-labelledby={`${group}-tab-${id}`} className={className}>
      {children}
    </div>
  );
}
