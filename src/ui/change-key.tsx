// Asks for another key: shows what is pressed, says whose key that is, and gives it over where the person wants so.
import { type KeyboardEvent, type ReactElement, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { keysOfPress, parseKeys, pressOf, sameKeys, showKeys } from './keys.ts';
import { type Binding, bindingId, changeKeys, keysOf, resetKeys, useBindings } from './shortcuts.ts';

/** Browsers close, open and leave by these, and let no page take them. */
const RESERVED = ['Ctrl+w', 'Ctrl+t', 'Ctrl+n', 'Ctrl+Shift+w', 'Ctrl+Shift+t', 'Ctrl+Shift+n'];

export function ChangeKey({ binding, onClose }: { readonly binding: Binding; readonly onClose: () => void }): ReactElement {
  const [pressed, setPressed] = useState('');
  const bindings = useBindings();
  const reserved = RESERVED.includes(pressed);
  const other = pressed
    ? bindings.find(
        (one) => bindingId(one) !== bindingId(binding) && keysOf(one) && sameKeys(parseKeys(keysOf(one)), parseKeys(pressed)),
      )
    : undefined;
  const onKeyDown = (event: KeyboardEvent) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    // Esc closes and Tab goes on to the buttons, as everywhere.
    if (plain && (event.key === 'Tab' || event.key === 'Escape')) return;
    event.preventDefault();
    event.stopPropagation();
    setPressed(keysOfPress(pressOf(event.nativeEvent)) ?? pressed);
  };
  const done = (change: () => void) => () => {
    change();
    onClose();
  };
  return (
    <Dialog
      title={`Key for “${binding.label}”`}
      onClose={onClose}
      actions={
        <>
          {keysOf(binding) !== '' && <Button onClick={done(() => changeKeys(binding, ''))}>No key</Button>}
          {keysOf(binding) !== binding.keys && (
            <Button onClick={done(() => resetKeys(binding))}>{`Back to ${showKeys(binding.keys)}`}</Button>
          )}
          <Button
            kind="main"
            disabled={!pressed || reserved}
            onClick={done(() => {
              if (other) changeKeys(other, '');
              changeKeys(binding, pressed);
            })}
          >
            {pressed ? `Use ${showKeys(pressed)}` : 'Use it'}
          </Button>
        </>
      }
    >
      <input
        className="new-key"
        readOnly
        aria-label="New key"
        aria-describedby="new-key-note"
        placeholder="Press the new key"
        value={pressed && showKeys(pressed)}
        onKeyDown={onKeyDown}
      />
      <p id="new-key-note" role="status" className={other || reserved ? 'warn-ink s' : 't2 s'}>
        {reserved
          ? `The browser keeps ${showKeys(pressed)} for itself.`
          : other
            ? `${showKeys(pressed)} is “${other.label}” (${other.group}), which will be left without a key.`
            : pressed
              ? 'This key is free.'
              : `Now ${keysOf(binding) ? showKeys(keysOf(binding)) : 'no key'}. Any key or combination but Tab and Esc.`}
      </p>
    </Dialog>
  );
}
