// What waits for data that is not open yet: a link that was followed, and the sets of session files that were dropped.
import { createStore } from 'zustand/vanilla';
import type { DatasetMark } from '../base/kept.ts';
import { isMeant } from '../base/kept.ts';
import type { SessionSet } from './session-file.ts';
import type { Link } from './url-state.ts';

export interface Wanted {
  readonly link: Link | null;
  /** The link is what this page itself wrote before it was reloaded: what is remembered of the data is newer. */
  readonly isOwn: boolean;
  readonly sessions: readonly SessionSet[];
}

export const wanted = createStore<Wanted>(() => ({ link: null, isOwn: false, sessions: [] }));

/** Sets of session files wait for their data; a later file replaces what an earlier one said of the same set. */
export function awaitSessions(sets: readonly SessionSet[]): void {
  wanted.setState(({ sessions }) => ({
    sessions: [...sessions.filter((one) => !sets.some((set) => isMeant(set, one))), ...sets],
  }));
}

/** What a session says of the data set that was opened; it waits no longer. */
export function claimSession(open: DatasetMark): SessionSet | undefined {
  const { sessions } = wanted.getState();
  const found = sessions.find((one) => isMeant(one, open));
  if (found) wanted.setState({ sessions: sessions.filter((one) => one !== found) });
  return found;
}

/** The view of the link, if it was waiting for this data set. */
export function claimLink(open: DatasetMark): Link | null {
  const { link } = wanted.getState();
  if (!link || !isMeant(link.dataset, open)) return null;
  wanted.setState({ link: null });
  return link;
}
