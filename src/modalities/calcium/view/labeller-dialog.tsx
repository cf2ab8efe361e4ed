// Asks who labels blind; somebody who has labels here goes on with them.
import { type FormEvent, type ReactElement, useId, useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { startBlind } from './blind.ts';
import { isLabelSource } from './blind-set.ts';
import type { CalciumDataset } from './datasets.ts';
import { useCalcium } from './hooks.ts';

interface LabellerDialogProps {
  readonly dataset: CalciumDataset;
  readonly onClose: () => void;
}

const LONGEST = 40;

export function LabellerDialog({ dataset, onClose }: LabellerDialogProps): ReactElement {
  const [name, setName] = useState('');
  const layers = useCalcium(dataset, (state) => state.layers);
  const people = layers.filter(({ source }) => isLabelSource(source)).map(({ source }) => source.slice('Labels of '.length));
  const form = useId();
  const known = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    startBlind(dataset, name);
    onClose();
  };
  return (
    <Dialog
      title="Label blind"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="main" type="submit" form={form} disabled={name.trim() === ''}>
            {people.includes(name.trim()) ? 'Go on' : 'Begin'}
          </Button>
        </>
      }
    >
      <p className="t2">
        Truth, predictions and scores are hidden until you leave. What you draw becomes a layer of your own. Leaving and undo
        bring everything back.
      </p>
      <form id={form} className="rename labeller-name" onSubmit={submit}>
        <span className="field text">
          <input
            type="text"
            aria-label="Your name"
            placeholder="Your name"
            autoComplete="off"
            list={known}
            maxLength={LONGEST}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        </span>
        <datalist id={known}>
          {people.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      </form>
    </Dialog>
  );
}
