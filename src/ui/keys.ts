// Names of keys: 'Space', 'ArrowLeft', 'Ctrl+Enter', 'Shift+ArrowRight', '1', 'a', '?'. Ctrl stands for Cmd on a Mac.

const MAC = typeof navigator !== 'undefined' && /Mac|iP(hone|ad|od)/.test(navigator.platform);

export interface KeyPress {
  /** As KeyboardEvent.key, with ' ' written 'Space' and letters in lower case. */
  readonly key: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
}

const lower = (key: string) => (key.length === 1 ? key.toLowerCase() : key);

export function parseKeys(keys: string): KeyPress {
  const parts = keys.split('+');
  const last = parts.pop() || '+';
  return {
    key: lower(last),
    ctrl: parts.includes('Ctrl'),
    alt: parts.includes('Alt'),
    shift: parts.includes('Shift'),
  };
}

export function pressOf(event: KeyboardEvent): KeyPress {
  return {
    key: event.key === ' ' ? 'Space' : lower(event.key),
    ctrl: MAC ? event.metaKey : event.ctrlKey,
    alt: event.altKey,
    shift: event.shiftKey,
  };
}

const MODIFIERS = new Set(['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Dead', 'Unidentified', 'Process']);

/** The name of what was pressed, as `parseKeys` reads it; null for Shift, Ctrl and their like alone. */
export function keysOfPress({ key, ctrl, alt, shift }: KeyPress): string | null {
  if (MODIFIERS.has(key)) return null;
  return [ctrl && 'Ctrl', alt && 'Alt', shift && shiftCounts(key) && 'Shift', key].filter(Boolean).join('+');
}

const shiftCounts = (key: string) => key.length > 1 || /\p{L}|\d/u.test(key);

/** Shift is part of what types '?' or '+', so it counts for letters, digits and named keys only. */
export function sameKeys(wanted: KeyPress, press: KeyPress): boolean {
  return (
    wanted.key === press.key &&
    wanted.ctrl === press.ctrl &&
    wanted.alt === press.alt &&
    (!shiftCounts(wanted.key) || wanted.shift === press.shift)
  );
}

/** A letter, digit or sign alone: what WCAG 2.1.4 lets people switch off. */
export function isSingleKey(keys: string): boolean {
  const { key, ctrl, alt } = parseKeys(keys);
  return key.length === 1 && !ctrl && !alt;
}

const SHOWN: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Enter: '⏎',
  Escape: 'Esc',
  Delete: 'Del',
  PageUp: 'Page up',
  PageDown: 'Page down',
};

/** 'Ctrl ⏎', '⌘ K' on a Mac. */
export function showKeys(keys: string): string {
  const { key, ctrl, alt, shift } = parseKeys(keys);
  const name = SHOWN[key] ?? (key.length === 1 ? key.toUpperCase() : key);
  return [ctrl && (MAC ? '⌘' : 'Ctrl'), alt && (MAC ? '⌥' : 'Alt'), shift && (MAC ? '⇧' : 'Shift'), name]
    .filter(Boolean)
    .join(' ');
}

/** For aria-keyshortcuts. */
export function ariaKeys(keys: string): string {
  const { key, ctrl, alt, shift } = parseKeys(keys);
  return [ctrl && (MAC ? 'Meta' : 'Control'), alt && 'Alt', shift && 'Shift', key].filter(Boolean).join('+');
}
