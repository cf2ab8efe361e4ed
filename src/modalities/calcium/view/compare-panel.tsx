// The tab Compare: what two layers have in common, and every layer's scores side by side: the benchmark's own, and two second
// opinions that are named as such. Loaded when it is first shown.
import { Fragment, type ReactElement } from 'react';
import { MISSING } from '../../../base/number-format.ts';
import { formatScore } from '../../../base/rounding.ts';
import { Check } from '../../../ui/check.tsx';
import { Chips } from '../../../ui/chips.tsx';
import { Empty } from '../../../ui/empty.tsx';
import type { LineKind } from '../../../ui/line-sample.tsx';
import { LineSample } from '../../../ui/line-sample.tsx';
import { Select } from '../../../ui/select.tsx';
import type { LayerScore } from '../shared/compare.ts';
import { layerScore } from './comparing.ts';
import { type CalciumDataset, truthOf } from './datasets.ts';
import { type Compared, comparable, DIFFERENCE_CLASSES, type DifferenceClass, keptDifference } from './difference.ts';
import { useCalcium } from './hooks.ts';
import { LAYER_LOOKS } from './layer-looks.ts';
import type { Layer } from './layer-set.ts';
import './compare.css';

export function ComparePanel({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  const layers = useCalcium(dataset, (state) => state.layers);
  useCalcium(dataset, (state) => state.versions);
  useCalcium(dataset, (state) => state.confidence);
  if (layers.length === 0) return <Empty text="No layers yet. Press Detect neurons, or drop a regions.json or a submission." />;
  return (
    <div className="compare">
      <DifferenceTools dataset={dataset} />
      {truthOf(dataset) ? (
        <LayerScores dataset={dataset} layers={layers} />
      ) : (
        <Empty text="This set has no truth to score against; two layers can be compared with each other." />
      )}
    </div>
  );
}

const CLASS_NAMES: Readonly<Record<DifferenceClass, string>> = { onlyA: 'A only', both: 'Both', onlyB: 'B only' };
const CLASS_LINES: Readonly<Record<DifferenceClass, LineKind>> = { onlyA: 'fp', both: 'tp', onlyB: 'fn' };

function DifferenceTools({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  const { store } = dataset;
  const layers = useCalcium(dataset, (state) => state.layers);
  const difference = useCalcium(dataset, (state) => state.difference);
  const shown = useCalcium(dataset, (state) => state.differenceShown);
  const threshold = useCalcium(dataset, (state) => state.threshold);
  const pair = comparable(dataset, difference);
  const kept = difference && keptDifference(dataset);
  if (!pair) return <p className="difference s t2">One layer alone: nothing to compare it with.</p>;
  const choices = [
    ...(truthOf(dataset) ? [{ value: 'truth', label: 'Truth' }] : []),
    ...layers.map(({ id, name }) => ({ value: id, label: name })),
  ];
  const set = (change: Partial<Compared>) => {
    const next = { ...pair, ...change };
    // The one that is chosen twice goes where the other was.
    store.setState({ difference: next.a === next.b ? { a: pair.b, b: pair.a } : next });
  };
  return (
    <section className="difference" aria-label="Difference">
      <Check
        label="Difference on the picture"
        checked={difference !== null}
        onChange={(on) => store.setState({ difference: on ? pair : null })}
      />
      <div className="difference-pick">
        <span aria-hidden="true">A</span>
        <Select label="Layer A" value={pair.a} choices={choices} onChange={(a) => set({ a })} />
        <span aria-hidden="true">B</span>
        <Select label="Layer B" value={pair.b} choices={choices} onChange={(b) => set({ b })} />
      </div>
      {kept ? (
        <Chips<DifferenceClass>
          label="Difference classes"
          shown={new Set(DIFFERENCE_CLASSES.filter((name) => shown[name]))}
          onToggle={(name, on) => store.setState({ differenceShown: { ...shown, [name]: on } })}
          chips={DIFFERENCE_CLASSES.map((id) => ({
            id,
            label: CLASS_NAMES[id],
            count: kept.counts[id],
            line: CLASS_LINES[id],
          }))}
        />
      ) : (
        <p className="s t2">Matched by centres nearer than {threshold} px, as the benchmark does with B as the truth.</p>
      )}
    </section>
  );
}

interface Group {
  readonly head: string;
  readonly title: string;
  readonly columns: readonly (readonly [head: string, read: (score: LayerScore) => number])[];
}

const opinion = (which: 'optimal' | 'overlap'): Group['columns'] => [
  ['F1', (score) => score[which].combined],
  ['recall', (score) => score[which].recall],
  ['precision', (score) => score[which].precision],
];

const GROUPS: readonly Group[] = [
  {
    head: 'Benchmark',
    title: 'Greedy match in the order of the truth, as the reference does',
    columns: (['combined', 'recall', 'precision', 'inclusion', 'exclusion'] as const).map((name) => [
      name,
      (score: LayerScore) => score[name],
    ]),
  },
  {
    head: 'Second opinion: optimal',
    title: 'The best possible match under the same threshold (Hungarian method)',
    columns: opinion('optimal'),
  },
  {
    head: 'Second opinion: IoU ≥ 0.5',
    title: 'Pairs that share at least half of their union, as STNeuroNet and SUNS count',
    columns: opinion('overlap'),
  },
];

function LayerScores({ dataset, layers }: { readonly dataset: CalciumDataset; readonly layers: readonly Layer[] }): ReactElement {
  return (
    <div className="scroll">
      <table aria-label="Layer scores" className="dense layer-scores">
        <thead>
          <tr>
            <th className="l" scope="col" rowSpan={2}>
              Layer
            </th>
            {GROUPS.map(({ head, title, columns }) => (
              <th key={head} className="group" scope="colgroup" colSpan={columns.length} title={title}>
                {head}
              </th>
            ))}
          </tr>
          <tr>
            {GROUPS.map((group) => (
              <Fragment key={group.head}>
                {group.columns.map(([head]) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </Fragment>
            ))}
          </tr>
        </thead>
        <tbody>
          {layers.map((layer) => (
            <ScoreRow key={layer.id} dataset={dataset} layer={layer} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ScoreRow({ dataset, layer }: { readonly dataset: CalciumDataset; readonly layer: Layer }): ReactElement {
  const current = useCalcium(dataset, (state) => state.currentLayer === layer.id);
  const score = layerScore(dataset, layer.id);
  const ceiling = layer.role === 'second grader';
  return (
    <tr aria-current={current ? 'true' : undefined}>
      <th className="l" scope="row" title={ceiling ? `${layer.name}: what a second person reaches` : layer.name}>
        <span className="mk">
          <LineSample kind={LAYER_LOOKS[layer.colour].line} />
          <span className="cut">{layer.name}</span>
          {ceiling && <span className="t3">ceiling</span>}
        </span>
      </th>
      {GROUPS.map(({ head, columns }) => (
        <Fragment key={head}>
          {columns.map(([name, read]) => (
            <td key={name} title={score ? String(read(score)) : undefined}>
              {score ? formatScore(read(score)) : MISSING}
            </td>
          ))}
        </Fragment>
      ))}
    </tr>
  );
}
