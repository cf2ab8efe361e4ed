// What can be done now, by name. Views register their actions while they are mounted: with keys (`useShortcuts`) or without
// (`useActions`); menus, tabs, sliders and choices register themselves. The palette lists them all, the help those with keys. Group and label together are an action's name:
// registered twice under one name, it is one action, and the newest registration is what runs.
import { createContext, useContext, useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';

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
let newestFirst: readonly (Action | Binding)[] | null = null;
let nextOrder = 0;
const listeners = new Set<() => void>();

/** A view brings dozens of actions at once: whoever listens is told when all of them are there. */
function setSets(next: readonly ActionSet[]): void {
  sets = next;
  if (newestFirst)
    queueMicrotask(() => {
      for (const listener of listeners) listener();
    });
  newestFirst = null;
}

/** Everything that is registered now, the newest first. */
export function registered(): readonly (Action | Binding)[] {
  newestFirst ??= [...sets].sort((a, b) => b.order - a.order).flatMap(({ actions }) => actions);
  return newestFirst;
}

export function onRegistered(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

export function useRegistered(): readonly (Action | Binding)[] {
  return useSyncExternalStore(onRegistered, registered);
}

/** The head under which the controls inside are listed: that of their section, unless they say another. */
export const ActionGroup = createContext('Page');

export function useActionGroup(): string {
  return useContext(ActionGroup);
}

/** Registers actions while the component is mounted and `active`. */
export function useActions(actions: readonly (Action | Binding)[], active = true): void {
  const [order] = useState(() => nextOrder++);
  const now = useEffectEvent(() => actions);
  // Registered anew only when what is said of them changes; what they do is read when it is done.
  const said = JSON.stringify(actions.map((action) => ({ ...action, release: 'release' in action })));
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    if (!active) return;
    const made = now().map((action, index): Action | Binding => {
      const run = (value: number) => now()[index]?.run(value);
      if (action.number) return { ...action, run };
      const plain = { ...action, run: () => run(0) };
      return isBinding(action) && action.release ? { ...plain, release: () => (now()[index] as Binding).release?.() } : plain;
    });
    const set = { order, actions: made };
    setSets([...sets, set]);
    return () => setSets(sets.filter((one) => one !== set));
  }, [said, active, order]);
}
