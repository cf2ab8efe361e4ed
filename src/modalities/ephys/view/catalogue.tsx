// The collection's nine recordings and four sortings with their facts, and which of them is open here.
import type { ReactElement } from 'react';
import { duration, grouped, MISSING } from '../../../base/number-format.ts';
import { useSession } from '../../../state/hooks.ts';
import { Button } from '../../../ui/button.tsx';
import { Table } from '../../../ui/table.tsx';
import type { Column } from '../../../ui/table-parts.tsx';
import type { CatalogueProps } from '../../modality.ts';
import { PUBLISHED_RECORDINGS, PUBLISHED_SORTINGS, type PublishedRecording, type PublishedSorting } from '../shared/published.ts';
import { datasetById } from './datasets.ts';
import { publishedFacts } from './published-facts.ts';
import './view.css';

/** Which open data set each published recording is, by its id. */
function openRecordings(ids: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const id of ids) {
    const dataset = datasetById(id);
    for (const published of dataset ? publishedFacts(dataset) : []) found.set(published.id, id);
  }
  return found;
}

export function Catalogue({ onShow }: CatalogueProps): ReactElement {
  const { datasets } = useSession();
  const open = openRecordings(datasets.map(({ id }) => id));
  const recordings: Column<PublishedRecording>[] = [
    { id: 'id', head: 'ID', left: true, rowHeader: true, cell: ({ id }) => id },
    { id: 'label', head: 'Label', left: true, optional: true, cell: ({ label }) => label },
    { id: 'lab', head: 'Lab', left: true, width: 110, cell: ({ lab }) => lab },
    { id: 'probe', head: 'Probe', left: true, width: 110, cell: ({ probe }) => probe },
    { id: 'rate', head: 'Rate Hz', width: 72, cell: ({ samplingRate }) => grouped(samplingRate) },
    { id: 'frames', head: 'Frames', width: 100, cell: ({ frames }) => grouped(frames) },
    { id: 'channels', head: 'Channels', width: 76, cell: ({ rawChannels }) => grouped(rawChannels) },
    { id: 'duration', head: 'Duration', width: 96, cell: ({ frames, samplingRate }) => duration(frames / samplingRate) },
    {
      id: 'open',
      head: 'Open here',
      width: 84,
      cell: ({ id }) => {
        const found = open.get(id);
        return found === undefined ? (
          MISSING
        ) : (
          <Button small onClick={() => onShow(found)}>
            Show
          </Button>
        );
      },
    },
  ];
  const sortings: Column<PublishedSorting>[] = [
    { id: 'id', head: 'ID', left: true, rowHeader: true, cell: ({ id }) => id },
    { id: 'label', head: 'Label', left: true, cell: ({ label }) => label },
    { id: 'recording', head: 'Recording', left: true, cell: ({ recording }) => recording },
    { id: 'units', head: 'Units', width: 64, cell: ({ units }) => (units === undefined ? MISSING : grouped(units)) },
    { id: 'description', head: 'What it is', left: true, optional: true, cell: ({ description }) => description },
  ];
  return (
    <div className="catalogue ephys-catalogue">
      <h3>neuropixels-data-sep-2020</h3>
      <Table label="Recordings" columns={recordings} rows={PUBLISHED_RECORDINGS} rowKey={({ id }) => id} dense />
      <Table label="Sortings" columns={sortings} rows={PUBLISHED_SORTINGS} rowKey={({ id }) => id} dense />
    </div>
  );
}
