// The dialog Batch: every open data set and every wanted test set in a table; Run all detects in one after another with the
// parameters of a chosen set or the defaults, and one submission holds them all. It may be closed while it runs.
import { type ReactElement, useState } from 'react';
import { useStore } from 'zustand';
import { fixed } from '../../../base/number-format.ts';
import { useSession } from '../../../state/hooks.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Select } from '../../../ui/select.tsx';
import { batch, DEFAULT_PARAMETERS, type Parameters, runBatch } from './batch.ts';
import { batchLines } from './batch-rows.ts';
import { BatchTable } from './batch-table.tsx';
import { allDatasets, datasetById, detectionsOf } from './datasets.ts';
import { saveBatch } from './table-exports.ts';
import './batch.css';

const DEFAULTS = 'defaults';

interface BatchDialogProps {
  readonly onClose: () => void;
  readonly onSubmission: () => void;
}

export function BatchDialog({ onClose, onSubmission }: BatchDialogProps): ReactElement {
  const { datasets, activeId } = useSession();
  const { running, rows } = useStore(batch);
  const [chosen, setChosen] = useState(activeId ?? DEFAULTS);
  const open = allDatasets().filter(({ id }) => datasets.some((one) => one.id === id));
  const lines = batchLines(open.map(({ id, info }) => ({ id, name: info.shortName })));
  const ids = lines.flatMap(({ id }) => id ?? []);
  const rest = ids.filter((id) => detectionsOf(datasetById(id)!).length === 0);
  const run = (which: readonly string[]) => void runBatch(which, parametersOf(chosen));
  return (
    <Dialog
      title="Batch"
      broad
      onClose={onClose}
      actions={
        <>
          <Button kind="edge" disabled={running} onClick={() => void saveBatch(lines, rows)}>
            Batch CSV
          </Button>
          <Button kind="edge" disabled={running} onClick={onSubmission}>
            Submission JSON
          </Button>
          <Button disabled={running || rest.length === 0 || rest.length === ids.length} onClick={() => run(rest)}>
            Run the rest
          </Button>
          <Button kind="main" disabled={running || ids.length === 0} onClick={() => run(ids)}>
            Run all
          </Button>
        </>
      }
    >
      <div className="batch-head">
        <p className="t2">One data set after another; it goes on while this is closed.</p>
        <span className="push" />
        <span className="t2" aria-hidden="true">
          Parameters
        </span>
        <Select
          label="Parameters"
          value={chosen}
          disabled={running}
          onChange={setChosen}
          choices={[
            { value: DEFAULTS, label: 'Defaults' },
            ...open.map(({ id, name }) => ({ value: id, label: `As in ${name}` })),
          ]}
        />
      </div>
      <p className="s t3">{describe(parametersOf(chosen))}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="batch-table" aria-label="Data sets of the batch" tabIndex={0}>
        <BatchTable lines={lines} rows={rows} />
      </section>
    </Dialog>
  );
}

function parametersOf(chosen: string): Parameters {
  const state = chosen === DEFAULTS ? DEFAULT_PARAMETERS : datasetById(chosen)?.store.getState();
  const { diameter, sensitivity, labels } = state ?? DEFAULT_PARAMETERS;
  return { diameter, sensitivity, labels };
}

const LABELS = { both: 'active and visible cells', active: 'active cells', visible: 'all visible cells' } as const;

function describe({ diameter, sensitivity, labels }: Parameters): string {
  const size = diameter === null ? 'diameter found from each movie' : `diameter ${fixed(diameter, 1)} px`;
  return `Labels are ${LABELS[labels]}, ${size}, sensitivity ${fixed(sensitivity, 2)}; the match threshold is each set’s own.`;
}
