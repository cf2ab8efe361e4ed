// The banner over the movie while somebody labels blind: who, what is hidden, how many regions, and the way out.
import type { ReactElement } from 'react';
import { grouped } from '../../../base/number-format.ts';
import { useActions } from '../../../ui/actions.ts';
import { Button } from '../../../ui/button.tsx';
import { Check } from '../../../ui/check.tsx';
import { HiddenIcon } from '../../../ui/icons.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { endBlind } from './blind.ts';
import { type CalciumDataset, detectionsOf } from './datasets.ts';
import { useCalcium } from './hooks.ts';
import './labeller.css';

const DISC = { min: 2, max: 100, usual: 10 };

export function BlindBanner({ dataset }: { readonly dataset: CalciumDataset }): ReactElement | null {
  const blind = useCalcium(dataset, (state) => state.blind);
  const disc = useCalcium(dataset, (state) => state.blindDisc);
  const set = dataset.store.setState;
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
      <Check label="Click places a disc" checked={disc !== null} onChange={(on) => set({ blindDisc: on ? DISC.usual : null })} />
      {disc !== null && (
        <NumberField
          label="Disc diameter"
          value={disc}
          min={DISC.min}
          max={DISC.max}
          step={0.5}
          decimals={1}
          unit="px"
          onCommit={(value) => set({ blindDisc: value })}
        />
      )}
      <Button kind="edge" small onClick={leave}>
        Leave
      </Button>
    </section>
  );
}
