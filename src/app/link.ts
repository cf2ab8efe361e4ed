// The page's address follows the view on screen, and a view follows an address that was opened. Only the hash changes: nothing is sent.
import { describeMark, isMeant } from '../base/kept.ts';
import { changed, keptSet, keptSets } from '../state/keeping.ts';
import { notify } from '../state/log.ts';
import { session } from '../state/session.ts';
import { decodeLink, encodeLink, type Link } from '../state/url-state.ts';
import { wanted } from '../state/wanted.ts';

/** Browsers allow a hundred changes in thirty seconds. */
const EVERY_MS = 400;
/** In the history's state: the hash was written here, so a reload is nobody's wish for another data set. */
const OWN = 'somascope';

let isDue = false;
let isForeign = false;

/** Reads the address the page was opened with, and those that are typed later; returns what stops it. */
export function followAddress(): () => void {
  const opened = decodeLink(location.hash);
  isForeign = history.state !== OWN;
  wanted.setState({ link: opened });
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
  wanted.setState({ link });
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

/** Puts the view on screen into the address, a moment later and at most every so often. */
export function showInAddress(): void {
  if (isDue) return;
  isDue = true;
  setTimeout(() => {
    isDue = false;
    const shown = keptSet(session.getState().activeId);
    // A link that waits for its data stays where it can be copied; an address of something else is not ours to change.
    if (!shown && wanted.getState().link) return;
    if (location.hash !== '' && !decodeLink(location.hash)) return;
    const hash = shown ? encodeLink({ dataset: shown, values: shown.keeper.values() }) : '';
    if (hash !== location.hash) history.replaceState(OWN, '', hash || location.pathname + location.search);
  }, EVERY_MS);
}
