// The catalogue of MTNeuro: the volume and its channels, areas, parts, tasks and published scores, and which of them is open here.
import type { ReactElement } from 'react';
import { byteSize, fixed, MISSING } from '../../../base/number-format.ts';
import { shapeText } from '../../../base/volume.ts';
import { useSession } from '../../../state/hooks.ts';
import { Button } from '../../../ui/button.tsx';
import { OutLink } from '../../../ui/out-link.tsx';
import { Table } from '../../../ui/table.tsx';
import type { Column } from '../../../ui/table-parts.tsx';
import type { CatalogueProps } from '../../modality.ts';
import { CHANNELS, type Channel, CONFIGS, LINKS, PARTS, type Part, type Task, WHOLE } from '../shared/catalogue.ts';
import { CUTOUTS, type TaskMode, VOXEL_SIZE } from '../shared/published.ts';
import { datasetById } from './datasets.ts';
import { PublishedTables } from './published-tables.tsx';
import './catalogue.css';

type Area = (typeof CUTOUTS)[number];

const text = <R,>(id: string, head: string, cell: (row: R) => string, width?: number): Column<R> => ({
  id,
  head,
  left: true,
  ...(width === undefined ? {} : { width }),
  cell: (row) => <span className="wraps">{cell(row)}</span>,
});
const first = <R,>(head: string, cell: (row: R) => string, width: number): Column<R> => ({
  id: 'first',
  head,
  left: true,
  rowHeader: true,
  width,
  cell,
});
const range = ([from, to]: readonly [number, number]) => `${from}–${to}`;

const AREAS: readonly Column<Area>[] = [
  first('Area', ({ name }) => name, 70),
  text('title', 'Region', ({ title }) => title, 210),
  text('x', 'x', ({ x }) => range(x), 100),
  text('y', 'y', ({ y }) => range(y), 100),
  text('size', 'Size µm', ({ x, y }) => [x, y].map(([from, to]) => fixed((to - from) * VOXEL_SIZE, 0)).join(' × ')),
];

const TASKS: readonly Column<Task>[] = [
  first('Task', ({ config }) => config, 130),
  text('what', 'What', ({ what }) => what, 210),
  text('classes', 'Classes', ({ classes }) => classes, 240),
  text('areas', 'Areas', ({ areas }) => areas, 120),
  text('score', 'Score', ({ score }) => score),
];

const PLACES: readonly Column<Channel>[] = [
  text('what', 'What', ({ what }) => what, 300),
  first('Address, for remote.html', ({ address }) => address, 340),
  text('stored', 'Type', ({ stored }) => stored),
];

export function Catalogue({ onShow }: CatalogueProps): ReactElement {
  const { datasets } = useSession();
  const open = new Map<TaskMode, string>();
  for (const { id } of datasets) {
    const mode = datasetById(id)?.info.mode;
    if (mode) open.set(mode, id);
  }
  const parts: readonly Column<Part>[] = [
    first('Part', ({ mode }) => mode, 70),
    text('z', 'z', ({ z }) => range(z), 90),
    text('slices', 'Slices an area', ({ slices }) => String(slices), 100),
    text('stacked', 'In one file, z × y × x', ({ stacked }) => shapeText(stacked), 150),
    text('files', 'Files', ({ mode }) => `<task>${mode}images.npy, <task>${mode}labels.npy`),
    text('bytes', 'Images, labels', ({ imageBytes, labelBytes }) => `${byteSize(imageBytes)}, ${byteSize(labelBytes)}`, 140),
    {
      id: 'open',
      head: 'Open here',
      width: 84,
      cell: ({ mode }) => {
        const id = open.get(mode);
        if (id === undefined) return MISSING;
        return (
          <Button small onClick={() => onShow(id)}>
            Show
          </Button>
        );
      },
    },
  ];
  const millimetres = WHOLE.map((extent) => fixed((extent * VOXEL_SIZE) / 1000, 2)).join(' × ');
  return (
    <div className="catalogue volume-catalogue">
      <h3>MTNeuro</h3>
      <p className="s t2">
        {`X-ray microtomography of mouse thalamocortical tissue (prasad2020): ${shapeText(WHOLE)} voxels of ${VOXEL_SIZE} µm (z, y, x), ${millimetres} mm, uint8, CC BY 4.0. The notebooks of the benchmark write the files: drop them here. The page itself fetches nothing; on its remote page, you can type the addresses below.`}
      </p>
      <ul className="s volume-catalogue-links">
        {LINKS.map(({ label, address }) => (
          <li key={label}>
            <OutLink address={address}>{label}</OutLink>
          </li>
        ))}
        <li>
          <a href="remote.html">Remote page</a>
        </li>
      </ul>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="volume-catalogue-scroll" aria-label="MTNeuro" tabIndex={0}>
        <Table dense label="MTNeuro areas" columns={AREAS} rows={CUTOUTS} rowKey={({ name }) => name} />
        <Table dense label="MTNeuro parts" columns={parts} rows={PARTS} rowKey={({ mode }) => mode} />
        <Table dense label="MTNeuro tasks" columns={TASKS} rows={CONFIGS} rowKey={({ config }) => config} />
        <Table dense label="MTNeuro channels" columns={PLACES} rows={CHANNELS} rowKey={({ address }) => address} />
      </section>
      <PublishedTables />
    </div>
  );
}
