// "A new version is ready": offered at the bottom left, taken by a press, gone until the next visit otherwise.
import type { ReactElement } from 'react';
import { useUpdate } from '../state/hooks.ts';
import { useActions } from '../ui/actions.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { CloseIcon } from '../ui/icons.tsx';
import { declineUpdate, takeUpdate } from './offline.ts';

export function UpdateOffer(): ReactElement {
  const waiting = useUpdate();
  useActions([{ label: 'Reload to the new version', group: 'Page', run: takeUpdate }], waiting);
  return (
    <section className="toasts offer" aria-label="Update" aria-live="polite">
      {waiting && (
        <div className="pop toast">
          <div className="grow">
            <p className="strong">A new version is ready</p>
            <p className="text t2 s">A reload closes the data sets that are open.</p>
          </div>
          <Button kind="edge" small onClick={takeUpdate}>
            Reload
          </Button>
          <IconButton small label="Not now" icon={CloseIcon} onClick={declineUpdate} />
        </div>
      )}
    </section>
  );
}
