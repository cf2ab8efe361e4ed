// Below the criteria: which definitions the measures follow, and how much of the recording they were computed from.
import type { ReactElement } from 'react';
import { grouped } from '../../../base/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { MEASURES, PUBLISHED } from '../shared/measures.ts';
import { metricSpans, secondsOfSpans, USUAL_SECONDS } from '../shared/metric-spans.ts';
import { computeMetrics } from './compute-metrics.ts';
import type { EphysDataset } from './datasets.ts';
import { useEphys } from './hooks.ts';
import { Switch } from './switch.tsx';
import { type MetricsRead, metricsReadOf } from './unit-facts.ts';

const NAMES = Object.keys(PUBLISHED).map((name) => MEASURES[name as keyof typeof PUBLISHED].head);
const DIFFERENCES = Object.entries(PUBLISHED).map(
  ([name, { why }]) => `${MEASURES[name as keyof typeof PUBLISHED].head}: ${why}`,
);

export function MetricsNote({ dataset, running }: { readonly dataset: EphysDataset; readonly running: boolean }): ReactElement {
  const definitions = useEphys(dataset, (state) => state.definitions);
  const allMeasures = useEphys(dataset, (state) => state.allMeasures);
  useEphys(dataset, (state) => `${state.versions.metrics} ${state.sorting}`);
  const read = metricsReadOf(dataset);
  return (
    <div className="ephys-note">
      <div className="mk" title={DIFFERENCES.join('\n')}>
        <span className="s t2" aria-hidden="true">
          Definitions
        </span>
        <Segmented
          small
          label="Definitions"
          value={definitions}
          onChange={(value) => dataset.store.setState({ definitions: value })}
          choices={[
            { value: 'corrected', label: 'Corrected' },
            { value: 'published', label: 'As published' },
          ]}
        />
        <Switch label="All measures" checked={allMeasures} onChange={(next) => dataset.store.setState({ allMeasures: next })} />
      </div>
      {definitions === 'published' && (
        <p className="s t2" title={DIFFERENCES.join('\n')}>
          {`As in SpikeInterface 0.105, errors and all: ${NAMES.join(', ')}.`}
        </p>
      )}
      <p className="s t2">{read ? readText(read) : planText(dataset)}</p>
      {read && read.seconds < read.ofSeconds && (
        <Button small kind="edge" disabled={running} onClick={() => void computeMetrics(dataset, true)}>
          Read all of it
        </Button>
      )}
    </div>
  );
}

/** "Waveform measures: 120 of 4,857 s read, 31,204 of 1,260,118 spikes." */
export function readText({ seconds, ofSeconds, spikes, ofSpikes }: MetricsRead): string {
  const part = seconds < ofSeconds ? `${grouped(seconds)} of ${grouped(ofSeconds)} s read` : `all ${grouped(ofSeconds)} s read`;
  return `Waveform measures: ${part}, ${grouped(spikes)} of ${grouped(ofSpikes)} spikes. Spike-train measures: every spike.`;
}

function planText({ recording, frames, rate }: EphysDataset): string {
  if (!recording) return 'No recording is open: measures come from spike times alone.';
  const seconds = secondsOfSpans(metricSpans(frames, rate, USUAL_SECONDS), rate);
  return seconds < frames / rate
    ? `Waveform measures will read ${grouped(seconds)} of ${grouped(frames / rate)} s, evenly over the recording.`
    : 'Waveform measures will read the whole recording.';
}
