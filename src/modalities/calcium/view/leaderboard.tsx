// The leaderboard, like that of the original site: a panel per method, a column per set, coloured by the combined score; what stands
// behind it on request. The scores of the open data sets come first, in a panel of their own.
import { type ReactElement, useId, useState } from 'react';
import { fixed, grouped, MISSING } from '../../../base/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { CATALOGUE } from '../shared/catalogue.ts';
import { BENCHMARK_SETS, type Metric, meanScore, PUBLISHED, scoreColour } from '../shared/published.ts';
import { ownColumns, useOwnSets } from './own-scores.ts';

const DETAILS: readonly Metric[] = ['recall', 'precision', 'inclusion', 'exclusion'];
/** Below it the colour is dark enough for light letters. */
const DARK_BELOW = 0.12;

export function Leaderboard(): ReactElement {
  const own = ownColumns(useOwnSets());
  const scored = own.filter(({ score }) => score);
  const note =
    scored.length === 0
      ? 'Nothing is scored yet: open a training set and detect neurons.'
      : 'On the sets named above each column: the truth of the test sets was never published, so a training set stands for its test set.';
  const valuesOf = (metric: Metric) => own.map(({ score }) => score?.[metric] ?? null);
  return (
    <div className="leaderboard">
      <Panel name="This tab" about={note} sets={own.map(({ name }) => name)} valuesOf={valuesOf} />
      {PUBLISHED.map(({ name, about, scores }) => (
        <Panel key={name} name={name} about={about} sets={BENCHMARK_SETS} valuesOf={(metric) => scores[metric] ?? null} />
      ))}
      <p className="s t3">
        Published scores are those of the benchmark’s server on its test sets, rounded to two places. Mean: of the combined scores
        that are there.
      </p>
    </div>
  );
}

interface PanelProps {
  readonly name: string;
  readonly about: string;
  readonly sets: readonly string[];
  /** One per set; null where the metric was not published. */
  readonly valuesOf: (metric: Metric) => readonly (number | null)[] | null;
}

function Panel({ name, about, sets, valuesOf }: PanelProps): ReactElement {
  const [open, setOpen] = useState(false);
  const id = useId();
  const combined = valuesOf('combined') ?? [];
  const mean = meanScore(combined);
  return (
    <section aria-labelledby={id}>
      <div className="panel-head">
        <h4 id={id}>{name}</h4>
        <span className="s t3 grow">{about}</span>
        <Button small aria-expanded={open} aria-label={`Details of ${name}`} onClick={() => setOpen(!open)}>
          {open ? 'Less' : 'Details'}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="panel-table" aria-label={`Scores of ${name}`} tabIndex={0}>
        <table aria-label={`Leaderboard ${name}`} className="dense">
          <thead>
            <tr>
              <th className="l" scope="col">
                <span className="vh">Score</span>
              </th>
              {sets.map((set) => (
                <th key={set} scope="col">
                  {set}
                </th>
              ))}
              <th scope="col">Mean</th>
            </tr>
          </thead>
          <tbody>
            <tr>
              <th className="l" scope="row">
                Combined
              </th>
              {combined.map((value, i) => (
                <Cell key={sets[i]} set={sets[i]!} value={value} />
              ))}
              <td className="strong" title={String(mean)}>
                {fixed(mean, 3)}
              </td>
            </tr>
            {open && DETAILS.map((metric) => <Row key={metric} metric={metric} sets={sets} values={valuesOf(metric)} />)}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function Cell({ set, value }: { readonly set: string; readonly value: number | null }): ReactElement {
  const title = [tellSet(set), value === null ? 'no score' : String(value)].join(': ');
  if (value === null) return <td title={title}>{MISSING}</td>;
  return (
    <td className={value < DARK_BELOW ? 'cell low' : 'cell'} style={{ background: scoreColour(value) }} title={title}>
      {fixed(value, 2)}
    </td>
  );
}

interface RowProps {
  readonly metric: Metric;
  readonly sets: readonly string[];
  readonly values: readonly (number | null)[] | null;
}

function Row({ metric, sets, values }: RowProps): ReactElement {
  return (
    <tr>
      <th className="l" scope="row">
        {metric.charAt(0).toUpperCase() + metric.slice(1)}
      </th>
      {sets.map((set, i) => (
        <td key={set} title={values?.[i] === undefined ? undefined : String(values[i])}>
          {fixed(values?.[i], 2)}
        </td>
      ))}
      <td>{fixed(values ? meanScore(values) : null, 3)}</td>
    </tr>
  );
}

/** "00.00, 3,024 frames at 7 Hz, vS1, Svoboda": what is known of it. */
function tellSet(name: string): string {
  const set = CATALOGUE.find((one) => one.name === name);
  if (!set) return name;
  const { frames, rateHz, region, lab } = set;
  const length = frames ? `${grouped(frames)} frames${rateHz ? ` at ${rateHz} Hz` : ''}` : '';
  return [name, length, region, lab].filter(Boolean).join(', ');
}
