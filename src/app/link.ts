// The page's address follows the view on screen, and a view follows an address that was opened. Only the hash changes: nothing is sent.
import { describeMark, isMeant } from '../base/kept.ts';
import { changed, keptSet, keptSets } from '../state/keeping.ts';
import { notify } from '../state/log.ts';
import { session } from '../state/session.ts';
import { decodeLink, encodeLink, type Link } from '../state/url-state.ts';
import { wanted } from '../state/wanted.ts';

/** The address is written when the view has rested for a while, and at the latest after some time: each change costs a millisecond,
 *  and browsers allow a hundred in thirty seconds. */
const REST_MS = 400;
const LATEST_MS = 2000;
/** In the history's state: the hash was written here, so a reload is nobody's wish for another data set. */
const OWN = 'somascope';

let timer: ReturnType<typeof setTimeout> | undefined;
let changedAt = 0;
let isForeign = false;

/** Reads the address the page was opened with, and those that are typed later; returns what stops it. */
export function followAddress(): () => void {
  const opened = decodeLink(location.hash);
  isForeign = history.state !== OWN;
  wanted.setState({ link: opened, isOwn: !isForeign });
  const onHash = ({ newURL }: HashChangeEvent) => {
    // As it was typed: the address may follow the view again before this is told.
    const link = decodeLink(new URL(newURL).hash);
    if (link) open(link);
  };
  addEventListener('hashchange', onHash);
  const stop = session.subscribe((now, before) => now.activeId !== before.activeId && showInAddress());
  return () => {
    removeEventListener('hashchange', onHash);
    stop();
  };
}

function open(link: Link): void {
  const found = keptSets().find((one) => isMeant(link.dataset, one));
  if (found) {
    session.setState({ activeId: found.id });
    found.keeper.follow(link.values);
    changed(found.id, false);
    return;
  }
  isForeign = true;
  wanted.setState({ link, isOwn: false });
  tellMissing();
}

/** After a drop: a link that still waits was for something else, which is said once. */
export function tellMissing(): void {
  const { link } = wanted.getState();
  const shown = keptSet(session.getState().activeId);
  if (!link || !shown || !isForeign) return;
  isForeign = false;
  notify(
    'failure',
    `This link needs ${describeMark(link.dataset)}`,
    `Open now: ${describeMark(shown)}. Drop the data that the link needs to see its view.`,
  );
}

/** Puts the view on screen into the address, once it rests. */
export function showInAddress(): void {
  const now = performance.now();
  if (timer === undefined) changedAt = now;
  clearTimeout(timer);
  timer = setTimeout(write, Math.min(REST_MS, Math.max(0, changedAt + LATEST_MS - now)));
}

function write(): void {
  timer = undefined;
  const shown = keptSet(session.getState().activeId);
  // A link that waits for its data stays where it can be copied; an address of something else is not ours to change.
  if (!shown && wanted.getState().link) return;
  if (location.hash !== '' && !decodeLink(location.hash)) return;
  const hash = shown ? encodeLink({ dataset: shown, values: shown.keeper.values() }) : '';
  if (hash !== location.hash) history.replaceState(OWN, '', hash || location.pathname + location.search);
}
