// What a person set once and expects to find again: theme, panel sizes, folded sections, keys, recent commands, cache budget.
import { createStore } from 'zustand/vanilla';

export type Theme = 'dark' | 'light';

export interface RecentCommand {
  /** Group and label of the action. */
  readonly name: string;
  /** The number that it was given. */
  readonly value?: number | undefined;
}

export interface Preferences {
  readonly theme: Theme;
  readonly singleKeys: boolean;
  /** Keys that were changed, by binding; '' takes the key away. */
  readonly keys: Readonly<Record<string, string>>;
  /** What was done from the palette, the latest first. */
  readonly recent: readonly RecentCommand[];
  /** Titles of the sections that are folded. */
  readonly folded: readonly string[];
  /** CSS pixels. */
  readonly leftWidth: number;
  readonly rightWidth: number;
  readonly timeHeight: number;
  /** Bytes the page may keep decoded; 0 = the default for this device. */
  readonly cacheBudget: number;
}

export const DEFAULTS: Preferences = {
  theme: 'dark',
  singleKeys: true,
  keys: {},
  recent: [],
  folded: [],
  leftWidth: 232,
  rightWidth: 368,
  timeHeight: 188,
  cacheBudget: 0,
};
const KEY = 'somascope.preferences';

function load(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Preferences>) };
  } catch {
    // Storage may be denied or hold another version's text; the defaults are as good as any.
    return DEFAULTS;
  }
}

export const preferences = createStore<Preferences>(load);

export function setPreferences(change: Partial<Preferences>): void {
  preferences.setState(change);
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences.getState()));
  } catch {
    // Denied or full storage: the setting holds for this visit.
  }
}
