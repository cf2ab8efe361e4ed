// What keys do now. Views register bindings while they are mounted; the last to register wins. Keys typed into fields are
// text, not shortcuts; single letters, digits and signs can be switched off (WCAG 2.1.4).
import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import { preferences } from '../state/preferences.ts';
import { isSingleKey, parseKeys, pressOf, sameKeys } from './keys.ts';

export interface Binding {
  /** 'Space', 'ArrowLeft', 'Ctrl+Enter', 'Shift+ArrowRight', '1', 'a', '?'. */
  readonly keys: string;
  /** What it does, for the help: "Play, pause". */
  readonly label: string;
  /** Under which head of the help: "Movie". */
  readonly group: string;
  readonly run: () => void;
  /** For keys that act while held (blink). */
  readonly release?: () => void;
  /** Whether holding the key repeats it (stepping). */
  readonly allowRepeat?: boolean;
}

interface BindingSet {
  /** Parents render before their children, so what lies deeper or came later has the higher number. */
  readonly order: number;
  readonly bindings: readonly Binding[];
}

let bound: readonly BindingSet[] = [];
let nextOrder = 0;
const listeners = new Set<() => void>();

function setBound(next: readonly BindingSet[]): void {
  bound = next;
  for (const listener of listeners) listener();
}

function newestFirst(sets: readonly BindingSet[]): Binding[] {
  return [...sets].sort((a, b) => b.order - a.order).flatMap(({ bindings }) => bindings);
}

/** Everything that is bound now, the newest first; what an earlier binding would do for the same keys is left out. */
export function useBindings(): readonly Binding[] {
  const sets = useSyncExternalStore(
    (changed) => {
      listeners.add(changed);
      return () => listeners.delete(changed);
    },
    () => bound,
  );
  const seen = new Set<string>();
  return newestFirst(sets).filter(({ keys }) => !seen.has(keys) && seen.add(keys));
}

/** Binds keys while the component is mounted and `active`. */
export function useShortcuts(bindings: readonly Binding[], active = true): void {
  const [order] = useState(() => nextOrder++);
  const runAt = useEffectEvent((index: number) => bindings[index]?.run());
  const releaseAt = useEffectEvent((index: number) => bindings[index]?.release?.());
  // The list is registered anew only when what it says changes; what it does is read when it is done.
  const said = JSON.stringify(
    bindings.map(({ keys, label, group, allowRepeat, release }) => [keys, label, group, allowRepeat, Boolean(release)]),
  );
  useEffect(() => {
    if (!active) return;
    const rows = JSON.parse(said) as [string, string, string, boolean | undefined, boolean][];
    const made = rows.map(
      ([keys, label, group, allowRepeat, held], index): Binding => ({
        keys,
        label,
        group,
        run: () => runAt(index),
        ...(allowRepeat ? { allowRepeat } : {}),
        ...(held ? { release: () => releaseAt(index) } : {}),
      }),
    );
    const set = { order, bindings: made };
    setBound([...bound, set]);
    return () => setBound(bound.filter((one) => one !== set));
  }, [said, active, order]);
}

const TYPING =
  'input:not([type="range"], [type="checkbox"], [type="radio"], [type="file"], [type="button"]), textarea, select, [contenteditable="true"]';
// In a field these edit text, whatever else they are bound to.
const EDITING = new Set([
  'a',
  'c',
  'v',
  'x',
  'y',
  'z',
  'ArrowLeft',
  'ArrowRight',
  'ArrowUp',
  'ArrowDown',
  'Home',
  'End',
  'Backspace',
  'Delete',
]);
const SLIDING = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown']);

/** Whether the focused control has its own use for the key. */
function belongsToControl(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  const { key, ctrl } = pressOf(event);
  if (target.matches(TYPING)) return !ctrl || EDITING.has(key);
  if (target.matches('input[type="range"]')) return SLIDING.has(key) && !ctrl;
  return (key === 'Space' || key === 'Enter') && !ctrl && target.matches('button, a, summary, input, [role="menuitem"]');
}

const held = new Map<string, () => void>();

function onKeyDown(event: KeyboardEvent): void {
  if (
    event.defaultPrevented ||
    event.isComposing ||
    belongsToControl(event) ||
    document.querySelector('dialog[open]:not(.drawer)')
  )
    return;
  const press = pressOf(event);
  const binding = newestFirst(bound).find(({ keys }) => sameKeys(parseKeys(keys), press));
  if (!binding || (isSingleKey(binding.keys) && !preferences.getState().singleKeys)) return;
  event.preventDefault();
  if (event.repeat && !binding.allowRepeat) return;
  binding.run();
  if (binding.release) held.set(press.key, binding.release);
}

function releaseHeld(key: string): void {
  held.get(key)?.();
  held.delete(key);
}

function onKeyUp(event: KeyboardEvent): void {
  releaseHeld(pressOf(event).key);
}

/** Starts listening; rendered once by the shell. Leaving the window releases what is held. */
export function useShortcutListener(): void {
  useEffect(() => {
    const blur = () => {
      for (const key of [...held.keys()]) releaseHeld(key);
    };
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keyup', onKeyUp);
    window.addEventListener('blur', blur);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keyup', onKeyUp);
      window.removeEventListener('blur', blur);
    };
  }, []);
}
