// All published tables of MTNeuro, one after another; scores of volumes that are open here stand above those of the same task.
import type { ReactElement } from 'react';
import { fixed } from '../../../base/number-format.ts';
import { useSession } from '../../../state/hooks.ts';
import { Table } from '../../../ui/table.tsx';
import type { Column } from '../../../ui/table-parts.tsx';
import { TASK1, TASK1_PEOPLE, TASK2_NOTE, TASK3_BYOL } from '../shared/published.ts';
import type { ScoreSummary } from '../shared/score-types.ts';
import { datasetById } from './datasets.ts';
import { ownRows, TaskTwoTable } from './published-scores.tsx';

const DIMENSIONS = [2, 3] as const;
const CLASSES = ['3-class', '4-class'] as const;

export function PublishedTables(): ReactElement {
  const { datasets } = useSession();
  const scores = datasets.flatMap(({ id }) => datasetById(id)?.store.getState().scores ?? []);
  return (
    <>
      <section aria-label="Task 2, published">
        <h4>Task 2: F1 and IoU on the test set</h4>
        <div className="volume-catalogue-grid">
          {CLASSES.flatMap((task) =>
            DIMENSIONS.map((dimensions) => (
              <div key={`${task} ${dimensions}`}>
                <p className="s t2">{`${dimensions}-D, ${task === '3-class' ? '3 classes' : '4 classes, without ZI'}`}</p>
                <TaskTwoTable
                  label={`Task 2, ${dimensions}-D, ${task}`}
                  task={task}
                  dimensions={dimensions}
                  own={scores.filter((one) => isOf(one, task, dimensions)).flatMap(ownRows)}
                />
              </div>
            )),
          )}
        </div>
        <p className="s t3">{TASK2_NOTE}</p>
      </section>
      <div className="volume-catalogue-grid">
        <section aria-label="Task 1, published">
          <h4>Task 1: accuracy by the paper’s protocols</h4>
          <Table dense label="Task 1, accuracy" columns={PROTOCOLS} rows={TASK1} rowKey={({ method }) => method} />
          <p className="s t3">{TASK1_PEOPLE}</p>
        </section>
        <section aria-label="Task 3, published">
          <h4>Task 3: R² of a linear readout of BYOL’s embeddings</h4>
          <Table dense label="Task 3, R²" columns={READOUT} rows={FEATURES} rowKey={([feature]) => feature} />
          <p className="s t3">Fitted and scored on the same quadrants.</p>
        </section>
      </div>
    </>
  );
}

function isOf({ task, blocks }: ScoreSummary, wanted: string, dimensions: 2 | 3): boolean {
  return task === wanted && (blocks === '2-D' ? 2 : 3) === dimensions;
}

const PROTOCOLS: readonly Column<(typeof TASK1)[number]>[] = [
  { id: 'method', head: 'Method', left: true, rowHeader: true, cell: ({ method }) => method },
  ...['ROI-C1', 'ROI-C2', 'ROI-C3'].map(
    (head, i): Column<(typeof TASK1)[number]> => ({
      id: head,
      head,
      width: 92,
      cell: ({ accuracy, spread }) => `${fixed(accuracy[i], 2)}${spread ? ` ± ${fixed(spread[i], 2)}` : ''}`,
    }),
  ),
];

const FEATURES = [
  ['Vessel share', TASK3_BYOL.vessel],
  ['Cell count', TASK3_BYOL.cellCount],
  ['Distance to the nearest cell', TASK3_BYOL.nearestNeighbour],
  ['Cell size', TASK3_BYOL.cellSize],
  ['Axon share', TASK3_BYOL.axon],
] as const;

const READOUT: readonly Column<(typeof FEATURES)[number]>[] = [
  { id: 'feature', head: 'Feature', left: true, rowHeader: true, cell: ([feature]) => feature },
  { id: 'r2', head: 'R²', width: 80, cell: ([, value]) => fixed(value, 3) },
];
