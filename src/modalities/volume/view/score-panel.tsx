// How good the prediction on screen is: corrected beside as published, the confusion matrix, cells by their centres.
import type { ReactElement } from 'react';
import { fixed, grouped } from '../../../base/number-format.ts';
import { useJobs } from '../../../state/hooks.ts';
import { Button } from '../../../ui/button.tsx';
import { Section } from '../../../ui/section.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { Table } from '../../../ui/table.tsx';
import type { Column } from '../../../ui/table-parts.tsx';
import { BLOCKS, type ScoreBlocks, type ScoreSummary, type ScoreTask, TASK_TITLES, TASKS } from '../shared/score-types.ts';
import { Confusion } from './confusion.tsx';
import { bricksIn, type VolumeDataset } from './datasets.ts';
import { useVolume } from './hooks.ts';
import { classColour, cssColour } from './palette.ts';
import { Published } from './published-scores.tsx';
import { scoredClasses } from './scored-classes.ts';
import { canScoreFiles, scoreFromFiles } from './scoring.ts';
import { type Layer, shownLayer } from './store.ts';
import { TaskOne, TaskThree } from './task-answers.tsx';

export function ScorePanel({ dataset }: { readonly dataset: VolumeDataset }): ReactElement {
  const scores = useVolume(dataset, (state) => state.scores);
  return (
    <>
      <Score dataset={dataset} scores={scores} />
      {scores && <ConfusionSection dataset={dataset} scores={scores} />}
      {scores && scores.task !== 'all' && <Published scores={scores} />}
      <Cells dataset={dataset} />
      <TaskOne dataset={dataset} />
      <TaskThree dataset={dataset} />
    </>
  );
}

interface Scored {
  readonly dataset: VolumeDataset;
  readonly scores: ScoreSummary;
}

function Score({ dataset, scores }: Pick<Scored, 'dataset'> & { readonly scores: ScoreSummary | null }): ReactElement {
  const style = useVolume(dataset, (state) => state.scoreStyle);
  const layers = useVolume(dataset, (state) => state.layers);
  const truth = shownLayer({ layers }, 'truth');
  const prediction = shownLayer({ layers }, 'prediction');
  const isBusy = useJobs().some((job) => job.dataset === dataset.id && !job.idle);
  const { setState } = dataset.store;
  if (!scores) {
    return (
      <Section
        title="Score"
        padded
        {...(canScoreFiles(dataset) && {
          tools: (
            <Button small disabled={isBusy} onClick={() => void scoreFromFiles(dataset)}>
              Score
            </Button>
          ),
        })}
      >
        <p className="s t2">{hintFor(dataset, truth, prediction)}</p>
      </Section>
    );
  }
  const isPublished = style === 'published';
  const { corrected } = scores;
  const hero = isPublished ? scores.old.meanIou : corrected.meanIou;
  const figures = isPublished
    ? [
        ['Mean F1, old', scores.old.meanF1],
        ['Mean IoU, new', scores.new.meanIou],
        ['Balanced accuracy', scores.new.balancedAccuracy],
      ]
    : [
        ['Accuracy', corrected.accuracy],
        ['Mean F1', corrected.meanF1],
        ['κ', corrected.kappa],
      ];
  return (
    <Section
      title="Score"
      foldable
      tools={
        <Segmented
          small
          label="Score as"
          value={style}
          onChange={(to) => setState({ scoreStyle: to })}
          choices={[
            { value: 'corrected', label: 'Corrected' },
            { value: 'published', label: 'As published' },
          ]}
        />
      }
    >
      <div className="pad">
        <div className="hero">
          <div>
            <div className="t3 s">{isPublished ? 'Mean IoU, old' : 'Mean IoU'}</div>
            <div className="big" title={String(hero)}>
              {fixed(hero, 3)}
            </div>
          </div>
          <dl className="figs volume-figs">
            {figures.map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd title={String(value)}>{fixed(value as number, 3)}</dd>
              </div>
            ))}
          </dl>
        </div>
        <p
          className="s t3 cut"
          title={`${scores.prediction} against ${scores.truth}`}
        >{`${shortOf(scores.prediction)} against ${shortOf(scores.truth)}`}</p>
        <Kinds dataset={dataset} />
      </div>
      <ScoreTable dataset={dataset} scores={scores} />
    </Section>
  );
}

function hintFor(dataset: VolumeDataset, truth: Layer | undefined, prediction: Layer | undefined): string {
  if (canScoreFiles(dataset))
    return 'Both volumes are larger than memory: scoring reads all of their files, a few planes at a time.';
  if (!truth) return 'Drop the labels of this volume to score against.';
  if (prediction && bricksIn(dataset, prediction))
    return 'What is labelled here is a part of the volume. To score all of it, save Segmentation NPY and drop that file.';
  return 'Drop a prediction of this volume, or segment it here.';
}

const shortOf = (name: string) => name.split('/').at(-1) ?? name;

function Kinds({ dataset }: Pick<Scored, 'dataset'>): ReactElement | null {
  const task = useVolume(dataset, (state) => state.task);
  const blocks = useVolume(dataset, (state) => state.blocks);
  const { setState } = dataset.store;
  const isSplit = dataset.info.cutouts.length > 0;
  return (
    <div className="volume-kinds">
      {isSplit && (
        <Select<ScoreTask>
          label="Task"
          value={task}
          onChange={(to) => setState({ task: to })}
          choices={TASKS.map((value) => ({ value, label: TASK_TITLES[value] }))}
        />
      )}
      <Select<ScoreBlocks>
        label="Images"
        value={blocks}
        onChange={(to) => setState({ blocks: to })}
        choices={BLOCKS.map((value) => ({
          value,
          label: value === '2-D' ? '2-D, slices' : value === '3-D clean' ? '3-D, clean blocks' : '3-D, reference blocks',
        }))}
      />
    </div>
  );
}

interface ScoreRow {
  readonly id: number;
  readonly name: string;
  readonly colour: string;
  readonly values: readonly number[];
}

function ScoreTable({ dataset, scores }: Scored): ReactElement {
  const style = useVolume(dataset, (state) => state.scoreStyle);
  const chosen = useVolume(dataset, (state) => state.chosenClass);
  const classes = scoredClasses(dataset, scores);
  const heads = style === 'published' ? ['F1 old', 'IoU old', 'F1 new', 'IoU new'] : ['Precision', 'Recall', 'F1', 'IoU'];
  const rows = classes.map((one, i): ScoreRow => {
    const { precision, recall, f1, iou } = scores.corrected.classes[i]!;
    const published = [scores.old.f1[i]!, scores.old.iou[i]!, scores.new.f1[i]!, scores.new.iou[i]!];
    return {
      id: one.id,
      name: one.name,
      colour: cssColour(classColour(one)),
      values: style === 'published' ? published : [precision, recall, f1, iou],
    };
  });
  const columns: Column<ScoreRow>[] = [
    {
      id: 'class',
      head: 'Class',
      left: true,
      rowHeader: true,
      cell: ({ name, colour }) => (
        <span className="volume-class">
          <span className="sw" style={{ background: colour }} />
          <span>{name}</span>
        </span>
      ),
      full: ({ name }) => name,
    },
    ...heads.map(
      (head, i): Column<ScoreRow> => ({
        id: head,
        head,
        width: 57,
        cell: ({ values }) => fixed(values[i], 3),
        full: ({ values }) => String(values[i]),
      }),
    ),
  ];
  return (
    <div className="volume-table">
      <Table
        dense
        label="Scores"
        columns={columns}
        rows={rows}
        rowKey={({ id }) => String(id)}
        selected={chosen === null ? null : String(chosen)}
        onSelect={(key) => dataset.store.setState({ chosenClass: chosen === Number(key) ? null : Number(key) })}
      />
      {style === 'published' && (
        <p className="pad s t3">
          {`Old: mean over ${grouped(scores.images)} images, where an absent class counts 1. New: counts first. MTNeuro's script prints the old IoU as the new one.`}
        </p>
      )}
    </div>
  );
}

function ConfusionSection({ dataset, scores }: Scored): ReactElement {
  return (
    <Section title="Confusion" foldable note="rows are truth, share of row">
      <Confusion classes={scoredClasses(dataset, scores)} counts={scores.confusion} />
      {scores.strays.length > 0 && (
        <p className="pad s t2">{`Outside the classes: ${scores.strays.map(({ value, voxels }) => `${value} (${grouped(voxels)} voxels)`).join(', ')}`}</p>
      )}
    </Section>
  );
}

function Cells({ dataset }: Pick<Scored, 'dataset'>): ReactElement | null {
  const cells = useVolume(dataset, (state) => state.cells);
  const edge = useVolume(dataset, (state) => state.voxelSize[2]);
  const isRead = useVolume(dataset, (state) => state.scores !== null) && canScoreFiles(dataset);
  if (isRead)
    return (
      <Section title="Cells" padded>
        <p className="s t2">Not matched: that needs all cells of both volumes in memory at once.</p>
      </Section>
    );
  if (!cells) return null;
  return (
    <Section title="Cells" note={`centres within 5 voxels, ${fixed(5 * edge, 1)} µm`} padded>
      <dl className="figs volume-figs four">
        {(
          [
            ['F1', cells.f1],
            ['Precision', cells.precision],
            ['Recall', cells.recall],
            ['Distance, voxels', cells.meanDistance],
          ] as const
        ).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd title={String(value)}>{fixed(value, 3)}</dd>
          </div>
        ))}
      </dl>
      <p className="s t3">{`${grouped(cells.pairs)} of ${grouped(cells.truths)} true cells found, ${grouped(cells.found)} in the prediction`}</p>
    </Section>
  );
}
