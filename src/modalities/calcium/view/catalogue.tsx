// The catalogue of neurofinder: every published set with its facts, published scores and ceilings, where to get it, which are open
// here and how they score; and the leaderboard.
import { type ReactElement, useState } from 'react';
import { TabPanel, Tabs } from '../../../ui/tabs.tsx';
import type { CatalogueProps } from '../../modality.ts';
import { CatalogueTable } from './catalogue-table.tsx';
import { Leaderboard } from './leaderboard.tsx';
import './catalogue.css';

type Tab = 'sets' | 'leaderboard';
const GROUP = 'catalogue';

export function Catalogue({ onShow }: CatalogueProps): ReactElement {
  const [tab, setTab] = useState<Tab>('sets');
  return (
    <div className="catalogue">
      <div className="catalogue-head">
        <h3>neurofinder</h3>
        <Tabs<Tab>
          label="Catalogue"
          group={GROUP}
          value={tab}
          onChange={setTab}
          tabs={[
            { id: 'sets', label: 'Data sets' },
            { id: 'leaderboard', label: 'Leaderboard' },
          ]}
        />
      </div>
      <TabPanel group={GROUP} id={tab}>
        {tab === 'sets' ? <CatalogueTable onShow={onShow} /> : <Leaderboard />}
      </TabPanel>
    </div>
  );
}
