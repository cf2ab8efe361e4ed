// The banner over the movie while somebody labels blind: who, what is hidden, how many regions, and the way out.
import type { ReactElement } from 'react';
import { grouped } from '../../../base/number-format.ts';
import { useActions } from '../../../ui/actions.ts';
import { Button } from '../../../ui/button.tsx';
import { HiddenIcon } from '../../../ui/icons.tsx';
import { endBlind } from './blind.ts';
import { type CalciumDataset, detectionsOf } from './datasets.ts';
import { useCalcium } from './hooks.ts';
import './labeller.css';

export function BlindBanner({ dataset }: { readonly dataset: CalciumDataset }): ReactElement | null {
  const blind = useCalcium(dataset, (state) => state.blind);
  useCalcium(dataset, (state) => state.versions.predictions);
  const leave = () => endBlind(dataset);
  useActions(blind === null ? [] : [{ label: 'Leave blind labelling', group: 'Second labeller', run: leave }]);
  if (blind === null) return null;
  const count = detectionsOf(dataset).length;
  return (
    <section className="blind" aria-label="Blind labelling">
      <HiddenIcon />
      <p className="grow">
        <span className="strong">{blind} labels blind.</span>{' '}
        <span className="t2">
          Truth, predictions and scores are hidden. {count === 1 ? '1 region' : `${grouped(count)} regions`} drawn.
        </span>
      </p>
      <Button kind="edge" small onClick={leave}>
        Leave
      </Button>
    </section>
  );
}
