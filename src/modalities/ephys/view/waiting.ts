// What was kept of sortings that are not here: they were dropped later the last time, and wait until they are dropped again.
import type { LinkValues } from '../../../base/kept.ts';
import type { KeptSorting } from './kept-edits.ts';

export interface Waiting {
  readonly edits: readonly KeptSorting[];
  /** What Undo calls the edits once they are put back. */
  readonly step: string;
  /** The view that shows one of them; null where none does. */
  readonly view: LinkValues | null;
  /** Of the notice that asks for them. */
  readonly notice: number;
}

const NOTHING: Waiting = { edits: [], step: '', view: null, notice: 0 };
const held = new Map<string, Waiting>();

export function waitingOf(id: string): Waiting {
  return held.get(id) ?? NOTHING;
}

export function setWaiting(id: string, waiting: Partial<Waiting>): void {
  held.set(id, { ...waitingOf(id), ...waiting });
}

export function forgetWaiting(id: string): void {
  held.delete(id);
}
