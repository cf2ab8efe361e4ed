// Above the units: the published criteria, how many units meet each, and the button that computes the measures.
import type { ReactElement } from 'react';
import { grouped } from '../../../base/number-format.ts';
import { useJobs } from '../../../state/hooks.ts';
import { Button } from '../../../ui/button.tsx';
import { cssVars } from '../../../ui/css-vars.ts';
import { Section } from '../../../ui/section.tsx';
import { Select } from '../../../ui/select.tsx';
import { meets, PRESETS, type PresetName } from '../shared/measures.ts';
import { computeMetrics, METRICS_LABEL } from './compute-metrics.ts';
import type { EphysDataset } from './datasets.ts';
import { useEphys } from './hooks.ts';
import { MetricsNote } from './metrics-note.tsx';
import type { UnitRow } from './unit-rows.ts';

interface QualityPanelProps {
  readonly dataset: EphysDataset;
  readonly rows: readonly UnitRow[];
}

export function QualityPanel({ dataset, rows }: QualityPanelProps): ReactElement {
  const preset = useEphys(dataset, (state) => state.preset);
  const running = useJobs().some(({ dataset: of, label }) => of === dataset.id && label === METRICS_LABEL);
  const { criteria } = PRESETS[preset];
  const judged = rows.filter(({ passes }) => passes !== null);
  const passing = judged.filter(({ passes }) => passes).length;
  return (
    <Section
      title="Quality"
      foldable
      tools={
        <>
          <Select<PresetName>
            label="Preset"
            value={preset}
            onChange={(value) => dataset.store.setState({ preset: value })}
            choices={(Object.keys(PRESETS) as PresetName[]).map((value) => ({ value, label: PRESETS[value].title }))}
          />
          <Button kind="main" disabled={running || rows.length === 0} onClick={() => void computeMetrics(dataset)}>
            Compute metrics
          </Button>
        </>
      }
    >
      {criteria.length > 0 && (
        <>
          <p className="ephys-verdict">
            <span className="big">{judged.length > 0 ? grouped(passing) : '–'}</span>
            <span className="t2">
              {judged.length > 0
                ? `of ${grouped(judged.length)} judged units pass all ${criteria.length} criteria`
                : 'no unit is judged before its metrics are computed'}
            </span>
          </p>
          <ul className="ephys-criteria">
            {criteria.map((criterion) => {
              const found = rows.map(({ measures }) => meets(criterion, measures)).filter((one) => one !== null);
              const pass = found.filter(Boolean).length;
              return (
                <li key={criterion.label}>
                  <span>{criterion.label}</span>
                  <span>{criterion.limit}</span>
                  <span className="bar" style={cssVars({ '--v': found.length > 0 ? pass / found.length : 0 })}>
                    <i />
                  </span>
                  <span>{found.length > 0 ? `${grouped(pass)} pass` : '–'}</span>
                </li>
              );
            })}
          </ul>
        </>
      )}
      {rows.length > 0 && <MetricsNote dataset={dataset} running={running} />}
    </Section>
  );
}
