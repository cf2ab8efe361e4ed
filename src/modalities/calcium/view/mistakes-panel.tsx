// The tab Mistakes: every region that counts against the score and why, in the order of a walk over the picture; beside the list,
// the match of the selected region. Loaded when it is first shown.
import { type ReactElement, useMemo } from 'react';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { NextIcon, PreviousIcon } from '../../../ui/icons.tsx';
import { LineSample } from '../../../ui/line-sample.tsx';
import type { Column } from '../../../ui/table-parts.tsx';
import { VirtualTable } from '../../../ui/virtual-table.tsx';
import type { CalciumDataset } from './datasets.ts';
import { useCalcium } from './hooks.ts';
import { MatchInspector, matchTeller, useStories } from './match-inspector.tsx';
import { goToRegion, keyOf, type Mistake, mistakesOf, regionLabel, stepMistake } from './mistakes.ts';
import type { StagePicture } from './stage-picture.ts';
import './compare.css';

interface MistakesPanelProps {
  readonly dataset: CalciumDataset;
  readonly picture: StagePicture | null;
}

interface Row {
  readonly mistake: Mistake;
  readonly label: string;
  readonly why: string;
}

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'region',
    head: 'Region',
    left: true,
    width: 96,
    rowHeader: true,
    cell: ({ mistake, label }) => (
      <span className="mk">
        <LineSample kind={mistake.kind === 'extra' ? 'fp' : 'fn'} />
        {label}
      </span>
    ),
  },
  { id: 'row', head: 'Row', width: 56, cell: ({ mistake }) => Math.round(mistake.row) },
  { id: 'col', head: 'Col', width: 56, cell: ({ mistake }) => Math.round(mistake.col) },
  { id: 'why', head: 'Why', left: true, cell: ({ why }) => why, full: ({ why }) => why },
];

export function MistakesPanel({ dataset, picture }: MistakesPanelProps): ReactElement {
  const version = useCalcium(dataset, (state) => state.versions.score);
  const classes = useCalcium(dataset, (state) => state.classes);
  const selection = useCalcium(dataset, (state) => state.selection);
  const stories = useStories(dataset);
  // The version stands for the score that the mistakes are read from.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const rows = useMemo(() => {
    const tell = stories && matchTeller(dataset, stories);
    return mistakesOf(dataset).map((mistake): Row => {
      return { mistake, label: regionLabel(dataset, mistake), why: tell?.(mistake)?.text ?? '' };
    });
  }, [dataset, version, classes, stories]);
  if (!stories) return <Empty text="No score yet: mistakes need predictions and a truth." />;
  return (
    <div className="mistakes">
      {rows.length === 0 ? (
        <Empty text="No mistakes." />
      ) : (
        <VirtualTable
          label="Mistakes"
          rows={rows}
          columns={COLUMNS}
          rowKey={({ mistake }) => mistake.key}
          selected={selection && keyOf(selection)}
          onSelect={(key) => {
            const row = rows.find(({ mistake }) => mistake.key === key);
            if (row) goToRegion(dataset, picture, row.mistake);
          }}
          dense
        />
      )}
      <section className="match" aria-label="Match">
        <div className="match-steps">
          <Button small icon={PreviousIcon} keys="Shift+e" onClick={() => stepMistake(dataset, picture, -1)}>
            Previous error
          </Button>
          <Button small icon={NextIcon} keys="e" onClick={() => stepMistake(dataset, picture, 1)}>
            Next error
          </Button>
        </div>
        <MatchInspector dataset={dataset} stories={stories} onGo={(to) => goToRegion(dataset, picture, to)} />
      </section>
    </div>
  );
}
