// For browser tests only: shows a part on a page with the real style sheets and presses real keys' events on it.
import './styles/index.css';
import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';

declare global {
  // React's switch for act() outside its own test renderers.
  var IS_REACT_ACT_ENVIRONMENT: boolean | undefined;
}

let root: Root | undefined;

/** Shows `what` in place of what was shown before. */
export async function show(what: ReactNode): Promise<HTMLElement> {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true;
  if (!root) {
    const host = document.createElement('div');
    host.id = 'root';
    document.body.append(host);
    root = createRoot(host);
  }
  await act(async () => root?.render(what));
  return document.body;
}

export async function clear(): Promise<void> {
  await act(async () => root?.render(null));
}

/** Does something that changes the page and waits until React has drawn it. */
export async function settle(change: () => unknown): Promise<void> {
  await act(async () => {
    await change();
  });
}

/** The one element with this role and accessible name (aria-label, or its text). */
export function byRole(role: string, name: string): HTMLElement {
  const tags: Readonly<Record<string, string>> = { button: 'button:not([role])', slider: 'input[type="range"]', table: 'table' };
  const all = [...document.querySelectorAll<HTMLElement>(`[role="${role}"]${tags[role] ? `, ${tags[role]}` : ''}`)];
  const found = all.filter((one) => nameOf(one) === name);
  if (found.length !== 1)
    throw new Error(`${found.length} elements of role ${role} named ${name}; there are ${all.map(nameOf).join(' | ')}`);
  return found[0]!;
}

function nameOf(element: HTMLElement): string {
  const copy = element.cloneNode(true) as HTMLElement;
  for (const hidden of copy.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
  return element.getAttribute('aria-label') ?? (copy.textContent ?? '').trim();
}

/** A key press as the browser reports it: where the focus is, or on `target`. */
export async function press(
  key: string,
  options: KeyboardEventInit = {},
  target: Element = document.activeElement ?? document.body,
): Promise<KeyboardEvent> {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...options });
  await settle(() => {
    target.dispatchEvent(event);
    target.dispatchEvent(new KeyboardEvent('keyup', { key, bubbles: true, ...options }));
  });
  return event;
}

/** Types into a field as a person would: the whole text at once, then React's input event. */
export async function type(field: Element, text: string): Promise<void> {
  const setter = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
  await settle(() => {
    setter?.call(field, text);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
}
