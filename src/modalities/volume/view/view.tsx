// The volume view: four linked pictures in the middle, files, layers and classes left, segmentation and scores right, slices below.
import { type ReactElement, useMemo, useState } from 'react';
import { grouped } from '../../../base/number-format.ts';
import { shapeText } from '../../../base/volume.ts';
import { usePhase } from '../../../state/hooks.ts';
import { ActionGroup } from '../../../ui/actions.ts';
import { DatasetBar } from '../../../ui/dataset-bar.tsx';
import { Frame } from '../../../ui/frame.tsx';
import { LayersIcon, RegionIcon, ScoreIcon, TraceIcon } from '../../../ui/icons.tsx';
import { StatusBar } from '../../../ui/status-bar.tsx';
import { poolSize } from '../../../workers/client.ts';
import type { Shell, ViewProps } from '../../modality.ts';
import { openVolume } from './activate.ts';
import { ContrastRow } from './contrast-row.tsx';
import { DataPanel } from './data-panel.tsx';
import type { VolumeDataset } from './datasets.ts';
import { ExportMenu } from './export-menu.tsx';
import { redo, undo } from './history.ts';
import { useVolume } from './hooks.ts';
import { RegionsPanel } from './regions-panel.tsx';
import { ScorePanel } from './score-panel.tsx';
import { SegmentPanel } from './segment-panel.tsx';
import { useVolumeShortcuts } from './shortcuts.ts';
import { Stage } from './stage.tsx';
import type { StagePicture } from './stage-picture.ts';
import { Strip } from './strip.tsx';
import { Toolbar } from './toolbar.tsx';
import './view.css';

const TIME_HEIGHT = 164;

export default function VolumeView({ dataset: opened, shell }: ViewProps): ReactElement {
  const dataset = useMemo(() => openVolume(opened), [opened]);
  const [picture, setPicture] = useState<StagePicture | null>(null);
  useVolumeShortcuts(dataset, shell.onHelp);
  const phase = usePhase();
  const pending = useVolume(dataset, ({ layers }) =>
    layers.some(({ visible, status }) => visible && (status === 'waiting' || status === 'loading')),
  );
  const segment = <SegmentPanel dataset={dataset} />;
  const score = <ScorePanel dataset={dataset} />;
  const regions = <RegionsPanel dataset={dataset} />;
  const strip = <Strip dataset={dataset} />;
  const data = <DataPanel dataset={dataset} />;
  return (
    <Frame
      modality="volume"
      title={`${dataset.name}: volume`}
      phase={pending && phase === 'ready' ? 'working' : phase}
      labels={{ left: 'Data sets and layers', right: 'Result', time: 'Slices' }}
      sizes={{ timeHeight: TIME_HEIGHT, leftWidth: 296 }}
      top={<Bar dataset={dataset} shell={shell} picture={picture} />}
      left={data}
      main={
        <>
          <ActionGroup value="Picture">
            <Toolbar dataset={dataset} />
          </ActionGroup>
          <Stage key={dataset.id} dataset={dataset} onPicture={setPicture} />
          <ContrastRow dataset={dataset} />
        </>
      }
      right={
        <div className="volume-right">
          {segment}
          {score}
          {regions}
        </div>
      }
      time={strip}
      status={<StatusBar onOpenLog={shell.onOpenLog} workers={poolSize()} fps={null} />}
      tabs={[
        { id: 'slices', label: 'Slices', icon: TraceIcon, panel: strip },
        { id: 'score', label: 'Score', icon: ScoreIcon, panel: score },
        {
          id: 'segment',
          label: 'Segment',
          icon: RegionIcon,
          panel: [<div key="segment">{segment}</div>, <div key="regions">{regions}</div>],
        },
        { id: 'data', label: 'Data', icon: LayersIcon, panel: data },
      ]}
    />
  );
}

interface BarProps {
  readonly dataset: VolumeDataset;
  readonly shell: Shell;
  readonly picture: StagePicture | null;
}

function Bar({ dataset, shell, picture }: BarProps): ReactElement {
  const undoable = useVolume(dataset, (state) => state.undo);
  const redoable = useVolume(dataset, (state) => state.redo);
  return (
    <DatasetBar
      shell={shell}
      facts={useFacts(dataset)}
      undoable={undoable}
      redoable={redoable}
      onUndo={() => undo(dataset)}
      onRedo={() => redo(dataset)}
      exports={<ExportMenu dataset={dataset} picture={picture} />}
    />
  );
}

const MODES = { train: 'Training set', val: 'Validation set', test: 'Test set' } as const;

function useFacts(dataset: VolumeDataset): string[] {
  const voxelSize = useVolume(dataset, (state) => state.voxelSize);
  const known = useVolume(dataset, (state) => state.voxelKnown);
  const assumed = useVolume(dataset, (state) => state.voxelAssumed);
  const { info, shape } = dataset;
  const item = info.items.find(({ role }) => role === 'image') ?? info.items[0];
  const isEven = voxelSize.every((edge) => edge === voxelSize[0]);
  return [
    ...(info.mode ? [MODES[info.mode]] : []),
    shapeText(shape.map((extent) => grouped(extent) as unknown as number)),
    known ? `${isEven ? voxelSize[0] : shapeText(voxelSize)} µm${assumed ? ', assumed' : ''}` : 'voxel size unknown',
    ...(item ? [item.stored] : []),
  ];
}
