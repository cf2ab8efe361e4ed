// Everything that was said: successes leave the screen after a while, failures stay until dismissed; the log keeps all.
import { createStore } from 'zustand/vanilla';
import { describePlace, toPlain } from '../base/errors.ts';

export type NoticeKind = 'success' | 'warning' | 'failure';

export interface Notice {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly title: string;
  readonly text: string;
  /** For "Copy details": tag, place, stack. */
  readonly details: string;
  readonly time: number;
  readonly open: boolean;
}

export const log = createStore<{ notices: readonly Notice[] }>(() => ({ notices: [] }));

const KEPT = 500;
const SUCCESS_LEAVES_AFTER_MS = 6000;
let nextId = 1;

export function notify(kind: NoticeKind, title: string, text = '', details = ''): number {
  const notice: Notice = {
    id: nextId++,
    kind,
    title,
    text,
    details: details || `${title}\n${text}`,
    time: Date.now(),
    open: true,
  };
  log.setState(({ notices }) => ({ notices: [...notices, notice].slice(-KEPT) }));
  if (kind === 'success') setTimeout(() => dismiss(notice.id), SUCCESS_LEAVES_AFTER_MS);
  return notice.id;
}

export function dismiss(id: number): void {
  log.setState(({ notices }) => ({ notices: notices.map((notice) => (notice.id === id ? { ...notice, open: false } : notice)) }));
}

/** One alert for a caught error: what failed, where, why, what to do. Cancelling is not a failure and says nothing. */
export function reportError(error: unknown, title: string): void {
  const plain = toPlain(error);
  if (plain.tag === 'Aborted') return;
  const place = describePlace(plain.place);
  const text = [place && `${place}:`, plain.message, plain.hint].filter(Boolean).join(' ');
  // A file that is gone is noticed by everything that reads it, no WebGL by the movie and the traces; once is enough.
  if (log.getState().notices.some((notice) => notice.open && notice.kind === 'failure' && notice.text === text)) return;
  notify('failure', title, text, [`${title} [${plain.tag}]`, text, plain.stack ?? ''].join('\n'));
}
