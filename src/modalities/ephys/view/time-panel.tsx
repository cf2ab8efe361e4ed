// The strip below: drift map, depth board, raster of all units, agreement of two sortings, and what the files say.
import { lazy, type ReactElement, Suspense } from 'react';
import { type Tab, TabPanel, Tabs } from '../../../ui/tabs.tsx';
import type { EphysDataset } from './datasets.ts';
import { DriftTools } from './drift-tools.tsx';
import { DriftView } from './drift-view.tsx';
import { useEphys } from './hooks.ts';
import type { EphysState } from './store.ts';

const AgreementPanel = lazy(async () => ({ default: (await import('./agreement-panel.tsx')).AgreementPanel }));
const AgreementTools = lazy(async () => ({ default: (await import('./agreement-panel.tsx')).AgreementTools }));
const DepthBoardView = lazy(async () => ({ default: (await import('./depth-board.tsx')).DepthBoardView }));
const RasterView = lazy(async () => ({ default: (await import('./raster-view.tsx')).RasterView }));
const AboutPanel = lazy(async () => ({ default: (await import('./about-panel.tsx')).AboutPanel }));

const GROUP = 'ephys-time';

export function TimePanel({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const tab = useEphys(dataset, (state) => state.tab);
  const tabs: readonly Tab<EphysState['tab']>[] = [
    { id: 'drift', label: 'Drift map' },
    { id: 'board', label: 'Depth board', disabled: dataset.recording === null },
    { id: 'raster', label: 'Raster' },
    { id: 'agreement', label: 'Agreement' },
    { id: 'about', label: 'About' },
  ];
  return (
    <>
      <div className="head ephys-time-head">
        <Tabs label="Time strip" group={GROUP} value={tab} onChange={(id) => dataset.store.setState({ tab: id })} tabs={tabs} />
        <span className="push" />
        <Suspense>
          {tab === 'drift' && <DriftTools dataset={dataset} />}
          {tab === 'agreement' && <AgreementTools dataset={dataset} />}
        </Suspense>
      </div>
      <TabPanel group={GROUP} id={tab} className="ephys-strip">
        <Suspense>
          {tab === 'drift' && <DriftView key={dataset.source.key} dataset={dataset} />}
          {tab === 'board' && <DepthBoardView dataset={dataset} />}
          {tab === 'raster' && <RasterView dataset={dataset} />}
          {tab === 'agreement' && <AgreementPanel dataset={dataset} />}
          {tab === 'about' && <AboutPanel dataset={dataset} />}
        </Suspense>
      </TabPanel>
    </>
  );
}
