// The way to a second person's labels: label blind, then see how far people agree. In the left panel, below the layers.
import { lazy, type ReactElement, Suspense, useState } from 'react';
import { useActions } from '../../../ui/actions.ts';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../../../ui/section.tsx';
import type { CalciumDataset } from './datasets.ts';
import { useCalcium } from './hooks.ts';
import './labeller.css';

const LabellerDialog = lazy(async () => ({ default: (await import('./labeller-dialog.tsx')).LabellerDialog }));
const AgreementDialog = lazy(async () => ({ default: (await import('./agreement-dialog.tsx')).AgreementDialog }));

/** Nothing while somebody labels: the banner has the way out. */
export function LabellerSection({ dataset }: { readonly dataset: CalciumDataset }): ReactElement | null {
  const blind = useCalcium(dataset, (state) => state.blind);
  const layers = useCalcium(dataset, (state) => state.layers);
  const [opened, setOpened] = useState<'label' | 'agreement' | null>(null);
  const close = () => setOpened(null);
  const group = 'Second labeller';
  const none = layers.length === 0 ? 'no layers yet' : undefined;
  useActions(
    blind === null
      ? [
          { label: 'Label blind', group, run: () => setOpened('label') },
          { label: 'Agreement', group, run: () => setOpened('agreement'), disabled: none },
        ]
      : [],
  );
  if (blind !== null) return null;
  return (
    <Section title={group}>
      <div className="labeller-tools">
        <Button small onClick={() => setOpened('label')}>
          Label blind…
        </Button>
        <Button small disabled={layers.length === 0} onClick={() => setOpened('agreement')}>
          Agreement…
        </Button>
      </div>
      <Suspense>
        {opened === 'label' && <LabellerDialog dataset={dataset} onClose={close} />}
        {opened === 'agreement' && <AgreementDialog dataset={dataset} onClose={close} />}
      </Suspense>
    </Section>
  );
}
