// How good the predictions are: the combined score large, its parts beside it, the curve over the slider that moves along it.
import type { ReactElement } from 'react';
import { useEffect, useRef, useState } from 'react';
import { fixed } from '../../../base/number-format.ts';
import { resources } from '../../../state/resources.ts';
import { AlertStrip } from '../../../ui/alert-strip.tsx';
import { Button } from '../../../ui/button.tsx';
import { Chips } from '../../../ui/chips.tsx';
import { Curve } from '../../../ui/curve.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { Section } from '../../../ui/section.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Slider } from '../../../ui/slider.tsx';
import type { Curve as CurveData, Curves } from '../shared/score.ts';
import { layerScore } from './comparing.ts';
import { type CalciumDataset, chosenDetections, detectionsOf, truthOf, usualThreshold } from './datasets.ts';
import { exchangeAxes } from './exchange.ts';
import { useCalcium } from './hooks.ts';
import type { ResultClass, ScoreNumbers } from './store.ts';

type Axis = 'confidence' | 'threshold';

export function ScorePanel({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  const score = useCalcium(dataset, (state) => state.score);
  const threshold = useCalcium(dataset, (state) => state.threshold);
  const transposed = useCalcium(dataset, (state) => state.transposed);
  const truth = truthOf(dataset);
  const usual = usualThreshold(dataset.info);
  return (
    <Section
      title="Score"
      note={truth ? 'against truth, match within' : 'this set has no truth'}
      padded
      foldable
      tools={
        <NumberField
          label="Match threshold"
          value={threshold}
          min={0.5}
          max={50}
          step={0.5}
          decimals={Number.isInteger(threshold) ? 0 : 1}
          unit="px"
          onCommit={(value) => dataset.store.setState({ threshold: value })}
        />
      }
    >
      {truth && <Hero score={score} />}
      {truth && <Ceiling dataset={dataset} />}
      {score?.note && <p className="s t2">Zero, because {score.note}.</p>}
      {truth && score && <ScoreCurves dataset={dataset} />}
      <ConfidenceSlider dataset={dataset} />
      {score && <Legend dataset={dataset} score={score} />}
      {threshold !== usual && (
        <p className="note-row s t2">
          <span className="grow">The benchmark uses {usual} px here.</span>
          <Button small onClick={() => dataset.store.setState({ threshold: usual })}>
            Use {usual} px
          </Button>
        </p>
      )}
      {transposed && (
        <AlertStrip
          remedy={
            <Button kind="edge" small onClick={() => exchangeAxes(dataset)}>
              Exchange
            </Button>
          }
        >
          Rows and columns look exchanged: {fixed(transposed.asIs, 2)} as it is, {fixed(transposed.exchanged, 2)} exchanged.
        </AlertStrip>
      )}
    </Section>
  );
}

const FIGURES = ['recall', 'precision', 'inclusion', 'exclusion'] as const;
const title = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

/** Where panels lie below each other, the first score of a detection would be out of sight. */
const IN_ONE_COLUMN = '(max-width: 900px)';

function Hero({ score }: { readonly score: ScoreNumbers | null }): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  const hasScore = score !== null;
  const had = useRef(hasScore);
  useEffect(() => {
    if (hasScore && !had.current && matchMedia(IN_ONE_COLUMN).matches) place.current?.closest('section')?.scrollIntoView();
    had.current = hasScore;
  }, [hasScore]);
  return (
    <div className="hero" ref={place}>
      <div>
        <div className="t3 s">Combined</div>
        <div className="big" title={score ? String(score.combined) : undefined}>
          {fixed(score?.combined, 3)}
        </div>
      </div>
      <dl className="figs">
        {FIGURES.map((name) => (
          <div key={name}>
            <dt>{title(name)}</dt>
            <dd title={score ? String(score[name]) : undefined}>{fixed(score?.[name], 3)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

/** What the second grader's labels reach: no method can be asked for more. */
function Ceiling({ dataset }: { readonly dataset: CalciumDataset }): ReactElement | null {
  const layers = useCalcium(dataset, (state) => state.layers);
  useCalcium(dataset, (state) => state.versions.compare);
  const graders = layers.filter(({ role }) => role === 'second grader');
  const scored = graders.flatMap(({ id, name }) => {
    const score = layerScore(dataset, id);
    return score ? [{ name, combined: score.combined }] : [];
  });
  const best = scored.reduce((top, one) => (one.combined > top.combined ? one : top), { name: '', combined: -1 });
  if (best.combined < 0) return null;
  return (
    <p className="s t2" title={String(best.combined)}>
      Ceiling {fixed(best.combined, 3)}: what the second grader reaches ({best.name})
    </p>
  );
}

function ScoreCurves({ dataset }: { readonly dataset: CalciumDataset }): ReactElement | null {
  const [axis, setAxis] = useState<Axis>('confidence');
  useCalcium(dataset, (state) => state.versions.score);
  const confidence = useCalcium(dataset, (state) => state.confidence);
  const threshold = useCalcium(dataset, (state) => state.threshold);
  const curves = resources.get<Curves>(`${dataset.id}/curves`);
  if (!curves) return null;
  const byConfidence = axis === 'confidence' && curves.byConfidence.x.length > 1;
  const curve: CurveData = byConfidence ? curves.byConfidence : curves.byThreshold;
  return (
    <>
      <Curve
        label={byConfidence ? 'Combined score against confidence' : 'Combined score against threshold'}
        description={describeCurve(curve, byConfidence)}
        x={Array.from(curve.x)}
        yRange={[0, 1]}
        series={[
          { label: 'Precision', values: Array.from(curve.precision), style: 'thin' },
          { label: 'Combined', values: Array.from(curve.combined), style: 'strong' },
          { label: 'Recall', values: Array.from(curve.recall), style: 'dashed' },
        ]}
        marker={byConfidence ? confidence : threshold}
        onPick={(x) => dataset.store.setState(byConfidence ? { confidence: x } : { threshold: Math.round(x * 2) / 2 })}
        inset={[96, 80]}
      />
      <div className="note-row s t3">
        <span className="grow">Curve over</span>
        <Segmented
          small
          label="Curve over"
          value={axis}
          onChange={setAxis}
          choices={[
            { value: 'confidence', label: 'Confidence' },
            { value: 'threshold', label: 'Threshold' },
          ]}
        />
      </div>
    </>
  );
}

function describeCurve({ x, combined }: CurveData, byConfidence: boolean): string {
  const best = combined.reduce((top, value, i) => (value > combined[top]! ? i : top), 0);
  return `Highest at ${fixed(x[best], byConfidence ? 2 : 1)}, ${fixed(combined[best], 3)}`;
}

function ConfidenceSlider({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  const confidence = useCalcium(dataset, (state) => state.confidence);
  useCalcium(dataset, (state) => state.versions.predictions);
  const threshold = useCalcium(dataset, (state) => state.threshold);
  const all = detectionsOf(dataset);
  return (
    <>
      <Slider
        label="Confidence"
        caption="Confidence ≥"
        value={confidence}
        min={0}
        max={1}
        step={0.01}
        decimals={2}
        disabled={all.length === 0}
        onChange={(value) => dataset.store.setState({ confidence: value })}
      />
      {truthOf(dataset) && (
        <Slider
          label="Threshold"
          caption="Match within"
          value={threshold}
          min={0.5}
          max={15}
          step={0.5}
          decimals={1}
          unit="px"
          onChange={(value) => dataset.store.setState({ threshold: value })}
        />
      )}
      {all.length > 0 && !truthOf(dataset) && (
        <p className="s t2">
          {chosenDetections(dataset).length} of {all.length} regions
        </p>
      )}
    </>
  );
}

function Legend({ dataset, score }: { readonly dataset: CalciumDataset; readonly score: ScoreNumbers }): ReactElement {
  const classes = useCalcium(dataset, (state) => state.classes);
  const shown = new Set((Object.keys(classes) as ResultClass[]).filter((name) => classes[name]));
  return (
    <Chips<ResultClass>
      label="Result classes"
      shown={shown}
      onToggle={(id, on) => dataset.store.setState({ classes: { ...classes, [id]: on } })}
      chips={[
        { id: 'matched', label: 'Matched', count: score.matched, line: 'tp' },
        { id: 'extra', label: 'Extra', count: score.extra, line: 'fp' },
        { id: 'missed', label: 'Missed', count: score.missed, line: 'fn' },
      ]}
    />
  );
}
