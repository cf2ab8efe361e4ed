// Which page lies over the view. The address names it: #credits, #verify.
import { createStore } from 'zustand/vanilla';

export const PAGES = {
  catalogue: 'Catalogue',
  'coming-from': 'Coming from…',
  credits: 'Credits',
  verify: 'Verify this browser',
} as const;
export type PageName = keyof typeof PAGES;

export const page = createStore<{ readonly shown: PageName | null }>(() => ({ shown: null }));

/** The address before the page was opened, which closing it brings back. */
let before = '';

function named(hash: string): PageName | null {
  const name = hash.replace(/^#/, '');
  return name in PAGES ? (name as PageName) : null;
}

export function openPage(name: PageName): void {
  location.hash = name;
}

export function closePage(): void {
  history.replaceState(history.state, '', `${location.pathname}${location.search}${before}`);
  page.setState({ shown: null });
}

/** Follows the address; returns what stops it. */
export function watchPage(): () => void {
  const follow = (event?: HashChangeEvent) => {
    const shown = named(location.hash);
    const last = event ? new URL(event.oldURL).hash : '';
    if (shown && !named(last)) before = last;
    page.setState({ shown });
  };
  follow();
  addEventListener('hashchange', follow);
  return () => removeEventListener('hashchange', follow);
}
