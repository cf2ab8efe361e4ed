// The user's scores beside MTNeuro's published tables of task 2.
import type { ReactElement } from 'react';
import { fixed } from '../../../base/number-format.ts';
import { Section } from '../../../ui/section.tsx';
import { Table } from '../../../ui/table.tsx';
import type { Column } from '../../../ui/table-parts.tsx';
import { TASK2_3CLASS, TASK2_4CLASS, TASK2_NOTE } from '../shared/published.ts';
import type { ScoreSummary, ScoreTask } from '../shared/score-types.ts';

interface PublishedRow {
  readonly method: string;
  readonly own: boolean;
  readonly f1: readonly number[];
  readonly iou: readonly number[];
}

interface Figures {
  readonly f1: readonly number[];
  readonly iou: readonly number[];
  readonly meanF1: number;
  readonly meanIou: number;
}

/** "As published" (old: mean over images; new: counts first) beside what they should be. */
export function ownRows({ old, new: pooled, corrected }: ScoreSummary): PublishedRow[] {
  const own = (method: string, { f1, iou, meanF1, meanIou }: Figures): PublishedRow => ({
    method,
    own: true,
    f1: [...f1, meanF1],
    iou: [...iou, meanIou],
  });
  const { classes, meanF1, meanIou } = corrected;
  return [
    own('Yours, old', old),
    own('Yours, new', pooled),
    own('Yours, corrected', { f1: classes.map(({ f1 }) => f1), iou: classes.map(({ iou }) => iou), meanF1, meanIou }),
  ];
}

/** One's own scores above those of the paper. */
export function Published({ scores }: { readonly scores: ScoreSummary }): ReactElement {
  const dimensions = scores.blocks === '2-D' ? 2 : 3;
  return (
    <Section title="Published" note={`${dimensions}-D, test set`}>
      <TaskTwoTable label="Published scores" task={scores.task} dimensions={dimensions} own={ownRows(scores)} />
      <p className="pad s t3">{TASK2_NOTE}</p>
    </Section>
  );
}

interface TaskTwoProps {
  readonly label: string;
  readonly task: ScoreTask;
  readonly dimensions: 2 | 3;
  readonly own: readonly PublishedRow[];
}

export function TaskTwoTable({ label, task, dimensions, own }: TaskTwoProps): ReactElement {
  const isThree = task === '3-class';
  const published = (isThree ? TASK2_3CLASS : TASK2_4CLASS).filter((row) => row.dimensions === dimensions);
  const heads = isThree ? ['bg', 'vessel', 'cell', 'mean'] : ['bg', 'vessel', 'cell', 'axon', 'mean'];
  const columns: Column<PublishedRow>[] = [
    {
      id: 'method',
      head: 'F1 / IoU',
      left: true,
      rowHeader: true,
      cell: ({ method, own: isOwn }) => (isOwn ? <b className="volume-region">{method}</b> : method),
    },
    ...heads.map(
      (head, i): Column<PublishedRow> => ({
        id: head,
        head,
        // The last column keeps its distance from the edge.
        width: (isThree ? 60 : 50) + (head === 'mean' ? 8 : 0),
        ...(head === 'bg' ? { title: isThree ? 'Background and axon' : 'Background' } : {}),
        cell: ({ f1, iou }) => `${short(f1[i])} ${short(iou[i])}`,
        full: ({ f1, iou }) => `F1 ${f1[i]}, IoU ${iou[i]}`,
      }),
    ),
  ];
  const rows = [...own, ...published.map((row) => ({ ...row, own: false }))];
  return <Table dense label={label} columns={columns} rows={rows} rowKey={(row) => `${rows.indexOf(row)}`} />;
}

const short = (value: number | undefined) => fixed(value, 2).replace(/^0\./, '.');
