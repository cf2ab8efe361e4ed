// A check box; the key that toggles it stands behind the label.
import type { ReactElement } from 'react';
import { KeyHint } from './key-hint.tsx';
import { ariaKeys } from './keys.ts';

interface CheckProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly keys?: string;
  readonly disabled?: boolean;
}

export function Check({ label, checked, onChange, keys, disabled }: CheckProps): ReactElement {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the box is drawn, so that it looks the same everywhere
    <button
      type="button"
      role="checkbox"
      className="check"
      aria-checked={checked}
      aria-keyshortcuts={keys ? ariaKeys(keys) : undefined}
      disabled={disabled}
      onClick={() => onChange(!checked)}
    >
      <i />
      {label}
      {keys && <KeyHint keys={keys} />}
    </button>
  );
}
