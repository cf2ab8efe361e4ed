// What is open: data sets with their score or state, the layers of the one on screen, and the steps that can be undone.
import type { ReactElement } from 'react';
import { grouped } from '../../../base/number-format.ts';
import { useSession } from '../../../state/hooks.ts';
import { reportError } from '../../../state/log.ts';
import { session } from '../../../state/session.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { HiddenIcon, VisibleIcon } from '../../../ui/icons.tsx';
import { LineSample } from '../../../ui/line-sample.tsx';
import { Section } from '../../../ui/section.tsx';
import { type CalciumDataset, chosenDetections, detectionsOf, truthOf } from './datasets.ts';
import { useCalcium } from './hooks.ts';
import { cameFromFile, readOneBased } from './layers.ts';
import type { LayerName } from './store.ts';

export function DataPanel({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  return (
    <>
      <DatasetList />
      <Layers dataset={dataset} />
      <History dataset={dataset} />
    </>
  );
}

function DatasetList(): ReactElement {
  const { datasets, activeId } = useSession();
  return (
    <Section title="Data sets" count={datasets.length}>
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

function Layers({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  const source = useCalcium(dataset, (state) => state.predictionSource);
  useCalcium(dataset, (state) => state.versions.predictions);
  useCalcium(dataset, (state) => state.confidence);
  const truth = truthOf(dataset);
  const hasPredictions = detectionsOf(dataset).length > 0;
  return (
    <Section title="Layers">
      <ul className="rows">
        {hasPredictions && (
          <LayerRow
            dataset={dataset}
            layer="predictions"
            name={source || 'Predictions'}
            count={chosenDetections(dataset).length}
          />
        )}
        {truth && <LayerRow dataset={dataset} layer="truth" name="Truth" count={truth.regions.length} />}
        {hasPredictions && cameFromFile(dataset) && (
          <li className="row">
            <Button
              small
              onClick={() => void readOneBased(dataset).catch((error) => reportError(error, 'The file could not be read again'))}
            >
              Read as counted from one
            </Button>
          </li>
        )}
        {!hasPredictions && !truth && <li className="row off">No regions yet</li>}
      </ul>
    </Section>
  );
}

interface LayerRowProps {
  readonly dataset: CalciumDataset;
  readonly layer: LayerName;
  readonly name: string;
  readonly count: number;
}

function LayerRow({ dataset, layer, name, count }: LayerRowProps): ReactElement {
  const show = useCalcium(dataset, (state) => state.show);
  const visible = show[layer];
  return (
    <li className={visible ? 'row' : 'row off'}>
      <IconButton
        small
        label={`${visible ? 'Hide' : 'Show'} ${name}`}
        icon={visible ? VisibleIcon : HiddenIcon}
        onClick={() => dataset.store.setState({ show: { ...show, [layer]: !visible } })}
      />
      <LineSample kind={layer === 'truth' ? 'truth' : 'pred'} />
      <span className="grow cut">{name}</span>
      <span className="n">{grouped(count)}</span>
    </li>
  );
}

function History({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  const undo = useCalcium(dataset, (state) => state.undo);
  const steps = undo.map((name, index) => ({ name, key: `${index} ${name}` })).reverse();
  return (
    <Section title="History" count={steps.length} fill>
      <ul className="rows">
        {steps.map(({ name, key }, i) => (
          <li key={key} className="row" aria-current={i === 0 ? 'step' : undefined}>
            <span className="grow cut">{name}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
