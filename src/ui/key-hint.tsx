// The key behind a label, as it is now: changed keys show as changed, keys that are switched off not at all. Hidden from assistive
// technology, where aria-keyshortcuts says it and the name stays exact.
import type { ReactElement } from 'react';
import { showKeys } from './keys.ts';
import { useKeysNow } from './shortcuts.ts';

/** `keys` are those that the binding was made with. */
export function KeyHint({ keys }: { readonly keys: string }): ReactElement | null {
  const now = useKeysNow(keys);
  return now ? (
    <span className="kbd" aria-hidden="true">
      {showKeys(now)}
    </span>
  ) : null;
}
