// What is open: data sets with their score or state, the layers of the one on screen, and the steps that can be undone.
import type { ReactElement } from 'react';
import { useSession } from '../../../state/hooks.ts';
import { session } from '../../../state/session.ts';
import { Section } from '../../../ui/section.tsx';
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
  const { datasets, activeId } = useSession();
  // The batch shows scores and runs detections: not while somebody labels blind.
  const blind = useCalcium(dataset, (state) => state.blind) !== null;
  return (
    <Section title="Data sets" count={datasets.length} tools={blind ? undefined : <BatchButton />}>
      <ul className="rows">
        {datasets.map(({ id, name, note }) => (
          <li key={id}>
            <button
              type="button"
              className="row pick"
              aria-current={id === activeId ? 'true' : undefined}
              onClick={() => session.setState({ activeId: id })}
            >
              <span className="grow cut">{name}</span>
              <span className="n">{note}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
