// Which view is on stage, chosen on the picture itself: for windows too narrow for the thumbnails beside it.
import type { ReactElement } from 'react';
import { Select } from '../../../ui/select.tsx';
import type { CalciumDataset } from './datasets.ts';
import { useCalcium } from './hooks.ts';
import { needImage } from './more-images.ts';
import { VIEW_TITLES, VIEWS, type ViewName } from './store.ts';

export function StageView({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  const view = useCalcium(dataset, (state) => state.view);
  return (
    <div className="on stage-view hide-wide">
      <Select<ViewName>
        label="View"
        unlisted
        value={view}
        onChange={(name) => {
          dataset.store.setState({ view: name });
          needImage(dataset, name);
        }}
        choices={VIEWS.map((name) => ({ value: name, label: VIEW_TITLES[name] }))}
      />
    </div>
  );
}
