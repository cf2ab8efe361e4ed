// The left panel: which volumes there are and what each is, the layers with their looks, the classes with their voxels.
import type { ReactElement } from 'react';
import { fixed, grouped, MISSING } from '../../../base/number-format.ts';
import { shapeText, type VolumeRole } from '../../../base/volume.ts';
import { useSession } from '../../../state/hooks.ts';
import { session } from '../../../state/session.ts';
import { IconButton } from '../../../ui/button.tsx';
import { HiddenIcon, ProbeIcon, VisibleIcon } from '../../../ui/icons.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { Section } from '../../../ui/section.tsx';
import { Select } from '../../../ui/select.tsx';
import { Range } from '../../../ui/slider.tsx';
import { Table } from '../../../ui/table.tsx';
import type { Column } from '../../../ui/table-parts.tsx';
import { CONVENTIONS, conventionById, type LabelClass } from '../shared/label-conventions.ts';
import { AXIS_ORDERS, type AxisOrder } from '../shared/types.ts';
import { setOrder } from './axes.ts';
import { setConvention } from './conventions.ts';
import type { VolumeDataset } from './datasets.ts';
import { useVolume } from './hooks.ts';
import { reload } from './load.ts';
import { classColour, classesOf, cssColour } from './palette.ts';
import { countsOf } from './shown-palette.ts';
import { changeLayer, type Layer, shownLayer } from './store.ts';

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
  const { datasets, activeId } = useSession();
  if (datasets.length < 2) return null;
  return (
    <Section title="Data sets" count={datasets.length}>
      <ul className="volume-list">
        {datasets.map(({ id, name, note }) => (
          <li key={id}>
            <button
              type="button"
              className="row pick"
              aria-current={id === activeId ? 'true' : undefined}
              onClick={() => session.setState({ activeId: id })}
            >
              <span className="grow cut">{name}</span>
              <span className="n s t3">{note}</span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  );
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

/** The last part of a path; with the file before it where two layers would be called the same. */
function shortName(name: string, dataset: VolumeDataset): string {
  const parts = name.split('/');
  const last = parts.at(-1) || name;
  const isShared = dataset.store.getState().layers.filter((one) => one.name.split('/').at(-1) === last).length > 1;
  return isShared ? parts.slice(-2).join('/') : last;
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
        <span className="n s t3">made here</span>
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

function Layers({ dataset }: { readonly dataset: VolumeDataset }): ReactElement {
  const layers = useVolume(dataset, (state) => state.layers).filter(({ role }) => role !== 'image');
  return (
    <Section title="Layers" count={layers.length}>
      {layers.length === 0 && <p className="pad s t2">Drop labels or a prediction of this volume.</p>}
      <ul className="volume-list">
        {layers.map((layer) => (
          <LayerRow key={layer.id} dataset={dataset} layer={layer} />
        ))}
      </ul>
    </Section>
  );
}

/** Shows a layer and hides the one of its role that was shown. */
export function showLayer({ store }: VolumeDataset, id: string, visible: boolean): void {
  store.setState(({ layers }) => {
    const role = layers.find((one) => one.id === id)?.role;
    return {
      layers: layers.map((one) =>
        one.id === id
          ? { ...one, visible, status: one.status === 'failed' ? 'waiting' : one.status }
          : one.role === role && visible
            ? { ...one, visible: false }
            : one,
      ),
    };
  });
}

function LayerRow({ dataset, layer }: { readonly dataset: VolumeDataset; readonly layer: Layer }): ReactElement {
  const { id, name, visible, fill, outline, kind, convention } = layer;
  const word = shortName(name, dataset);
  const conventions = CONVENTIONS.filter((one) => one.kind === kind);
  return (
    <li className="volume-layer">
      <div className="line">
        <IconButton
          small
          label={`${visible ? 'Hide' : 'Show'} ${name}`}
          icon={visible ? VisibleIcon : HiddenIcon}
          onClick={() => showLayer(dataset, id, !visible)}
        />
        <span className="grow cut" title={name}>
          {word}
        </span>
        <Range
          label={`Fill of ${name}`}
          value={Math.round(fill * 100)}
          min={0}
          max={100}
          unit="%"
          onChange={(to) => changeLayer(dataset.store, id, { fill: to / 100 })}
        />
        {/* biome-ignore lint/a11y/useSemanticElements: the box is drawn, so that it looks the same everywhere */}
        <button
          type="button"
          role="checkbox"
          className="check"
          aria-checked={outline}
          aria-label={`Outline of ${name}`}
          title="Outline"
          onClick={() => changeLayer(dataset.store, id, { outline: !outline })}
        >
          <i />
        </button>
      </div>
      {conventions.length > 1 && visible && dataset.sources.has(id) && (
        <div className="line sub">
          <span className="s t3">numbers as</span>
          <Select
            unlisted
            label={`Label numbers of ${name}`}
            value={convention}
            onChange={(to) => setConvention(dataset, layer, to)}
            choices={conventions.map((one) => ({ value: one.id, label: one.title }))}
          />
        </div>
      )}
      {conventions.length > 1 && visible && convention !== 'bossdb' && (
        <p className="s t3 note">{conventionById(convention)?.note}</p>
      )}
    </li>
  );
}

interface ClassRow extends LabelClass {
  readonly voxels: number | null;
  readonly share: number | null;
}

function Classes({ dataset }: { readonly dataset: VolumeDataset }): ReactElement {
  const layers = useVolume(dataset, (state) => state.layers);
  const hidden = useVolume(dataset, (state) => state.hidden);
  const solo = useVolume(dataset, (state) => state.solo);
  const chosen = useVolume(dataset, (state) => state.chosenClass);
  const voxelSize = useVolume(dataset, (state) => state.voxelSize);
  const known = useVolume(dataset, (state) => state.voxelKnown);
  useVolume(dataset, (state) => state.versions.report);
  const layer = shownLayer({ layers }, 'prediction') ?? shownLayer({ layers }, 'truth');
  const counted = layer && countsOf(dataset, layer.id);
  const present = counted ? [...counted.counts.keys()] : [];
  const rows: ClassRow[] = layer
    ? classesOf(layer, present)
        .slice(0, MOST)
        .map((one) => {
          const voxels = counted ? (counted.counts.get(one.id) ?? 0) : null;
          return { ...one, voxels, share: voxels === null || !counted ? null : voxels / counted.total };
        })
    : [];
  const mm3 = voxelSize.reduce((product, edge) => product * edge, 1) * 1e-9;
  const set = dataset.store.setState;
  const isShown = (id: number) => (solo === null ? !hidden.includes(id) : solo === id);
  const columns: Column<ClassRow>[] = [
    {
      id: 'show',
      head: '',
      title: 'Shown',
      left: true,
      width: 54,
      cell: ({ id, name }) => (
        <span className="volume-eyes">
          <IconButton
            small
            label={`${isShown(id) ? 'Hide' : 'Show'} ${name}`}
            icon={isShown(id) ? VisibleIcon : HiddenIcon}
            onClick={(event) => {
              event.stopPropagation();
              set({ solo: null, hidden: isShown(id) ? [...hidden, id] : hidden.filter((one) => one !== id) });
            }}
          />
          <IconButton
            small
            label={`Only ${name}`}
            icon={ProbeIcon}
            pressed={solo === id}
            onClick={(event) => {
              event.stopPropagation();
              set({ solo: solo === id ? null : id });
            }}
          />
        </span>
      ),
    },
    {
      id: 'class',
      head: 'Class',
      left: true,
      rowHeader: true,
      cell: (row) => (
        <span className="mk" onPointerEnter={() => set({ highlight: row.id })} onPointerLeave={() => set({ highlight: null })}>
          <span className="sw" style={{ background: cssColour(classColour(row)) }} />
          <span className="cut">{row.name}</span>
        </span>
      ),
      full: (row) => row.name,
    },
    {
      id: 'voxels',
      head: 'Voxels',
      width: 50,
      cell: ({ voxels }) => (voxels === null ? MISSING : compact(voxels)),
      full: ({ voxels }) => (voxels === null ? '' : `${grouped(voxels)} voxels`),
    },
    {
      id: 'mm3',
      head: 'mm³',
      width: 50,
      cell: ({ voxels }) => (voxels === null || !known ? MISSING : fixed(voxels * mm3, 4)),
      full: ({ voxels }) => (voxels === null || !known ? '' : `${voxels * mm3} mm³`),
    },
    {
      id: 'share',
      head: '%',
      title: 'Share in per cent',
      width: 42,
      cell: ({ share }) => (share === null ? MISSING : fixed(share * 100, 1)),
    },
  ];
  return (
    <Section title="Classes" note={layer ? shortName(layer.name, dataset) : ''} fill>
      {layer ? (
        <div className="table-scroll">
          <Table
            dense
            label="Classes"
            columns={columns}
            rows={rows}
            rowKey={({ id }) => String(id)}
            selected={chosen === null ? null : String(chosen)}
            onSelect={(key) => set({ chosenClass: chosen === Number(key) ? null : Number(key) })}
          />
          {present.length > MOST && (
            <p className="pad s t2">{`${grouped(present.length)} labels; the first ${MOST} are listed.`}</p>
          )}
        </div>
      ) : (
        <p className="pad s t2">No labels yet.</p>
      )}
    </Section>
  );
}

const MOST = 64;

/** 1,234 as it is; 181 k and 1.23 M. */
const compact = (value: number) =>
  value < 1e4 ? grouped(value) : value < 1e6 ? `${Math.round(value / 1e3)} k` : `${(value / 1e6).toFixed(2)} M`;
