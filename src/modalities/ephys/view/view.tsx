// The ephys view: traces and probe in the middle, processing left, units right, drift below.
import { type ReactElement, startTransition, useEffect, useMemo, useState } from 'react';
import { byteSize, grouped } from '../../../base/number-format.ts';
import { usePhase } from '../../../state/hooks.ts';
import { ActionGroup } from '../../../ui/actions.ts';
import { DatasetBar } from '../../../ui/dataset-bar.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Frame } from '../../../ui/frame.tsx';
import { ClockIcon, ListIcon, RegionIcon, TableIcon } from '../../../ui/icons.tsx';
import { StatusBar } from '../../../ui/status-bar.tsx';
import { poolSize } from '../../../workers/client.ts';
import type { ViewProps } from '../../modality.ts';
import { openEphys } from './activate.ts';
import { redo, undo } from './curation.ts';
import { datasetById, type EphysDataset, lengthOf, lengthText } from './datasets.ts';
import { ExportMenu } from './export-menu.tsx';
import { FlatDialog } from './flat-dialog.tsx';
import { useEphys } from './hooks.ts';
import { LeftPanel } from './left-panel.tsx';
import { followPlaying } from './play.ts';
import { ProbeView } from './probe-view.tsx';
import { useEphysShortcuts } from './shortcuts.ts';
import { TimePanel } from './time-panel.tsx';
import { Toolbar } from './toolbar.tsx';
import { TracesView } from './traces-view.tsx';
import { TimeTransport } from './transport.tsx';
import { UnitPlots } from './unit-plots.tsx';
import { secondsOf, sortingOf, unitsOf } from './units.ts';
import { UnitsPanel } from './units-panel.tsx';
import './view.css';

export default function EphysView({ dataset: opened, shell }: ViewProps): ReactElement {
  const first = useMemo(() => openEphys(opened), [opened]);
  const [dataset, setDataset] = useState<EphysDataset>(() => datasetById(opened.id) ?? first);
  const [late, setLate] = useState(false);
  useEffect(() => {
    setDataset(datasetById(opened.id) ?? first);
    // The traces come before the lists, so that neither keeps the page busy for long.
    const handle = requestAnimationFrame(() => startTransition(() => setLate(true)));
    return () => cancelAnimationFrame(handle);
  }, [opened, first]);
  useEffect(() => followPlaying(dataset), [dataset]);
  useEphysShortcuts(dataset);
  const phase = usePhase();
  const units = late && <UnitsPanel dataset={dataset} />;
  const plots = late && <UnitPlots dataset={dataset} />;
  const time = late ? <TimePanel dataset={dataset} /> : <div />;
  const left = <LeftPanel dataset={dataset} />;
  const isUnknown = dataset.recording === null && dataset.info.flat !== null;
  // Without traces to show, what is known of time takes their place.
  const isTimeInMiddle = dataset.recording === null && !isUnknown;
  return (
    <>
      <Frame
        modality="ephys"
        title={`${dataset.name}: extracellular recording`}
        phase={phase}
        labels={{ left: 'Files and processing', right: 'Units', time: 'Time' }}
        sizes={{ rightWidth: 424, timeHeight: 236 }}
        top={<Bar dataset={dataset} shell={shell} />}
        left={left}
        main={
          dataset.recording ? (
            <>
              <ActionGroup value="Traces">
                <Toolbar dataset={dataset} />
              </ActionGroup>
              <div className="stage ephys-stage">
                <ProbeView dataset={dataset} />
                <TracesView key={dataset.source.key} dataset={dataset} />
              </div>
              <TimeTransport dataset={dataset} />
            </>
          ) : isUnknown ? (
            <Empty text="Say how the file is laid out to see its traces." />
          ) : (
            <section className="ephys-middle" aria-label="Time">
              {time}
              <p className="ephys-note">No raw recording is open: drop it together with the sorting to see its traces.</p>
            </section>
          )
        }
        right={
          <>
            {units}
            {plots}
          </>
        }
        time={isTimeInMiddle ? undefined : time}
        status={<StatusBar onOpenLog={shell.onOpenLog} workers={poolSize()} />}
        tabs={[
          { id: 'units', label: 'Units', icon: TableIcon, panel: units },
          { id: 'plots', label: 'Plots', icon: RegionIcon, panel: plots },
          ...(isTimeInMiddle ? [] : [{ id: 'time', label: 'Drift', icon: ClockIcon, panel: time }]),
          { id: 'data', label: 'Data', icon: ListIcon, panel: left },
        ]}
      />
      {isUnknown && dataset.info.flat && (
        <FlatDialog dataset={dataset} flat={dataset.info.flat} onOpened={setDataset} onClose={() => shell.onClose(dataset.id)} />
      )}
    </>
  );
}

interface BarProps extends Pick<ViewProps, 'shell'> {
  readonly dataset: EphysDataset;
}

function Bar({ dataset, shell }: BarProps): ReactElement {
  const undoable = useEphys(dataset, (state) => state.undo);
  const redoable = useEphys(dataset, (state) => state.redo);
  // Units come later than the data set.
  useEphys(dataset, ({ sorting, versions }) => `${sorting} ${versions.units}`);
  return (
    <DatasetBar
      shell={shell}
      facts={dataset.recording ? recordingFacts(dataset) : sortingFacts(dataset)}
      undoable={undoable}
      redoable={redoable}
      onUndo={() => undo(dataset)}
      onRedo={() => redo(dataset)}
      exports={<ExportMenu dataset={dataset} />}
    />
  );
}

function recordingFacts(dataset: EphysDataset): string[] {
  const { info, electrodes, rate } = dataset;
  return [byteSize(info.bytes), `${grouped(electrodes.count)} ch`, kilohertz(rate), lengthText(lengthOf(dataset))];
}

function sortingFacts(dataset: EphysDataset): string[] {
  const sorting = sortingOf(dataset);
  if (!sorting) return [];
  const { times, samplingRate } = sorting;
  const units = unitsOf(dataset).units.size;
  return [
    `${grouped(units)} ${units === 1 ? 'unit' : 'units'}`,
    `${grouped(times.length)} ${times.length === 1 ? 'spike' : 'spikes'}`,
    ...(samplingRate > 0 ? [kilohertz(samplingRate), lengthText(secondsOf(dataset))] : []),
  ];
}

const kilohertz = (rate: number) => `${Number((rate / 1000).toFixed(3))} kHz`;
