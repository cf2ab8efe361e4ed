// Arrow keys, Home and End move within a row or column of choices, of which one is reached by Tab.
import type { KeyboardEvent } from 'react';

const STEP: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Focuses the next enabled button of the group and says which it is; -1 when the key means nothing here. */
export function moveWithin(event: KeyboardEvent<HTMLElement>, selector: string): number {
  const all = [...event.currentTarget.querySelectorAll<HTMLButtonElement>(selector)];
  const enabled = all.filter((one) => !one.disabled);
  const at = enabled.indexOf(document.activeElement as HTMLButtonElement);
  const step = STEP[event.key];
  let next: HTMLButtonElement | undefined;
  if (step !== undefined) next = enabled[(at + step + enabled.length) % enabled.length];
  else if (event.key === 'Home') next = enabled[0];
  else if (event.key === 'End') next = enabled.at(-1);
  if (!next) return -1;
  event.preventDefault();
  next.focus();
  return all.indexOf(next);
}
