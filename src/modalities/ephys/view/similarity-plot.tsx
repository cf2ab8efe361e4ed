// The units that look most like the selected one: cosine of their templates, else what the sorter saved of them. A press selects one beside it.
import type { ReactElement } from 'react';
import { fixed } from '../../../base/number-format.ts';
import { resources } from '../../../state/resources.ts';
import { cssVars } from '../../../ui/css-vars.ts';
import { ask } from '../../../workers/client.ts';
import type { Similarity } from '../shared/sorter-templates.ts';
import type { EphysDataset } from './datasets.ts';
import { useAnswer, useEphys } from './hooks.ts';
import { selectUnit } from './selection.ts';
import { sorterInput } from './sorter-templates.ts';
import { type Unit, unitsOf } from './units.ts';

export const similarityKey = ({ id, store }: EphysDataset) => `${id}/similarity/${store.getState().sorting}`;
const SHOWN = 6;

export function mostSimilar({ ids, values }: Similarity, id: number): { readonly id: number; readonly value: number }[] {
  const at = ids.indexOf(id);
  if (at < 0) return [];
  return ids
    .map((other, i) => ({ id: other, value: values[at * ids.length + i]! }))
    .filter(({ id: other, value }) => other !== id && Number.isFinite(value))
    .sort((a, b) => b.value - a.value);
}

export function SimilarityPlot({
  dataset,
  units,
}: {
  readonly dataset: EphysDataset;
  readonly units: readonly Unit[];
}): ReactElement {
  useEphys(dataset, (state) => state.versions.metrics);
  const computed = resources.get<Similarity>(similarityKey(dataset));
  const input = sorterInput(dataset, 'similar_templates.npy');
  const saved = useAnswer(
    (signal) => ask<Similarity>('ephys', 'similarity', input, { signal }),
    input && !computed ? input.key : '',
    'The saved similarity could not be read',
  );
  const similarity = computed ?? saved;
  const first = units[0];
  if (!similarity || !first) return <p className="ephys-hint">{first ? 'after Compute metrics' : ''}</p>;
  const there = unitsOf(dataset).units;
  return (
    <ul className="ephys-similar" aria-label="Similar units">
      {mostSimilar(similarity, first.id)
        .filter(({ id }) => there.has(id))
        .slice(0, SHOWN)
        .map(({ id, value }) => (
          <li key={id}>
            <button type="button" className="row pick" onClick={() => selectUnit(dataset, id, true)}>
              <span>{id}</span>
              <span className="bar" style={cssVars({ '--v': Math.max(0, value) })}>
                <i />
              </span>
              <span>{fixed(value, 2).replace('-', '−')}</span>
            </button>
          </li>
        ))}
    </ul>
  );
}
