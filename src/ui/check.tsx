// A check box; the key that toggles it stands behind the label. To toggle it is a command of the palette.
import type { ReactElement } from 'react';
import { useActionGroup, useActions } from './actions.ts';
import { KeyHint } from './key-hint.tsx';
import { ariaKeys } from './keys.ts';
import { useKeysNow } from './shortcuts.ts';

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly keys?: string;
  readonly disabled?: boolean;
}

export function Check({ label, checked, onChange, keys, disabled }: CheckProps): ReactElement {
  const keysNow = useKeysNow(keys);
  const group = useActionGroup();
  useActions([{ label, group, run: () => onChange(!checked), disabled: disabled ? 'not now' : undefined }]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the box is drawn, so that it looks the same everywhere
    <button
      type="button"
      role="checkbox"
      className="check"
      aria-checked={checked}
      aria-keyshortcuts={keysNow ? ariaKeys(keysNow) : undefined}
      disabled={disabled}
      onClick={() => onChange(!checked)}
    >
      <i />
      {label}
      {keys && <KeyHint keys={keys} />}
    </button>
  );
}
