// What can be done now, by name. Views register their actions while they are mounted: with keys (`useShortcuts`) or without
// (`useActions`); the palette lists them all, the keyboard help those with keys. Group and label together are an action's name:
// registered twice under one name, it is one action, and the newest registration is what runs.
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';

interface Named {
  /** What it does: "Play, pause", "Soma diameter". The same in every state of the page. */
  readonly label: string;
  /** Under which head: "Movie", "Export". */
  readonly group: string;
  /** Why it cannot be done now: "no regions yet". */
  readonly disabled?: string | undefined;
}

export interface PlainAction extends Named {
  readonly run: () => void;
  readonly number?: undefined;
}

/** What a number that is typed behind an action's name may be. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** What is typed is rounded to the nearest of min, min + step … */
  readonly step: number;
  readonly unit?: string;
}

/** An action that takes a number: "Soma diameter 12". */
export interface NumberAction extends Named {
  readonly number: NumberRange;
  readonly run: (value: number) => void;
}

export type Action = PlainAction | NumberAction;

/** An action that a key does. */
export interface Binding extends PlainAction {
  /** 'Space', 'ArrowLeft', 'Ctrl+Enter', 'Shift+ArrowRight', '1', 'a', '?'. */
  readonly keys: string;
  /** For keys that act while held (blink). */
  readonly release?: () => void;
  /** Whether holding the key repeats it (stepping). */
  readonly allowRepeat?: boolean;
}

export const isBinding = (action: Action | Binding): action is Binding => 'keys' in action;

/** What an action is remembered by. */
export function nameOf({ group, label }: Pick<Action, 'group' | 'label'>): string {
  return `${group}/${label}`;
}

interface ActionSet {
  /** Parents render before their children, so what lies deeper or came later has the higher number. */
  readonly order: number;
  readonly actions: readonly (Action | Binding)[];
}

let sets: readonly ActionSet[] = [];
let newestFirst: readonly (Action | Binding)[] = [];
let nextOrder = 0;
const listeners = new Set<() => void>();

function setSets(next: readonly ActionSet[]): void {
  sets = next;
  newestFirst = [...sets].sort((a, b) => b.order - a.order).flatMap(({ actions }) => actions);
  for (const listener of listeners) listener();
}

/** Everything that is registered now, the newest first. */
export function registered(): readonly (Action | Binding)[] {
  return newestFirst;
}

export function onRegistered(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

export function useRegistered(): readonly (Action | Binding)[] {
  return useSyncExternalStore(onRegistered, registered);
}

/** Registers actions while the component is mounted and `active`. */
export function useActions(actions: readonly (Action | Binding)[], active = true): void {
  const [order] = useState(() => nextOrder++);
  const runAt = useEffectEvent((index: number, value: number) => actions[index]?.run(value));
  const releaseAt = useEffectEvent((index: number) => {
    const action = actions[index];
    if (action && isBinding(action)) action.release?.();
  });
  // The list is registered anew only when what it says changes; what it does is read when it is done.
  const said = JSON.stringify(actions.map((action) => ({ ...action, release: 'release' in action })));
  useEffect(() => {
    if (!active) return;
    const rows = JSON.parse(said) as (Action & { release: boolean })[];
    const made = rows.map(
      ({ release, ...row }, index): Action => ({
        ...row,
        run: (value = 0) => runAt(index, value),
        ...(release ? { release: () => releaseAt(index) } : {}),
      }),
    );
    const set = { order, actions: made };
    setSets([...sets, set]);
    return () => setSets(sets.filter((one) => one !== set));
  }, [said, active, order]);
}
