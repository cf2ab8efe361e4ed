// The tables Mistakes, Layer scores and Batch as CSV. Loaded when one is asked for. Places are [row, column] in pixels, counted from 0.
import type { LayerScore } from '../shared/compare.ts';
import type { BatchRow } from './batch.ts';
import type { BatchLine } from './batch-rows.ts';
import { layerScore, storiesOf } from './comparing.ts';
import { type Cell, csvText } from './csv.ts';
import { type CalciumDataset, chosenDetections, datasetById } from './datasets.ts';
import { exportName } from './export-names.ts';
import { matchTeller } from './match-inspector.tsx';
import { mistakesOf, regionLabel } from './mistakes.ts';
import { attempt, countOf, saveEncoded, tell } from './saving.ts';
import { SCORE_COLUMNS } from './scores-table.tsx';

type Table = readonly (readonly Cell[])[];

function saveTable(file: string, rows: Table, one: string, many: string): void {
  tell(file, saveEncoded(file, csvText(rows), 'text/csv'), countOf(rows.length - 1, one, many));
}

/** In the order of the walk, without the classes that the legend hides. */
export function saveMistakes(dataset: CalciumDataset): Promise<void> {
  const file = exportName(dataset.info.shortName, 'mistakes.csv');
  return attempt(file, async () => saveTable(file, await mistakeRows(dataset), 'mistake', 'mistakes'));
}

export async function mistakeRows(dataset: CalciumDataset): Promise<Table> {
  const stories = await storiesOf(dataset);
  const tellMatch = stories && matchTeller(dataset, stories);
  const rows = mistakesOf(dataset).map((mistake) => {
    const told = tellMatch?.(mistake);
    const distance = told && 'distance' in told.story ? told.story.distance : null;
    const nearest = told?.other ? regionLabel(dataset, told.other) : null;
    return [regionLabel(dataset, mistake), mistake.layer, mistake.kind, mistake.row, mistake.col, nearest, distance, told?.text];
  });
  return [['region', 'layer', 'result', 'row', 'col', 'nearest', 'distance_px', 'why'], ...rows];
}

const FIGURES = ['combined', 'recall', 'precision'] as const;
const OVERLAPS = ['inclusion', 'exclusion'] as const;

/** Every layer against the truth: the benchmark's score and both second opinions. */
export function saveLayerScores(dataset: CalciumDataset): Promise<void> {
  const file = exportName(dataset.info.shortName, 'layers.csv');
  return attempt(file, () => saveTable(file, layerRows(dataset), 'layer', 'layers'));
}

export function layerRows(dataset: CalciumDataset): Table {
  const { layers, threshold } = dataset.store.getState();
  const head = ['layer', 'role', 'regions', 'threshold_px', ...FIGURES, ...OVERLAPS];
  const opinions = (['optimal', 'iou_0.5'] as const).flatMap((name) => FIGURES.map((figure) => `${name}_${figure}`));
  const rows = layers.map(({ id, name, role }) => {
    const score = layerScore(dataset, id);
    return [name, role, score?.regions, threshold, ...figuresOf(score)];
  });
  return [[...head, ...opinions], ...rows];
}

function figuresOf(score: LayerScore | null): Cell[] {
  const { optimal, overlap } = score ?? {};
  const names = [...FIGURES, ...OVERLAPS];
  return [...names.map((name) => score?.[name]), ...[optimal, overlap].flatMap((one) => FIGURES.map((name) => one?.[name]))];
}

const BATCH_FILE = 'batch.csv';

export function saveBatch(lines: readonly BatchLine[], rows: Readonly<Record<string, BatchRow>>): Promise<void> {
  return attempt(BATCH_FILE, () => saveTable(BATCH_FILE, batchTable(lines, rows), 'data set', 'data sets'));
}

export function batchTable(lines: readonly BatchLine[], rows: Readonly<Record<string, BatchRow>>): Table {
  const head = ['dataset', 'status', 'why', 'frames', 'regions', ...SCORE_COLUMNS, 'threshold_px', 'seconds'];
  const cells = lines.map(({ name, id }): readonly Cell[] => {
    const dataset = id === null ? undefined : datasetById(id);
    if (!dataset) return [name, 'not open', ...Array.from({ length: head.length - 2 }, () => null)];
    const row = rows[dataset.id];
    const { score, threshold } = dataset.store.getState();
    const regions = chosenDetections(dataset).length;
    const found = regions > 0 || row?.status === 'done' ? regions : null;
    const facts = [row?.status ?? 'not run', row?.why, dataset.files.movie.frames, found];
    return [name, ...facts, ...SCORE_COLUMNS.map((column) => score?.[column]), threshold, row?.seconds];
  });
  return [head, ...cells];
}
