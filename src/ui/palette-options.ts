// The lines of the command palette for what is typed: actions that fit, the best first; a number behind a name is its argument.
import type { RecentCommand } from '../state/preferences.ts';
import { type Action, type Binding, isBinding, type NumberRange, nameOf } from './actions.ts';
import { fuzzyFit } from './fuzzy.ts';
import { decimalsOf, readNumber, showNumber } from './number-field.tsx';
import { keysOf } from './shortcuts.ts';

/** An action by name, with all the keys that do it. */
export interface Command {
  readonly name: string;
  readonly action: Action;
  readonly keys: readonly string[];
}

export interface PaletteLine {
  readonly id: string;
  readonly command: Command;
  /** The head that it stands under: a group's name or "Recent"; '' while something is searched. */
  readonly head: string;
  /** The argument, where one is given and good. */
  readonly value?: number;
  /** "12.0 px" behind the label, or what is to be typed there. */
  readonly argument: string;
  /** Whether choosing it asks for the argument instead of doing it. */
  readonly asks: boolean;
  /** Why it cannot be done now. */
  readonly disabled: string;
  /** Positions in `group label` of the letters that fit. */
  readonly hits: readonly number[];
}

/** One command a name; where two are registered under one, the newest is what runs. */
export function commandsOf(actions: readonly (Action | Binding)[]): Command[] {
  const commands = new Map<string, Command>();
  for (const action of actions) {
    const name = nameOf(action);
    const { action: kept = action, keys = [] } = commands.get(name) ?? {};
    const more = isBinding(action) ? keysOf(action) : '';
    commands.set(name, { name, action: kept, keys: more ? [...keys, more] : keys });
  }
  return [...commands.values()];
}

const RECENT = 'Recent';
/** Doing the same again is what people do most: worth as much as a better place in a word. */
const RECENT_BONUS = 10;
/** What fits the label itself is meant rather than what fits its group. */
const LABEL_BONUS = 8;
/** What can be done comes before what cannot. */
const DISABLED_MALUS = 25;

export function paletteLines(
  commands: readonly Command[],
  query: string,
  recent: readonly RecentCommand[],
): readonly PaletteLine[] {
  return query.trim() === '' ? allLines(commands, recent) : foundLines(commands, query, recent);
}

function allLines(commands: readonly Command[], recent: readonly RecentCommand[]): PaletteLine[] {
  const done = recent.flatMap(({ name, value }): PaletteLine[] => {
    const command = commands.find((one) => one.name === name);
    if (!command) return [];
    return [
      { ...lineOf(command, value === undefined ? '' : String(value)), head: RECENT, id: `${RECENT} ${name} ${value ?? ''}` },
    ];
  });
  const groups = new Map<string, PaletteLine[]>();
  for (const command of commands) {
    const head = command.action.group;
    groups.set(head, [...(groups.get(head) ?? []), { ...lineOf(command, ''), head }]);
  }
  // What people do most has a key; then what has none.
  const withKeys = ({ command }: PaletteLine) => command.keys.length > 0;
  const [first, then] = [true, false].map((keys) => [...groups.values()].filter((lines) => lines.some(withKeys) === keys).flat());
  return [...done, ...first!, ...then!];
}

const WITH_NUMBER = /^(.*\S)\s+([-−+]?[\d.,]+)\s*\p{L}*$/u;

function foundLines(commands: readonly Command[], query: string, recent: readonly RecentCommand[]): PaletteLine[] {
  const [, words = '', number = ''] = WITH_NUMBER.exec(query.trim()) ?? [];
  const found = commands.flatMap((command): { line: PaletteLine; score: number }[] => {
    const takesNumber = number !== '' && command.action.number !== undefined;
    const fit = bestFit(takesNumber ? words : query, command.action);
    if (!fit) return [];
    const again = recent.some(({ name }) => name === command.name) ? RECENT_BONUS : 0;
    const malus = command.action.disabled ? DISABLED_MALUS : 0;
    return [{ line: { ...lineOf(command, takesNumber ? number : ''), hits: fit.hits }, score: fit.score + again - malus }];
  });
  return found.sort((a, b) => b.score - a.score).map(({ line }) => line);
}

function bestFit(query: string, { group, label }: Action) {
  const own = fuzzyFit(query, label);
  if (own) return { score: own.score + LABEL_BONUS, hits: own.hits.map((at) => at + group.length + 1) };
  return fuzzyFit(query, `${group} ${label}`);
}

function lineOf(command: Command, typed: string): PaletteLine {
  const { number, disabled = '' } = command.action;
  const line = { id: command.name, command, head: '', argument: '', asks: false, disabled, hits: [] };
  if (!number) return line;
  const unit = number.unit ? ` ${number.unit}` : '';
  const decimals = decimalsOf(number.step);
  const range = `${rangeText(number, decimals)}${unit}`;
  if (typed === '') return { ...line, argument: range, asks: true };
  const value = readNumber(typed, number.min, number.max, decimals);
  if (typeof value === 'string') return { ...line, argument: typed, disabled: range };
  const rounded = roundTo(value, number);
  return { ...line, value: rounded, argument: `${showNumber(rounded, decimals)}${unit}` };
}

/** "4.0 to 30.0", "at least 0", "any number". */
function rangeText({ min, max }: NumberRange, decimals: number): string {
  if (min === Number.NEGATIVE_INFINITY)
    return max === Number.POSITIVE_INFINITY ? 'any number' : `at most ${showNumber(max, decimals)}`;
  return max === Number.POSITIVE_INFINITY
    ? `at least ${showNumber(min, decimals)}`
    : `${showNumber(min, decimals)} to ${showNumber(max, decimals)}`;
}

function roundTo(value: number, { min, max, step }: NumberRange): number {
  const from = Number.isFinite(min) ? min : 0;
  const rounded = from + Math.round((value - from) / step) * step;
  return Number(Math.min(max, rounded).toFixed(decimalsOf(step)));
}

const KEPT = 6;

/** What was done goes to the front of what was done before. */
export function remember(recent: readonly RecentCommand[], { command, value }: PaletteLine): RecentCommand[] {
  const others = recent.filter((one) => one.name !== command.name || one.value !== value);
  return [{ name: command.name, ...(value === undefined ? {} : { value }) }, ...others].slice(0, KEPT);
}
