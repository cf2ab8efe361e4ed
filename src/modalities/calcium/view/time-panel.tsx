// The time strip: tabs Traces, Scores and About, and for the traces what is drawn, what the lines mean and whether it is exact.
import { lazy, type ReactElement, type ReactNode, Suspense } from 'react';
import { useJobs, useSession } from '../../../state/hooks.ts';
import { Button } from '../../../ui/button.tsx';
import { LineSample } from '../../../ui/line-sample.tsx';
import { Select } from '../../../ui/select.tsx';
import { type Tab, TabPanel, Tabs } from '../../../ui/tabs.tsx';
import type { TraceMethod } from '../shared/traces.ts';
import { AboutPanel } from './about-panel.tsx';
import { type CalciumDataset, regionOf } from './datasets.ts';
import { useCalcium } from './hooks.ts';
import { curvesOf, EVENT_SIGMA, KIND_TITLES, kindsOf, TRACE_KINDS, type TraceKind } from './lane-curves.ts';
import { ScoresTable } from './scores-table.tsx';
import type { StagePicture } from './stage-picture.ts';
import type { CalciumState } from './store.ts';
import './time.css';
import { readExactTraces, type TraceLane, useTraceLanes } from './trace-lanes.ts';
import { TracesView } from './traces-view.tsx';

const GROUP = 'time';
const ComparePanel = lazy(async () => ({ default: (await import('./compare-panel.tsx')).ComparePanel }));
const Montage = lazy(async () => ({ default: (await import('./montage.tsx')).Montage }));
const MistakesPanel = lazy(async () => ({ default: (await import('./mistakes-panel.tsx')).MistakesPanel }));

/** What may be seen while somebody labels blind. */
const BLIND_TABS = new Set<CalciumState['tab']>(['traces', 'transients', 'about']);

interface TimePanelProps {
  readonly dataset: CalciumDataset;
  /** What the walk from mistake to mistake moves. */
  readonly picture: StagePicture | null;
}

export function TimePanel({ dataset, picture }: TimePanelProps): ReactElement {
  const blind = useCalcium(dataset, (state) => state.blind) !== null;
  const asked = useCalcium(dataset, (state) => state.tab);
  const tab = blind && !BLIND_TABS.has(asked) ? 'traces' : asked;
  const { datasets } = useSession();
  const lanes = useTraceLanes(dataset);
  const kind = useCalcium(dataset, (state) => state.traceKind);
  const score = useCalcium(dataset, (state) => state.score);
  const sets = datasets.filter(({ modality }) => modality === 'calcium').length;
  const tabs: readonly Tab<CalciumState['tab']>[] = [
    { id: 'traces', label: 'Traces' },
    { id: 'transients', label: 'Transients' },
    { id: 'scores', label: 'Scores', count: sets },
    { id: 'compare', label: 'Compare' },
    { id: 'mistakes', label: 'Mistakes', ...(score ? { count: score.extra + score.missed } : {}) },
    { id: 'about', label: 'About' },
  ];
  return (
    <>
      <div className="head time-head">
        <Tabs<CalciumState['tab']>
          label="Time strip"
          group={GROUP}
          value={tab}
          onChange={(id) => dataset.store.setState({ tab: id })}
          tabs={tabs.filter(({ id }) => !blind || BLIND_TABS.has(id))}
        />
        <span className="push" />
        {tab === 'traces' && <TraceTools dataset={dataset} lanes={lanes} kind={kind} />}
      </div>
      <TabPanel group={GROUP} id={tab} className="time-body">
        {tab === 'traces' && <TracesView key={dataset.id} dataset={dataset} lanes={lanes} kind={kind} />}
        {tab === 'scores' && <ScoresTable />}
        <Suspense>
          {tab === 'transients' && <SelectedMontage key={dataset.id} dataset={dataset} lanes={lanes} />}
          {tab === 'compare' && <ComparePanel dataset={dataset} />}
          {tab === 'mistakes' && <MistakesPanel dataset={dataset} picture={picture} />}
        </Suspense>
        {tab === 'about' && <AboutPanel dataset={dataset} />}
      </TabPanel>
    </>
  );
}

/** The montage of the region whose lane comes first. */
function SelectedMontage({ dataset, lanes }: Pick<TraceToolsProps, 'dataset' | 'lanes'>): ReactElement {
  const lane = lanes.find(({ selection }) => selection !== null) ?? null;
  return <Montage dataset={dataset} lane={lane} region={lane?.selection ? regionOf(dataset, lane.selection) : null} />;
}

interface TraceToolsProps {
  readonly dataset: CalciumDataset;
  readonly lanes: readonly TraceLane[];
  /** Null: whatever is best. */
  readonly kind: TraceKind | null;
}

function TraceTools({ dataset, lanes, kind }: TraceToolsProps): ReactElement {
  const method = useCalcium(dataset, (state) => state.traceMethod);
  const traces = lanes.flatMap(({ trace }) => trace ?? []);
  const known = new Set(traces.flatMap(kindsOf));
  const shown = traces.map((trace) => curvesOf(trace, kind, dataset.rateHz));
  const value = shown[0]?.kind ?? kind ?? 'raw';
  return (
    <>
      {lanes.some(({ selection, trace }) => selection && trace?.exact === false) && (
        <BinnedNote dataset={dataset} lanes={lanes} />
      )}
      <span className="time-legend hide-narrow">
        <Legend>
          <LineSample kind="trace" />
          {KIND_TITLES[value]}
        </Legend>
        {shown.some(({ neuropil }) => neuropil) && (
          <Legend>
            <LineSample kind="dashed" />
            Neuropil
          </Legend>
        )}
        {shown.some(({ eventFrames }) => eventFrames) && (
          <Legend title={`Deconvolved events larger than ${EVENT_SIGMA} standard deviations of the noise`}>
            <svg className="event-sample" viewBox="0 0 8 10" aria-hidden="true">
              <path d="M4 1v8" />
            </svg>
            Events
          </Legend>
        )}
      </span>
      <Select<TraceMethod>
        label="Traces by"
        value={method}
        onChange={(traceMethod) => dataset.store.setState({ traceMethod })}
        choices={METHODS}
      />
      <Select<TraceKind>
        label="Trace"
        value={value}
        onChange={(traceKind) => dataset.store.setState({ traceKind })}
        choices={TRACE_KINDS.map((one) => ({ value: one, label: KIND_TITLES[one], disabled: one !== 'raw' && !known.has(one) }))}
      />
    </>
  );
}

const METHODS: readonly { value: TraceMethod; label: string }[] = [
  { value: 'mean', label: 'Mask mean' },
  { value: 'least-squares', label: 'Least squares' },
];

function Legend({ title, children }: { readonly title?: string; readonly children: ReactNode }): ReactElement {
  return (
    <span className="mk s t2" title={title}>
      {children}
    </span>
  );
}

/** Says that a curve is the binned one, and offers the pass that makes it exact where none runs. */
function BinnedNote({
  dataset,
  lanes,
}: {
  readonly dataset: CalciumDataset;
  readonly lanes: readonly TraceLane[];
}): ReactElement {
  const jobs = useJobs();
  const reads = jobs.some((job) => job.dataset === dataset.id);
  const wanted = lanes.some(({ selection, trace }) => selection?.layer === 'predictions' && trace?.exact === false);
  return (
    <>
      <span className="s t2 cut time-note">binned, exact when read</span>
      {wanted && !reads && (
        <Button small className="hide-narrow" onClick={() => readExactTraces(dataset)}>
          Read now
        </Button>
      )}
    </>
  );
}
