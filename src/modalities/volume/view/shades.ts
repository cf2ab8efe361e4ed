// Tokens of the style sheet for canvases, each read once for a look of the page: asking for one has all styles computed.
import { getOrMake } from '../../../base/get-or-make.ts';
import { token } from '../../../ui/css-vars.ts';

const known = new Map<string, string>();
let observer: MutationObserver | undefined;

export function shade(name: `--${string}`): string {
  if (!observer) {
    // Theme and palette are attributes of the page.
    observer = new MutationObserver(() => known.clear());
    observer.observe(document.documentElement, { attributes: true });
  }
  return getOrMake(known, name, () => token(name));
}
