// The key behind a label. Hidden from assistive technology, where aria-keyshortcuts says it and the name stays exact.
import type { ReactElement } from 'react';
import { showKeys } from './keys.ts';

export function KeyHint({ keys }: { readonly keys: string }): ReactElement {
  return (
    <span className="kbd" aria-hidden="true">
      {showKeys(keys)}
    </span>
  );
}
