// The calcium view: movie in the middle, data sets left, detection, score and regions right, traces below.
import { lazy, type ReactElement, Suspense, startTransition, useEffect, useMemo, useState } from 'react';
import { grouped } from '../../../base/number-format.ts';
import { usePhase } from '../../../state/hooks.ts';
import { ActionGroup } from '../../../ui/actions.ts';
import { DatasetBar } from '../../../ui/dataset-bar.tsx';
import { Frame } from '../../../ui/frame.tsx';
import { ListIcon, RegionIcon, ScoreIcon, TraceIcon } from '../../../ui/icons.tsx';
import { StatusBar } from '../../../ui/status-bar.tsx';
import { Transport } from '../../../ui/transport.tsx';
import { poolSize } from '../../../workers/client.ts';
import type { Shell, ViewProps } from '../../modality.ts';
import { openCalcium } from './activate.ts';
import { BlindBanner } from './blind-banner.tsx';
import { ContrastRow } from './contrast-row.tsx';
import { DataPanel } from './data-panel.tsx';
import type { CalciumDataset } from './datasets.ts';
import { DetectionPanel } from './detection-panel.tsx';
import { ExportMenu } from './export-menu.tsx';
import { redo, undo } from './history.ts';
import { useCalcium } from './hooks.ts';
import { Rail } from './rail.tsx';
import { RegionsPanel } from './regions-panel.tsx';
import { ScorePanel } from './score-panel.tsx';
import { useCalciumShortcuts } from './shortcuts.ts';
import { Stage } from './stage.tsx';
import type { StagePicture } from './stage-picture.ts';
import { startSummary } from './summary.ts';
import { TimePanel } from './time-panel.tsx';
import { Toolbar } from './toolbar.tsx';
import './view.css';

const EditStage = lazy(async () => ({ default: (await import('./edit-stage.tsx')).EditStage }));

export default function CalciumView({ dataset: opened, shell }: ViewProps): ReactElement {
  const dataset = useMemo(() => {
    const made = openCalcium(opened);
    made.player.expect();
    return made;
  }, [opened]);
  const [picture, setPicture] = useState<StagePicture | null>(null);
  useEffect(() => {
    dataset.player.seek(dataset.store.getState().frame);
    return () => dataset.player.pause();
  }, [dataset]);
  const late = useLate(dataset);
  useEffect(() => {
    if (late) startSummary(dataset);
  }, [dataset, late]);
  useCalciumShortcuts(dataset, picture);
  const phase = usePhase();
  const reading = useCalcium(dataset, (state) => state.reading);
  const blind = useCalcium(dataset, (state) => state.blind);
  const detection = blind === null && <DetectionPanel dataset={dataset} />;
  const score = late && blind === null && <ScorePanel dataset={dataset} />;
  const regions = late && <RegionsPanel dataset={dataset} />;
  // Its place is kept, so that the stage does not change size when it comes.
  const time = late ? <TimePanel dataset={dataset} picture={picture} /> : <div />;
  return (
    <Frame
      modality="calcium"
      title={`${dataset.name}: calcium imaging`}
      phase={reading && phase === 'ready' ? 'working' : phase}
      labels={{ left: 'Data sets and layers', right: 'Result', time: 'Time' }}
      top={<Bar dataset={dataset} shell={shell} picture={picture} />}
      left={<DataPanel dataset={dataset} />}
      main={
        <>
          <BlindBanner dataset={dataset} />
          <ActionGroup value="Picture">
            <Toolbar dataset={dataset} picture={picture} />
          </ActionGroup>
          <div className="stage">
            <Rail dataset={dataset} />
            <Stage key={dataset.id} dataset={dataset} onPicture={setPicture}>
              <Suspense>{late && picture && <EditStage dataset={dataset} picture={picture} />}</Suspense>
            </Stage>
          </div>
          <MovieTransport dataset={dataset} />
          <ContrastRow dataset={dataset} />
        </>
      }
      right={
        <>
          {detection}
          {score}
          {regions}
        </>
      }
      time={time}
      status={<Status dataset={dataset} picture={picture} onOpenLog={shell.onOpenLog} />}
      tabs={[
        ...(blind === null ? [{ id: 'score', label: 'Score', icon: ScoreIcon, panel: [detection, score] }] : []),
        { id: 'regions', label: 'Regions', icon: RegionIcon, panel: regions },
        { id: 'traces', label: 'Traces', icon: TraceIcon, panel: time },
        { id: 'data', label: 'Data', icon: ListIcon, panel: <DataPanel dataset={dataset} /> },
      ]}
    />
  );
}

const LATEST_MS = 1000;

/** False until the first frame is on screen: the movie comes before the lists, and neither keeps the page busy for long. */
function useLate({ player }: CalciumDataset): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const go = () => startTransition(() => setLate(true));
    const timer = setTimeout(go, LATEST_MS);
    const stop = player.subscribe(() => requestAnimationFrame(go));
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [player]);
  return late;
}

interface BarProps extends Pick<ViewProps, 'shell'> {
  readonly dataset: CalciumDataset;
  readonly picture: StagePicture | null;
}

function Bar({ dataset, shell, picture }: BarProps): ReactElement {
  const undoable = useCalcium(dataset, (state) => state.undo);
  const redoable = useCalcium(dataset, (state) => state.redo);
  return (
    <DatasetBar
      shell={shell}
      facts={factsOf(dataset)}
      undoable={undoable}
      redoable={redoable}
      onUndo={() => undo(dataset)}
      onRedo={() => redo(dataset)}
      exports={<ExportMenu dataset={dataset} picture={picture} />}
    />
  );
}

const FPS_EVERY_MS = 500;

/** The status bar, with the frames drawn a second while the movie plays. */
function Status({ dataset, picture, onOpenLog }: Pick<BarProps, 'dataset' | 'picture'> & Pick<Shell, 'onOpenLog'>): ReactElement {
  const playing = useCalcium(dataset, (state) => state.playing);
  const [fps, setFps] = useState<number | null>(null);
  useEffect(() => {
    if (!playing || !picture) return;
    const timer = setInterval(() => setFps(picture.loop.fps()), FPS_EVERY_MS);
    return () => {
      clearInterval(timer);
      setFps(null);
    };
  }, [playing, picture]);
  return <StatusBar onOpenLog={onOpenLog} workers={poolSize()} fps={fps} />;
}

const KINDS = { training: 'Training', test: 'Test', movie: 'Movie' } as const;

function factsOf({ info }: CalciumDataset): string[] {
  const { movie, facts, kind } = info;
  return [
    KINDS[kind],
    `${grouped(movie.frames)} frames`,
    `${movie.height} × ${movie.width}`,
    movie.dtype,
    facts.rateHz === null ? 'rate unknown' : `${facts.rateHz} Hz`,
    facts.pixelsPerMicron === null ? 'scale unknown' : `${facts.pixelsPerMicron} px/µm`,
  ];
}

function MovieTransport({ dataset }: { readonly dataset: CalciumDataset }): ReactElement {
  const { store, player } = dataset;
  const playing = useCalcium(dataset, (state) => state.playing);
  const speed = useCalcium(dataset, (state) => state.speed);
  const loop = useCalcium(dataset, (state) => state.loop);
  const everyFrame = useCalcium(dataset, (state) => state.everyFrame);
  const framesRead = useCalcium(dataset, (state) => state.framesRead);
  const frame = useMemo(
    () => ({
      get: () => player.shown?.frame ?? store.getState().frame,
      subscribe: (changed: () => void) => {
        const stops = [player.subscribe(changed), store.subscribe((now, before) => now.frame !== before.frame && changed())];
        return () => {
          for (const stop of stops) stop();
        };
      },
    }),
    [player, store],
  );
  return (
    <Transport
      frame={frame}
      count={player.frames}
      rate={dataset.rateKnown ? dataset.rateHz : null}
      playing={playing}
      onPlay={(on) => (on ? player.play() : player.pause())}
      onFrame={(to) => player.seek(to)}
      held={framesRead / player.frames}
      loop={loop}
      onLoop={(on) => store.setState({ loop: on })}
      speed={speed}
      onSpeed={(to) => store.setState({ speed: to })}
      everyFrame={everyFrame}
      onEveryFrame={(on) => store.setState({ everyFrame: on })}
    />
  );
}
