// Why the selected region was found: a sentence, the figures behind it, and the pictures that they were measured on. Figures and
// pictures fold away, to leave their room to the list. Regions that no detection made have none.
import type { ReactElement } from 'react';
import { usePreferences } from '../../../state/hooks.ts';
import { setPreferences } from '../../../state/preferences.ts';
import { IconButton } from '../../../ui/button.tsx';
import { DownIcon, NextIcon } from '../../../ui/icons.tsx';
import { type CalciumDataset, detectionsOf } from './datasets.ts';
import { somaDiameter } from './soma.ts';
import { WhyPatch } from './why-patch.tsx';
import { whyFigures, whyText } from './why-text.ts';

const FOLD = 'Why figures';

export function WhyPanel({ dataset, index }: { readonly dataset: CalciumDataset; readonly index: number }): ReactElement | null {
  const { folded } = usePreferences();
  const one = detectionsOf(dataset)[index];
  if (!one?.why) return null;
  const isFolded = folded.includes(FOLD);
  const toggle = () => setPreferences({ folded: isFolded ? folded.filter((name) => name !== FOLD) : [...folded, FOLD] });
  const place = { region: one.region, row: one.row, col: one.col, diameter: somaDiameter(dataset) };
  return (
    <section className="why" aria-label="Why it was found">
      <div className="why-head">
        <p className="s t2">{whyText(one, one.why)}</p>
        <IconButton
          small
          label="Figures of the detection"
          icon={isFolded ? NextIcon : DownIcon}
          aria-expanded={!isFolded}
          onClick={toggle}
        />
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
