// The row of tools above the stage: layers, how they are coloured, the rarer views, smoothing, zoom.
import type { ReactElement } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Check } from '../../../ui/check.tsx';
import { FitIcon } from '../../../ui/icons.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import type { CalciumDataset } from './datasets.ts';
import { useCalcium } from './hooks.ts';
import type { StagePicture } from './stage-picture.ts';
import type { CalciumState } from './store.ts';

const SMOOTHING = ['1', '3', '5', '9', '15'];

export function Toolbar({
  dataset,
  picture,
}: {
  readonly dataset: CalciumDataset;
  readonly picture: StagePicture | null;
}): ReactElement {
  const show = useCalcium(dataset, (state) => state.show);
  const blind = useCalcium(dataset, (state) => state.blind) !== null;
  const colourBy = useCalcium(dataset, (state) => state.colourBy);
  const difference = useCalcium(dataset, (state) => state.difference);
  const set = dataset.store.setState;
  const toggle = (change: Partial<CalciumState['show']>) => set({ show: { ...show, ...change } });
  return (
    <div className="tools hide-narrow">
      <Check label="Predictions" keys="p" checked={show.predictions} onChange={(predictions) => toggle({ predictions })} />
      {!blind && <Check label="Truth" keys="g" checked={show.truth} onChange={(truth) => toggle({ truth })} />}
      <Check label="Fill" keys="z" checked={show.fill} onChange={(fill) => toggle({ fill })} />
      <span className="vr" />
      <Segmented
        small
        className="t-opt"
        label="Colour by"
        value={colourBy}
        onChange={(value) => set({ colourBy: value })}
        choices={[
          { value: 'result', label: 'By result' },
          { value: 'layer', label: 'By layer' },
        ]}
      />
      {difference && <Check label="Difference" checked onChange={() => set({ difference: null })} />}
      <span className="push" />
      <MovieTools dataset={dataset} />
      <Button icon={FitIcon} keys="f" onClick={() => picture?.fit()}>
        Fit
      </Button>
    </div>
  );
}

function MovieTools({ dataset }: { readonly dataset: CalciumDataset }): ReactElement | null {
  const view = useCalcium(dataset, (state) => state.view);
  const smoothing = useCalcium(dataset, (state) => state.smoothing);
  const deltaF = useCalcium(dataset, (state) => state.deltaF);
  const ready = useCalcium(dataset, (state) => state.framesRead > 0);
  if (view !== 'movie') return null;
  const set = (change: Partial<Pick<CalciumState, 'smoothing' | 'deltaF'>>) => {
    dataset.store.setState(change);
    dataset.player.refresh();
  };
  return (
    <>
      <Check label="ΔF/F₀" checked={deltaF} disabled={!ready} onChange={(on) => set({ deltaF: on })} />
      <Select
        label="Smoothing"
        value={String(smoothing)}
        onChange={(value) => set({ smoothing: Number(value) })}
        choices={SMOOTHING.map((value) => ({ value, label: value === '1' ? 'No smoothing' : `Mean of ${value}` }))}
      />
    </>
  );
}
