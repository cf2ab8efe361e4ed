// Below the units: what the selected ones look like. Four plots a page; a time brush restricts all of them.
import { type ReactElement, useEffect, useMemo } from 'react';
import { mark } from '../../../base/marks.ts';
import { fixed, grouped } from '../../../base/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import type { SorterTemplates } from '../shared/sorter-templates.ts';
import type { Correlograms, UnitWaveforms } from '../shared/unit-jobs.ts';
import { AmplitudePlot } from './amplitude-plot.tsx';
import { askCorrelograms, askWaveforms, correlogramKey, waveformKey } from './ask-units.ts';
import { paintCorrelogram, paintIntervals } from './correlogram-picture.ts';
import type { EphysDataset } from './datasets.ts';
import { FeaturePlot } from './feature-plot.tsx';
import { useAnswer, useEphys } from './hooks.ts';
import { paintLocations, savedLocations } from './location-picture.ts';
import { Plot } from './plot.tsx';
import { SimilarityPlot } from './similarity-plot.tsx';
import { askSorterTemplates, templatesKeyOf } from './sorter-templates.ts';
import { askSavedPlanes, hasSavedFeatures, type SavedPlanes } from './spike-planes.ts';
import { selectedUnits, type Unit } from './units.ts';
import { paintWaveforms } from './waveform-picture.ts';

export function UnitPlots({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const { store } = dataset;
  const key = useEphys(
    dataset,
    ({ selected, versions, brush, sorting }) => `${sorting} ${selected.join()} ${versions.units} ${brush?.from} ${brush?.to}`,
  );
  const page = useEphys(dataset, (state) => state.page);
  const brush = useEphys(dataset, (state) => state.brush);
  const convention = useEphys(dataset, (state) => state.convention);
  // The key stands for the units behind it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const units = useMemo(() => selectedUnits(dataset), [dataset, key]);
  const correlograms = useAnswer(
    (signal) => askCorrelograms(dataset, units, signal),
    correlogramKey(dataset, units),
    'Correlograms could not be counted',
  );
  const chain = useEphys(dataset, (state) => state.chain);
  const waveforms = useAnswer(
    (signal) => askWaveforms(dataset, units, signal),
    waveformKey(dataset, units, chain),
    'Waveforms could not be read',
  );
  const sorter = useAnswer(
    (signal) => askSorterTemplates(dataset, units, signal),
    templatesKeyOf(dataset, units),
    'The sorter’s templates could not be read',
  );
  useEffect(() => {
    if (correlograms || waveforms) mark('unit-plots-shown');
  }, [correlograms, waveforms]);
  const saved = useAnswer(
    (signal) => askSavedPlanes(dataset, units, signal),
    page === 'more' && units.length > 0 && hasSavedFeatures(dataset) ? `${dataset.source.key} ${key}` : '',
    'The saved features could not be read',
  );
  return (
    <section className="ephys-plots" aria-label="Selected units">
      <div className="head">
        <Segmented
          small
          label="Plots"
          value={page}
          onChange={(value) => store.setState({ page: value })}
          choices={[
            { value: 'shape', label: 'Shape' },
            { value: 'more', label: 'Features' },
          ]}
        />
        <span className="s t3 cut">{describe(units)}</span>
        <span className="push" />
        <Select
          label="Correlograms as"
          value={convention}
          onChange={(value) => store.setState({ convention: value })}
          choices={[
            { value: 'spikeinterface', label: 'SpikeInterface' },
            { value: 'phy', label: 'phy' },
          ]}
        />
        {brush && (
          <Button small onClick={() => store.setState({ brush: null })}>
            {`${fixed(brush.from, 1)} – ${fixed(brush.to, 1)} s, show all`}
          </Button>
        )}
      </div>
      <div className="quad">
        {page === 'shape' ? (
          <ShapePage dataset={dataset} units={units} correlograms={correlograms} waveforms={waveforms} sorter={sorter} />
        ) : (
          <FeaturePage
            dataset={dataset}
            units={units}
            correlograms={correlograms}
            waveforms={waveforms}
            saved={saved?.of === units ? saved : null}
          />
        )}
      </div>
    </section>
  );
}

/** What stands beside a plot that stays empty. */
const needsRecording = ({ recording }: EphysDataset) => (recording ? '' : 'needs the recording');

/** Another selection has another lasso. */
const keyOf = (units: readonly Unit[]) => units.map(({ id }) => id).join();

function describe(units: readonly Unit[]): string {
  if (units.length === 0) return 'Select a unit to see it here';
  return units.length === 1 ? `unit ${units[0]!.name}` : `units ${units.map(({ name }) => name).join(', ')}`;
}

interface PageProps {
  readonly dataset: EphysDataset;
  readonly units: readonly Unit[];
  readonly correlograms: Correlograms | undefined;
  readonly waveforms: readonly UnitWaveforms[] | undefined;
}

interface ShapePageProps extends PageProps {
  /** In place of waveforms where no recording is open. */
  readonly sorter: SorterTemplates | undefined;
}

function ShapePage({ dataset, units, correlograms, waveforms, sorter }: ShapePageProps): ReactElement {
  const read = waveforms?.reduce((sum, { frames }) => sum + frames.length, 0) ?? 0;
  const pair = units.length > 1 ? `${units[0]!.name} × ${units[1]!.name}` : 'two units';
  return (
    <>
      <Figure
        title="Waveform"
        note={sorter ? 'template of the sorter' : read > 0 ? `${grouped(read)} spikes` : needsRecording(dataset)}
      >
        <Plot
          label="Waveforms"
          paint={(painting) => paintWaveforms(painting, sorter ?? dataset, sorter?.templates ?? waveforms ?? [])}
        />
      </Figure>
      <Figure title="Autocorrelogram" note="±50 ms, 1 ms">
        <Plot label="Autocorrelogram" paint={(painting) => paintCorrelogram(painting, correlograms, 0, 0)} />
      </Figure>
      <Figure title="Amplitude" note="over time">
        <AmplitudePlot key={keyOf(units)} dataset={dataset} units={units} waveforms={waveforms ?? []} />
      </Figure>
      <Figure title="Cross-correlogram" note={pair}>
        <Plot label="Cross-correlogram" paint={(painting) => paintCorrelogram(painting, correlograms, 0, 1)} />
      </Figure>
    </>
  );
}

interface FeaturePageProps extends PageProps {
  readonly saved: SavedPlanes | null;
}

function FeaturePage({ dataset, units, correlograms, waveforms, saved }: FeaturePageProps): ReactElement {
  const places = dataset.recording ? null : savedLocations(dataset, units);
  return (
    <>
      <Figure title="Intervals" note="50 ms, 1 ms">
        <Plot label="Interspike intervals" paint={(painting) => paintIntervals(painting, correlograms)} />
      </Figure>
      <Figure
        title="Features"
        note={saved ? `saved PC 1 × PC 2, channel ${saved.channel}` : needsRecording(dataset) || 'PC 1 × PC 2'}
      >
        <FeaturePlot key={keyOf(units)} dataset={dataset} units={units} waveforms={waveforms ?? []} saved={saved} />
      </Figure>
      <Figure title="Location" note={places ? 'as saved, µm' : needsRecording(dataset) || 'spikes, µm'}>
        <Plot label="Location" paint={(painting) => paintLocations(painting, dataset, places ?? waveforms ?? [])} />
      </Figure>
      <Figure title="Similarity" note="cosine of templates">
        <SimilarityPlot dataset={dataset} units={units} />
      </Figure>
    </>
  );
}

function Figure({
  title,
  note,
  children,
}: {
  readonly title: string;
  readonly note: string;
  readonly children: ReactElement;
}): ReactElement {
  return (
    <figure>
      <figcaption>
        {title}
        <span className="cut">{note}</span>
      </figcaption>
      {children}
    </figure>
  );
}
