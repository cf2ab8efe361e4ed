// The button that opens the dialog Batch, which is fetched when it is first wanted, and the one submission behind it.
import { lazy, type ReactElement, Suspense, useState } from 'react';
import { useActions } from '../../../ui/actions.ts';
import { Button } from '../../../ui/button.tsx';
import { SubmissionDialog } from './submission-dialog.tsx';

const BatchDialog = lazy(() => import('./batch-dialog.tsx').then((module) => ({ default: module.BatchDialog })));

export function BatchButton(): ReactElement {
  const [opened, setOpened] = useState<'batch' | 'submission' | null>(null);
  const close = () => setOpened(null);
  useActions([{ label: 'Batch', group: 'Data sets', run: () => setOpened('batch') }]);
  return (
    <>
      <Button small onClick={() => setOpened('batch')}>
        Batch
      </Button>
      <Suspense>
        {opened === 'batch' && <BatchDialog onClose={close} onSubmission={() => setOpened('submission')} />}
        {opened === 'submission' && <SubmissionDialog onClose={() => setOpened('batch')} />}
      </Suspense>
    </>
  );
}
