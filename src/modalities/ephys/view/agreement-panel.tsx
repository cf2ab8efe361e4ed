// Two sortings: the matrix of agreement, best pairs on its diagonal, and the scores of each pair. A press on a row puts the pair's matched,
// extra and missed spikes on the traces.
import { type ReactElement, useEffect, useState } from 'react';
import { fixed, grouped, MISSING } from '../../../base/number-format.ts';
import { tracked } from '../../../state/jobs.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { cssVars } from '../../../ui/css-vars.ts';
import { Empty } from '../../../ui/empty.tsx';
import { Select } from '../../../ui/select.tsx';
import type { Column } from '../../../ui/table-parts.tsx';
import { VirtualTable } from '../../../ui/virtual-table.tsx';
import { ask, runJob } from '../../../workers/client.ts';
import type { CompareInput, Comparison, Matched, MatchInput, PairScore } from '../shared/compare.ts';
import { spikeTable } from './compute-metrics.ts';
import type { EphysDataset } from './datasets.ts';
import { useEphys } from './hooks.ts';
import { matchKey } from './marks.ts';
import { selectUnit } from './selection.ts';
import { bump } from './store.ts';
import { loadSorting, sortingOf, trainOf, type Unit, unitsOf } from './units.ts';

export function AgreementTools({ dataset }: { readonly dataset: EphysDataset }): ReactElement | null {
  const { sortings } = dataset.info;
  const sorting = useEphys(dataset, (state) => state.sorting);
  const other = useEphys(dataset, (state) => state.other);
  if (sortings.length < 2) return null;
  const choose = async (index: number | null) => {
    try {
      if (index !== null) await loadSorting(dataset, index);
      dataset.store.setState({ other: index });
    } catch (error) {
      reportError(error, `${sortings[index ?? 0]!.name} could not be read`);
    }
  };
  return (
    <Select
      label="Compare with"
      value={other === null ? 'none' : String(other)}
      onChange={(value) => void choose(value === 'none' ? null : Number(value))}
      choices={[
        { value: 'none', label: 'Compare with …' },
        ...sortings.flatMap(({ name }, i) => (i === sorting ? [] : [{ value: String(i), label: name }])),
      ]}
    />
  );
}

interface Compared extends Comparison {
  readonly first: readonly Unit[];
  readonly second: readonly Unit[];
}

interface Row extends PairScore {
  readonly unit: Unit;
  readonly partner: Unit | null;
  readonly scores: Float64Array;
}

export function AgreementPanel({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const other = useEphys(dataset, (state) => state.other);
  const key = useEphys(dataset, ({ versions, sorting }) => `${versions.units} ${sorting}`);
  const selected = useEphys(dataset, (state) => state.selected);
  const [found, setFound] = useState<Compared | null>(null);
  // The key stands for the units behind it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  useEffect(() => {
    setFound(null);
    if (other === null || !sortingOf(dataset, other)) return;
    let isGone = false;
    compare(dataset, other).then(
      (compared) => isGone || setFound(compared),
      (error: unknown) => isGone || reportError(error, 'The sortings could not be compared'),
    );
    return () => {
      isGone = true;
    };
  }, [dataset, other, key]);
  if (dataset.info.sortings.length < 2) return <Empty text="Drop another sorting of this recording to compare the two." />;
  if (other === null) return <Empty text="Choose the sorting to compare with." />;
  if (!found) return <Empty text="Comparing …" />;
  const rows = rowsOf(found);
  return (
    <>
      <p className="s t2 ephys-classes">{classesText(found)}</p>
      <VirtualTable
        label="Agreement"
        dense
        columns={columnsOf(found, rows)}
        rows={rows}
        rowKey={({ unit }) => String(unit.id)}
        selected={selected[0] === undefined ? null : String(selected[0])}
        onSelect={(id) => {
          const row = rows.find(({ unit }) => String(unit.id) === id);
          if (row) void showPair(dataset, other, row);
        }}
      />
    </>
  );
}

/** What the units of the second sorting are to those of the first. */
function classesText({ classes, second }: Compared): string {
  const { wellDetected, falsePositive, redundant, overmerged } = classes;
  const kinds: readonly (readonly [readonly number[], string])[] = [
    [wellDetected, 'well detected (accuracy ≥ 0.8)'],
    [redundant, 'redundant'],
    [overmerged, 'overmerged'],
    [falsePositive, 'false positive'],
  ];
  const shown = kinds.map(([units, name]) => `${grouped(units.length)} ${name}`);
  return `Of ${grouped(second.length)} units of the other sorting: ${shown.join(', ')}.`;
}

async function compare(dataset: EphysDataset, other: number): Promise<Compared> {
  const { ids: firstIds, ...first } = spikeTable(dataset);
  const { ids: secondIds, ...second } = spikeTable(dataset, other);
  const input: CompareInput = { first, second, rate: dataset.rate };
  const made = await tracked({ label: 'Comparing sortings', dataset: dataset.id }, ({ signal, onProgress }) =>
    runJob<Comparison>('ephys', 'compare', input, { signal, onProgress }),
  );
  const own = unitsOf(dataset).units;
  const theirs = unitsOf(dataset, other).units;
  return { ...made, first: firstIds.flatMap((id) => own.get(id) ?? []), second: secondIds.flatMap((id) => theirs.get(id) ?? []) };
}

/** Assigned rows first, the best above; so the matrix has its pairs on the diagonal. */
function rowsOf({ first, second, pairs, scores, columns }: Compared): Row[] {
  return pairs
    .map(
      (pair, i): Row => ({
        ...pair,
        unit: first[i]!,
        partner: second[pair.column] ?? null,
        scores: scores.subarray(i * columns, (i + 1) * columns),
      }),
    )
    .sort((a, b) => Number(b.column >= 0) - Number(a.column >= 0) || b.accuracy - a.accuracy);
}

const MOST_MATRIX = 60;

function columnsOf({ second }: Compared, rows: readonly Row[]): Column<Row>[] {
  const assigned = rows.flatMap(({ column }) => (column >= 0 ? [column] : []));
  const order = [...assigned, ...second.map((_, i) => i).filter((i) => !assigned.includes(i))].slice(0, MOST_MATRIX);
  return [
    { id: 'unit', head: 'Unit', left: true, width: 56, rowHeader: true, cell: ({ unit }) => unit.name },
    { id: 'partner', head: 'Match', left: true, width: 56, cell: ({ partner }) => partner?.name ?? MISSING },
    { id: 'accuracy', head: 'Accuracy', width: 72, cell: (row) => (row.column < 0 ? MISSING : fixed(row.accuracy, 3)) },
    { id: 'recall', head: 'Recall', width: 62, cell: (row) => (row.column < 0 ? MISSING : fixed(row.recall, 3)) },
    { id: 'precision', head: 'Precision', width: 72, cell: (row) => (row.column < 0 ? MISSING : fixed(row.precision, 3)) },
    { id: 'tp', head: 'Matched', width: 64, cell: ({ tp }) => grouped(tp) },
    { id: 'fp', head: 'Extra', width: 52, cell: ({ fp, column }) => (column < 0 ? MISSING : grouped(fp)) },
    { id: 'fn', head: 'Missed', width: 58, cell: ({ fn }) => grouped(fn) },
    ...order.map(
      (column): Column<Row> => ({
        id: `c${column}`,
        head: second[column]!.name,
        title: `Agreement with unit ${second[column]!.name}`,
        width: 38,
        cell: ({ scores }) => (
          <span className="ephys-cell" style={cssVars({ '--v': scores[column]! })}>
            {scores[column]! > 0 ? fixed(scores[column], 2).replace(/^0/, '') : ''}
          </span>
        ),
        full: ({ scores }) => String(scores[column]),
      }),
    ),
  ];
}

async function showPair(dataset: EphysDataset, other: number, { unit, partner }: Row): Promise<void> {
  selectUnit(dataset, unit.id, false);
  const key = matchKey(dataset);
  try {
    const none = new Float64Array(0);
    const input: MatchInput = {
      truth: trainOf(dataset, unit).slice(),
      tested: partner ? trainOf(dataset, partner, other).slice() : none,
      rate: dataset.rate,
    };
    const found = await ask<Matched>('ephys', 'match', input);
    resources.put(key, found, 8 * (found.tp.length + found.fp.length + found.fn.length));
    bump(dataset.store, 'compare');
  } catch (error) {
    reportError(error, 'The pair could not be compared');
  }
}
