// Asks for a layer's new name.
import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';

interface RenameDialogProps {
  readonly name: string;
  readonly onRename: (name: string) => void;
  readonly onClose: () => void;
}

const LONGEST = 80;

export function RenameDialog({ name, onRename, onClose }: RenameDialogProps): ReactElement {
  const [draft, setDraft] = useState(name);
  const form = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onRename(draft);
    onClose();
  };
  return (
    <Dialog
      title={`Rename ${name}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="main" type="submit" form={form} disabled={draft.trim() === ''}>
            Rename
          </Button>
        </>
      }
    >
      <form id={form} className="rename" onSubmit={submit}>
        <span className="field text">
          <input
            type="text"
            aria-label="Name"
            autoComplete="off"
            maxLength={LONGEST}
            value={draft}
            onChange={(event) => setDraft(event.target.value)}
            onFocus={(event) => event.target.select()}
          />
        </span>
      </form>
    </Dialog>
  );
}
