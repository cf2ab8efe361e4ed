// What is open: data sets with their score or state, the layers of the one on screen, and the steps that can be undone.
import type { ReactElement } from 'react';
import { OpenDatasets } from '../../../ui/open-datasets.tsx';
import { BatchButton } from './batch-button.tsx';
import type { CalciumDataset } from './datasets.ts';
import { HistoryList } from './history-list.tsx';
import { useCalcium } from './hooks.ts';
import { LabellerSection } from './labeller-section.tsx';
import { LayersPanel } from './layers-panel.tsx';

export function DataPanel({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  return (
    <>
      <DatasetList dataset={dataset} />
      <LayersPanel dataset={dataset} />
      <LabellerSection dataset={dataset} />
      <HistoryList dataset={dataset} />
    </>
  );
}

function DatasetList({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  // The batch shows scores and runs detections: not while somebody labels blind.
  const blind = useCalcium(dataset, (state) => state.blind) !== null;
  return <OpenDatasets tools={blind ? undefined : <BatchButton />} />;
}
