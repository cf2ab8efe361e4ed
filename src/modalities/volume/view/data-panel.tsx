// The left panel: which volumes there are and what each is, then layers and classes.
import type { ReactElement } from 'react';
import { shapeText, type VolumeRole } from '../../../base/volume.ts';
import { useSession } from '../../../state/hooks.ts';
import { NumberField } from '../../../ui/number-field.tsx';
import { OpenDatasets } from '../../../ui/open-datasets.tsx';
import { Section } from '../../../ui/section.tsx';
import { Select } from '../../../ui/select.tsx';
import { AXIS_ORDERS, type AxisOrder } from '../shared/types.ts';
import { setOrder } from './axes.ts';
import { Classes } from './class-table.tsx';
import type { VolumeDataset } from './datasets.ts';
import { useVolume } from './hooks.ts';
import { Layers } from './layer-list.tsx';
import { reload } from './load.ts';
import { shortName } from './short-name.ts';
import { changeLayer, type Layer } from './store.ts';

export function DataPanel({ dataset }: { readonly dataset: VolumeDataset }): ReactElement {
  return (
    <>
      <OpenSets />
      <Files dataset={dataset} />
      <Layers dataset={dataset} />
      <Classes dataset={dataset} />
    </>
  );
}

function OpenSets(): ReactElement | null {
  const { datasets } = useSession();
  return datasets.length < 2 ? null : <OpenDatasets />;
}

const ROLES: readonly { value: VolumeRole; label: string }[] = [
  { value: 'image', label: 'image' },
  { value: 'truth', label: 'truth' },
  { value: 'prediction', label: 'prediction' },
];

function Files({ dataset }: { readonly dataset: VolumeDataset }): ReactElement {
  const layers = useVolume(dataset, (state) => state.layers);
  const voxelSize = useVolume(dataset, (state) => state.voxelSize);
  const known = useVolume(dataset, (state) => state.voxelKnown);
  const assumed = useVolume(dataset, (state) => state.voxelAssumed);
  const set = (axis: number, value: number) =>
    dataset.store.setState({
      voxelSize: voxelSize.map((edge, i) => (i === axis ? value : edge)) as unknown as typeof voxelSize,
      voxelKnown: true,
      voxelAssumed: false,
    });
  return (
    <Section title="Volumes" count={layers.length}>
      <ul className="volume-list">
        {layers.map((layer) => (
          <FileRow key={layer.id} dataset={dataset} layer={layer} />
        ))}
      </ul>
      <div className="volume-voxel">
        <span className="s t2">{!known ? 'Voxel µm ?' : assumed ? 'µm, assumed' : 'Voxel µm'}</span>
        {(['z', 'y', 'x'] as const).map((axis, i) => (
          <span key={axis} className="s t3 axis">
            {axis}
            <NumberField
              label={`Voxel size ${axis}`}
              width={44}
              value={voxelSize[i]!}
              min={0.0001}
              max={1e6}
              step={0.01}
              onCommit={(value) => set(i, value)}
            />
          </span>
        ))}
      </div>
    </Section>
  );
}

function FileRow({ dataset, layer }: { readonly dataset: VolumeDataset; readonly layer: Layer }): ReactElement {
  const { id, name, role, order, shape } = layer;
  const isOwn = !dataset.sources.has(id);
  return (
    <li className="volume-file">
      <span className="grow cut" title={`${name}, ${shapeText(shape)}`}>
        {shortName(name, dataset)}
      </span>
      {isOwn ? (
        <span className="n s t3">{layer.origin === 'kept' ? 'kept' : 'made here'}</span>
      ) : (
        <>
          <Select
            unlisted
            label={`Axes of ${name}`}
            value={order}
            onChange={(to) => setOrder(dataset, layer, to as AxisOrder)}
            choices={AXIS_ORDERS.map((value) => ({ value, label: value }))}
          />
          <Select
            unlisted
            label={`Role of ${name}`}
            value={role}
            onChange={(to) => changeRole(dataset, layer, to as VolumeRole)}
            choices={ROLES}
          />
        </>
      )}
    </li>
  );
}

function changeRole(dataset: VolumeDataset, { id }: Layer, role: VolumeRole): void {
  const { layers } = dataset.store.getState();
  for (const one of layers)
    if (one.role === role && one.visible && one.id !== id) changeLayer(dataset.store, one.id, { visible: false });
  reload(dataset, id, { role, visible: true, fill: role === 'truth' ? 0 : 0.35 });
}
