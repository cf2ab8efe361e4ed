// What keys do now, grouped and searchable, with the switch for single keys; a press on a key changes it. It lists what is bound,
// so it cannot be out of date.
import { type ReactElement, useState } from 'react';
import { usePreferences } from '../state/hooks.ts';
import { setPreferences } from '../state/preferences.ts';
import { Button, IconButton } from './button.tsx';
import { ChangeKey } from './change-key.tsx';
import { Check } from './check.tsx';
import { classNames } from './class-names.ts';
import { Dialog } from './dialog.tsx';
import { UndoIcon } from './icons.tsx';
import { isSingleKey, showKeys } from './keys.ts';
import { type Binding, bindingId, keysOf, resetKeys, useBindings } from './shortcuts.ts';

/** Bindings of the same group and label share a line: "← →  Step". */
function linesOf(bindings: readonly Binding[]): Map<string, Map<string, Binding[]>> {
  const groups = new Map<string, Map<string, Binding[]>>();
  for (const binding of bindings) {
    const { group, label } = binding;
    const lines = groups.get(group) ?? new Map<string, Binding[]>();
    groups.set(group, lines.set(label, [...(lines.get(label) ?? []), binding]));
  }
  return groups;
}

export function KeyboardHelp({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { singleKeys, keys: changed } = usePreferences();
  const [query, setQuery] = useState('');
  const [changing, setChanging] = useState<Binding | null>(null);
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const found = useBindings().filter((binding) => {
    const text = `${binding.group} ${binding.label} ${showKeys(keysOf(binding))}`.toLowerCase();
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
        {Object.keys(changed).length > 0 && (
          <Button small onClick={() => setPreferences({ keys: {} })}>
            Reset all keys
          </Button>
        )}
      </div>
      <div className="keys">
        {[...linesOf(found)].map(([group, lines]) => (
          <section key={group} aria-label={group}>
            <h3>{group}</h3>
            <ul>
              {[...lines].map(([label, bindings]) => (
                <li
                  key={label}
                  className={classNames(!singleKeys && bindings.every((one) => isSingleKey(keysOf(one))) && 'is-off')}
                >
                  {label}
                  <span className="tags">
                    {bindings.map((binding) => (
                      <Key key={bindingId(binding)} binding={binding} onChange={() => setChanging(binding)} />
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      {found.length === 0 && <p className="t2">No key does that.</p>}
      <p className="s t3 keys-note">
        Press a key here to change it. Tab reaches every control; keys typed into a field are text. What has no key is found by
        Commands.
      </p>
      {changing && <ChangeKey binding={changing} onClose={() => setChanging(null)} />}
    </Dialog>
  );
}

function Key({ binding, onChange }: { readonly binding: Binding; readonly onChange: () => void }): ReactElement {
  const now = keysOf(binding);
  const shown = now ? showKeys(now) : 'no key';
  return (
    <>
      {now !== binding.keys && (
        <IconButton
          small
          label={`Reset ${binding.label} to ${showKeys(binding.keys)}`}
          icon={UndoIcon}
          onClick={() => resetKeys(binding)}
        />
      )}
      <button
        type="button"
        className="key"
        aria-label={`Change the key of ${binding.label}, now ${shown}`}
        aria-haspopup="dialog"
        onClick={onChange}
      >
        <kbd className="tag">{shown}</kbd>
      </button>
    </>
  );
}
