// Why the selected region was found: a sentence and the figures behind it. Regions that no detection made have none.
import type { ReactElement } from 'react';
import { type CalciumDataset, detectionsOf } from './datasets.ts';
import { whyFigures, whyText } from './why-text.ts';

export function WhyPanel({ dataset, index }: { readonly dataset: CalciumDataset; readonly index: number }): ReactElement | null {
  const one = detectionsOf(dataset)[index];
  if (!one?.why) return null;
  return (
    <section className="why" aria-label="Why it was found">
      <p className="s t2">{whyText(one, one.why)}</p>
      <dl>
        {whyFigures(one.why).map(({ name, value, hint }) => (
          <div key={name} title={hint}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
