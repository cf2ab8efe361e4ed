// How far people and methods agree on one data set, pair by pair, what the published labels are worth, and the consensus of those
// chosen as a new layer.
import { type ReactElement, useMemo, useState } from 'react';
import { fixed, grouped, MISSING } from '../../../base/number-format.ts';
import { reportError } from '../../../state/log.ts';
import { Button } from '../../../ui/button.tsx';
import { Check } from '../../../ui/check.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Select } from '../../../ui/select.tsx';
import { agreementOf, type LabelSet, pairsOf, saveAgreement } from './agreement-pairs.ts';
import { isLabelSource } from './blind-set.ts';
import { CONSENSUS_RULES, type ConsensusRule, makeConsensus, votesOf } from './consensus.ts';
import { type CalciumDataset, chosenOf, truthOf } from './datasets.ts';
import { useTask } from './hooks.ts';
import './labeller.css';

interface AgreementDialogProps {
  readonly dataset: CalciumDataset;
  readonly onClose: () => void;
}

/** The truth and every layer with what is at or above its cut. A dialog keeps the page still, so they hold until it is closed. */
function setsOf(dataset: CalciumDataset): LabelSet[] {
  const truth = truthOf(dataset);
  const layers = dataset.store.getState().layers.map(({ id, name, source }) => ({
    id,
    name,
    regions: chosenOf(dataset, id).map(({ region }) => region),
    byHand: isLabelSource(source),
  }));
  return [...(truth ? [{ id: 'truth', name: 'Truth', regions: truth.regions, byHand: true }] : []), ...layers];
}

export function AgreementDialog({ dataset, onClose }: AgreementDialogProps): ReactElement {
  const sets = useMemo(() => setsOf(dataset), [dataset]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => {
    const people = sets.filter(({ byHand }) => byHand);
    return new Set((people.length > 1 ? people : sets).map(({ id }) => id));
  });
  const [rule, setRule] = useState<ConsensusRule>('everybody');
  const picked = sets.filter(({ id }) => chosen.has(id));
  const toggle = (id: string, on: boolean) => {
    const next = new Set(chosen);
    if (on) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const make = async () => {
    if (await makeConsensus(dataset, picked, rule)) onClose();
  };
  return (
    <Dialog
      title="Agreement"
      wide
      onClose={onClose}
      actions={
        <>
          <Button kind="edge" disabled={picked.length < 2} onClick={() => void saveAgreement(dataset, picked)}>
            Agreement CSV
          </Button>
          <Button onClick={onClose}>Close</Button>
        </>
      }
    >
      <fieldset className="agreement-sets">
        <legend className="vh">Compare</legend>
        {sets.map(({ id, name, regions }) => (
          <Check
            key={id}
            label={`${name}, ${grouped(regions.length)}`}
            checked={chosen.has(id)}
            onChange={(on) => toggle(id, on)}
          />
        ))}
      </fieldset>
      <Pairs dataset={dataset} sets={picked} />
      <div className="consensus">
        <span className="t2">Consensus: cells that</span>
        <Select<ConsensusRule>
          label="Consensus rule"
          value={rule}
          choices={CONSENSUS_RULES.map((value) => ({ value, label: labelOf(value, picked.length) }))}
          onChange={setRule}
        />
        <Button kind="edge" disabled={picked.length < 2} onClick={() => void make()}>
          Make a layer
        </Button>
      </div>
      <p className="agreement-note s t2">
        F1 by centres is the benchmark’s rule with the first of each pair as its truth; κ is Cohen’s, over all pixels. The
        published labels are known to miss cells: a second grader found up to 41 % more. On 02.00 all 197 published regions were
        kept and 81 added (STNeuroNet, Soltanian-Zadeh and others, PNAS 2019), so a detector without fault would score 0.83 there.
        People reached F1 0.69 to 0.92 against their own consensus (CaImAn, Giovannucci and others, eLife 2019).
      </p>
    </Dialog>
  );
}

function labelOf(rule: ConsensusRule, people: number): string {
  const votes = votesOf(rule, people);
  if (rule === 'everybody') return people === 2 ? 'both have' : `all ${people} have`;
  return rule === 'anybody' ? 'anybody has (union)' : `most have (${votes} of ${people})`;
}

const HEADS: readonly (readonly [head: string, title: string, className?: string])[] = [
  ['F1, centres', 'Greedy match of centres nearer than the threshold, as the benchmark does'],
  ['F1, IoU ≥ 0.5', 'Pairs that share at least half of their union'],
  ['κ, pixels', 'Cohen’s kappa over all pixels of the picture'],
  ['Pairs', 'Matched by centres; by IoU ≥ 0.5', 'hide-narrow'],
  ['Regions', 'Of the first; of the second', 'hide-narrow'],
];

function Pairs({ dataset, sets }: { readonly dataset: CalciumDataset; readonly sets: readonly LabelSet[] }): ReactElement {
  const pairs = pairsOf(sets);
  if (pairs.length === 0) return <p className="s t2">Choose two or more to compare.</p>;
  return (
    <div className="agreement-table">
      <table className="dense" aria-label="Agreement">
        <thead>
          <tr>
            <th className="l" scope="col">
              Pair
            </th>
            {HEADS.map(([head, title, optional]) => (
              <th key={head} className={optional} scope="col" title={title}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pairs.map(({ first, second }) => (
            <PairRow key={`${first.id} ${second.id}`} dataset={dataset} first={first} second={second} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface PairRowProps {
  readonly dataset: CalciumDataset;
  readonly first: LabelSet;
  readonly second: LabelSet;
}

function PairRow({ dataset, first, second }: PairRowProps): ReactElement {
  const found = useTask(async () => {
    try {
      return await agreementOf(dataset, first, second);
    } catch (error) {
      reportError(error, `${first.name} and ${second.name} could not be compared`);
      return undefined;
    }
  }, `${dataset.id} ${first.id} ${second.id}`);
  const figure = (value: number | undefined) => (
    <td title={value === undefined ? undefined : String(value)}>{fixed(value, 3)}</td>
  );
  return (
    <tr>
      <th className="l" scope="row">
        {first.name} and {second.name}
      </th>
      {figure(found?.byCentre.f1)}
      {figure(found?.byOverlap.f1)}
      {figure(found?.kappa)}
      <td className="hide-narrow">{found ? `${grouped(found.byCentre.pairs)}; ${grouped(found.byOverlap.pairs)}` : MISSING}</td>
      <td className="hide-narrow">{`${grouped(first.regions.length)}; ${grouped(second.regions.length)}`}</td>
    </tr>
  );
}
