// What keys do now. Views bind keys while they are mounted; the last to bind wins. Keys typed into fields are text, not
// shortcuts; every key can be changed, and single letters, digits and signs can be switched off (WCAG 2.1.4).
import { useEffect, useSyncExternalStore } from 'react';
import { usePreferences } from '../state/hooks.ts';
import { preferences, setPreferences } from '../state/preferences.ts';
import { type Binding, isBinding, nameOf, onRegistered, registered, useActions, useRegistered } from './actions.ts';
import { isSingleKey, parseKeys, pressOf, sameKeys } from './keys.ts';

export type { Binding } from './actions.ts';

/** Binds keys while the component is mounted and `active`. */
export function useShortcuts(bindings: readonly Binding[], active = true): void {
  useActions(bindings, active);
}

/** What a binding's change of key is saved under: an action may have two keys, each changed for itself. */
export function bindingId(binding: Binding): string {
  return `${nameOf(binding)}/${binding.keys}`;
}

/** The keys that do it now: those the person chose, else its own; '' for none. */
export function keysOf(binding: Binding): string {
  return preferences.getState().keys[bindingId(binding)] ?? binding.keys;
}

/** From now on `keys` do it, in this visit and the next; '' takes the key away. */
export function changeKeys(binding: Binding, keys: string): void {
  setPreferences({ keys: { ...preferences.getState().keys, [bindingId(binding)]: keys } });
}

/** Back to the keys that it was made with; whoever has them now is left without. */
export function resetKeys(binding: Binding): void {
  const { [bindingId(binding)]: _, ...keys } = preferences.getState().keys;
  const taken = registered()
    .filter(isBinding)
    .find((one) => keysOf(one) !== '' && bindingId(one) in keys && sameKeys(parseKeys(keysOf(one)), parseKeys(binding.keys)));
  setPreferences({ keys: taken ? { ...keys, [bindingId(taken)]: '' } : keys });
}

/** Everything that is bound now, the newest first; what an earlier binding would do for the same keys is left out. */
export function useBindings(): readonly Binding[] {
  usePreferences();
  const seen = new Set<string>();
  return useRegistered()
    .filter(isBinding)
    .filter((binding) => {
      const keys = keysOf(binding) || bindingId(binding);
      return !seen.has(keys) && seen.add(keys);
    });
}

function keysNow(keys: string): string {
  const binding = registered().find((one): one is Binding => isBinding(one) && one.keys === keys);
  const now = binding ? keysOf(binding) : keys;
  return now && isSingleKey(now) && !preferences.getState().singleKeys ? '' : now;
}

function onKeysChanged(changed: () => void): () => void {
  const stops = [onRegistered(changed), preferences.subscribe(changed)];
  return () => {
    for (const stop of stops) stop();
  };
}

/** What to press for what `keys` is bound to: changed keys as they are now, '' where there is none or it is switched off. */
export function useKeysNow(keys: string | undefined): string {
  return useSyncExternalStore(onKeysChanged, () => (keys ? keysNow(keys) : ''));
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

/** What scrolls and has the focus is scrolled by these. */
const SCROLLING = new Set(['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown']);

/** Whether the focused control has its own use for the key. */
function belongsToControl(event: KeyboardEvent): boolean {
  const target = event.target;
  if (!(target instanceof Element)) return false;
  const { key, ctrl } = pressOf(event);
  if (target.matches(TYPING)) return !ctrl || EDITING.has(key);
  if (SCROLLING.has(key) && !ctrl && target.matches('[tabindex="0"]') && target.scrollHeight > target.clientHeight) return true;
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
  const binding = registered()
    .filter(isBinding)
    .find((one) => keysOf(one) && sameKeys(parseKeys(keysOf(one)), press));
  if (!binding || (isSingleKey(keysOf(binding)) && !preferences.getState().singleKeys)) return;
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
