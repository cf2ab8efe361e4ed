// The page without network: the service worker of the built page stores every file of it at the first visit. A new version is
// stored beside the old one and offered; it takes over when the person says so, never by itself.
import { toPlain } from '../base/errors.ts';
import { dismiss, notify } from '../state/log.ts';
import { update } from '../state/update.ts';

let registration: ServiceWorkerRegistration | undefined;
let isAsked = false;

/** Called once, when the page has loaded: what it stores is not to hold up the first screen. */
export async function startOffline(): Promise<void> {
  // The development server's files are none that could be stored; pages from http: elsewhere have no service workers.
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  try {
    await serviceWorker.register('./sw.js', { updateViaCache: 'none' });
  } catch (error) {
    // Private windows and full disks: the page works as long as there is network, so the log is enough.
    dismiss(notify('warning', 'The page cannot be stored', `It will need network. ${toPlain(error).message}`));
  }
  registration = await serviceWorker.getRegistration();
  if (!registration) return;
  const { installing } = registration;
  // The very first version has nobody to replace.
  const offer = () => update.setState({ waiting: Boolean(registration?.waiting && serviceWorker.controller) });
  installing?.addEventListener('statechange', offer);
  registration.addEventListener('updatefound', () => registration?.installing?.addEventListener('statechange', offer));
  serviceWorker.addEventListener('controllerchange', () => {
    if (isAsked) location.reload();
  });
  offer();
}

/** Browsers let the old version finish what it answers, and have been seen to forget the one that waits meanwhile. */
const ASK_AGAIN_MS = 1000;

/** Lets the version that waits take over, and reloads. */
export function takeUpdate(): void {
  isAsked = true;
  const waiting = registration?.waiting;
  waiting?.postMessage('take over');
  if (waiting) setTimeout(takeUpdate, ASK_AGAIN_MS);
  // Another tab took it already.
  else location.reload();
}

export function declineUpdate(): void {
  update.setState({ waiting: false });
}
