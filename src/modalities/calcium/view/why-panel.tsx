// Why the selected region was found: a sentence, the figures behind it, and the pictures that they were measured on. Figures and
// pictures fold away, to leave their room to the list. Regions that no detection made have none.
import type { ReactElement } from 'react';
import { Fold, useFolded } from '../../../ui/fold.tsx';
import { type CalciumDataset, detectionsOf } from './datasets.ts';
import { somaDiameter } from './soma.ts';
import { WhyPatch } from './why-patch.tsx';
import { whyFigures, whyText } from './why-text.ts';

const FOLD = 'Why figures';

export function WhyPanel({ dataset, index }: { readonly dataset: CalciumDataset; readonly index: number }): ReactElement | null {
  const isFolded = useFolded(FOLD);
  const one = detectionsOf(dataset)[index];
  if (!one?.why) return null;
  const place = { region: one.region, row: one.row, col: one.col, diameter: somaDiameter(dataset) };
  return (
    <section className="why" aria-label="Why it was found">
      <div className="why-head">
        <p className="s t2">{whyText(one, one.why)}</p>
        <Fold name={FOLD} label="Figures of the detection" />
      </div>
      <dl hidden={isFolded}>
        {whyFigures(one.why).map(({ name, value, hint, image }) => (
          <div key={name} title={hint}>
            <dt>{name}</dt>
            <dd>
              {value}
              {image && <WhyPatch dataset={dataset} {...image} {...place} />}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
