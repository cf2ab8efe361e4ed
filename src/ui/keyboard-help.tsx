// What keys do now, grouped and searchable, with the switch for single keys. It lists what is bound, so it cannot be out of date.
import { type ReactElement, useState } from 'react';
import { usePreferences } from '../state/hooks.ts';
import { setPreferences } from '../state/preferences.ts';
import { Check } from './check.tsx';
import { classNames } from './class-names.ts';
import { Dialog } from './dialog.tsx';
import { isSingleKey, showKeys } from './keys.ts';
import { type Binding, useBindings } from './shortcuts.ts';

/** Bindings of the same group and label share a line: "← →  Step". */
function linesOf(bindings: readonly Binding[]): Map<string, Map<string, string[]>> {
  const groups = new Map<string, Map<string, string[]>>();
  for (const { group, label, keys } of bindings) {
    const lines = groups.get(group) ?? new Map<string, string[]>();
    groups.set(group, lines.set(label, [...(lines.get(label) ?? []), keys]));
  }
  return groups;
}

export function KeyboardHelp({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { singleKeys } = usePreferences();
  const [query, setQuery] = useState('');
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = useBindings().filter(({ keys, label, group }) => {
    const text = `${group} ${label} ${showKeys(keys)}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
  return (
    <Dialog title="Keyboard" wide onClose={onClose}>
      <div className="keys-head">
        <span className="field text grow">
          <input
            type="search"
            aria-label="Search keys"
            placeholder="Search"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </span>
        <Check label="Single-key shortcuts" checked={singleKeys} onChange={(on) => setPreferences({ singleKeys: on })} />
      </div>
      <div className="keys">
        {[...linesOf(found)].map(([group, lines]) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <ul>
              {[...lines].map(([label, keys]) => (
                <li key={label} className={classNames(!singleKeys && keys.every(isSingleKey) && 'is-off')}>
                  {label}
                  <span className="tags">
                    {keys.map((one) => (
                      <kbd key={one} className="tag">
                        {showKeys(one)}
                      </kbd>
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {found.length === 0 && <p className="t2">No key does that.</p>}
      <p className="s t3 keys-note">Tab reaches every control. Keys typed into a field are text.</p>
    </Dialog>
  );
}
