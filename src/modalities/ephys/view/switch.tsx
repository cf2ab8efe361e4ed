// A switch: one step of the chain, on or off at once. To switch it is a command of the palette.
import type { ReactElement } from 'react';
import { useActionGroup, useActions } from '../../../ui/actions.ts';

interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Switch({ label, checked, onChange }: SwitchProps): ReactElement {
  const group = useActionGroup();
  useActions([{ label, group, run: () => onChange(!checked) }]);
  return (
    <button type="button" role="switch" className="check" aria-checked={checked} onClick={() => onChange(!checked)}>
      <i />
      {label}
    </button>
  );
}
