// Why the selected region counts as it does: its partner with distance, inclusion and exclusion, or why it has none.
import type { ReactElement } from 'react';
import { fixed } from '../../../base/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import type { MatchStory } from '../shared/compare.ts';
import { storiesOf, type ToldScore } from './comparing.ts';
import { type CalciumDataset, detectionsOf, truthOf } from './datasets.ts';
import { useCalcium, useTask } from './hooks.ts';
import { type Names, tellEstimate, tellTruth } from './match-text.ts';
import type { Selection } from './store.ts';

/** What there is to say of a region, and the region it speaks of. */
export interface Told {
  readonly story: MatchStory;
  readonly text: string;
  readonly other: Selection | null;
}

/** The stories behind the present score; undefined until they are told. */
export function useStories(dataset: CalciumDataset): ToldScore | null | undefined {
  const version = useCalcium(dataset, (state) => state.versions.score);
  return useTask(() => storiesOf(dataset), `${dataset.id} ${version}`);
}

/** Tells of any region; null where it took no part in the score. */
export function matchTeller(dataset: CalciumDataset, stories: ToldScore): (selection: Selection) => Told | null {
  const { score } = stories;
  const ids = truthOf(dataset)?.ids ?? [];
  const list = detectionsOf(dataset);
  const numberOf = new Map(list.map((one, i) => [one, i]));
  const estimateOf = new Map(score.estimates.map((one, j) => [one, j]));
  const numbers = score.estimates.map((one) => numberOf.get(one) ?? -1);
  const names: Names = { truth: (i) => `truth ${ids[i] ?? i}`, estimate: (j) => `region ${numbers[j]! + 1}` };
  return ({ layer, index }) => {
    const isTruth = layer === 'truth';
    const one = list[index];
    const at = isTruth ? index : one ? estimateOf.get(one) : undefined;
    const story = at === undefined ? undefined : (isTruth ? stories.truth : stories.estimate)[at];
    if (!story) return null;
    const text = (isTruth ? tellTruth : tellEstimate)(story, names, score.threshold);
    if (story.kind === 'alone') return { story, text, other: null };
    const other = story.kind === 'matched' ? story.partner : story.nearest;
    return { story, text, other: isTruth ? { layer: 'predictions', index: numbers[other]! } : { layer: 'truth', index: other } };
  };
}

interface MatchInspectorProps {
  readonly dataset: CalciumDataset;
  readonly stories: ToldScore;
  readonly onGo: (selection: Selection) => void;
}

export function MatchInspector({ dataset, stories, onGo }: MatchInspectorProps): ReactElement {
  const selection = useCalcium(dataset, (state) => state.selection);
  const told = selection && matchTeller(dataset, stories)(selection);
  if (!selection || !told) return <p className="s t2">Select a region to see why it counts as it does.</p>;
  const { story, text, other } = told;
  const truth = truthOf(dataset);
  const title =
    selection.layer === 'truth' ? `Truth ${truth?.ids[selection.index] ?? selection.index}` : `Region ${selection.index + 1}`;
  return (
    <>
      <h3 className="strong">{title}</h3>
      <p className="s t2">{text}</p>
      {story.kind === 'matched' && (
        <dl className="figs match-figures">
          <div>
            <dt>Distance</dt>
            <dd title={String(story.distance)}>{fixed(story.distance, 2)} px</dd>
          </div>
          <div>
            <dt>Inclusion</dt>
            <dd title={String(story.inclusion)}>{fixed(story.inclusion, 3)}</dd>
          </div>
          <div>
            <dt>Exclusion</dt>
            <dd title={String(story.exclusion)}>{fixed(story.exclusion, 3)}</dd>
          </div>
        </dl>
      )}
      {other && (
        <Button small kind="edge" onClick={() => onGo(other)}>
          {story.kind === 'matched' ? 'Go to its partner' : 'Go to the nearest'}
        </Button>
      )}
    </>
  );
}

/** The same in one line, for the list of regions. */
export function MatchLine({
  dataset,
  otherwise,
}: {
  readonly dataset: CalciumDataset;
  readonly otherwise: string;
}): ReactElement {
  const selection = useCalcium(dataset, (state) => state.selection);
  const stories = useStories(dataset);
  const told = selection && stories && matchTeller(dataset, stories)(selection);
  return <>{told ? told.text : `${otherwise}.`}</>;
}
