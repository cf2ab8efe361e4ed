// The classes of the labels on screen: names, voxels, mm³, share; shown, hidden or alone.
import type { ReactElement } from 'react';
import { fixed, grouped, MISSING } from '../../../base/number-format.ts';
import { useJobs } from '../../../state/hooks.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { HiddenIcon, ProbeIcon, VisibleIcon } from '../../../ui/icons.tsx';
import { Section } from '../../../ui/section.tsx';
import { Table } from '../../../ui/table.tsx';
import type { Column } from '../../../ui/table-parts.tsx';
import type { LabelClass } from '../shared/label-conventions.ts';
import { codeFor, type VolumeDataset } from './datasets.ts';
import { countVoxels, fileLabelsIn } from './file-labels.ts';
import { useVolume } from './hooks.ts';
import { classColour, classesOf, cssColour } from './palette.ts';
import { shortName } from './short-name.ts';
import { countsOf } from './shown-palette.ts';
import { shownLayer } from './store.ts';

interface ClassRow extends LabelClass {
  /** What it is drawn with. */
  readonly code: number;
  readonly voxels: number | null;
  readonly share: number | null;
}

export function Classes({ dataset }: { readonly dataset: VolumeDataset }): ReactElement {
  const layers = useVolume(dataset, (state) => state.layers);
  const hidden = useVolume(dataset, (state) => state.hidden);
  const solo = useVolume(dataset, (state) => state.solo);
  const chosen = useVolume(dataset, (state) => state.chosenClass);
  const voxelSize = useVolume(dataset, (state) => state.voxelSize);
  const known = useVolume(dataset, (state) => state.voxelKnown);
  const recolour = useVolume(dataset, (state) => state.recolour);
  useVolume(dataset, (state) => state.versions.report);
  const layer = shownLayer({ layers }, 'prediction') ?? shownLayer({ layers }, 'truth');
  const counted = layer && countsOf(dataset, layer.id);
  const inFiles = layer && fileLabelsIn(dataset, layer);
  const isBusy = useJobs().some((job) => job.dataset === dataset.id && !job.idle);
  const present = counted ? [...counted.counts.keys()] : [];
  const rows: ClassRow[] = layer
    ? classesOf(layer, present)
        .slice(0, MOST)
        .map((one) => {
          const voxels = counted && !counted.isSample ? (counted.counts.get(one.id) ?? 0) : null;
          return {
            ...one,
            code: codeFor(dataset, layer, one.id),
            voxels,
            share: voxels === null || !counted ? null : voxels / counted.total,
          };
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
      width: 56,
      cell: ({ code: id, name }) => (
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
        <span
          className="volume-class"
          onPointerEnter={() => set({ highlight: row.code })}
          onPointerLeave={() => set({ highlight: null })}
        >
          <span className="sw" style={{ background: cssColour(classColour({ ...row, id: row.code }, recolour)) }} />
          <span>{row.name}</span>
        </span>
      ),
      full: (row) => row.name,
    },
    {
      id: 'voxels',
      head: 'Voxels',
      width: 52,
      cell: ({ voxels }) => (voxels === null ? MISSING : compact(voxels)),
      full: ({ voxels }) => (voxels === null ? '' : `${grouped(voxels)} voxels`),
    },
    {
      id: 'mm3',
      head: 'mm³',
      width: 50,
      cell: ({ voxels }) => (voxels === null || !known ? MISSING : cubicText(voxels * mm3)),
      full: ({ voxels }) => (voxels === null || !known ? '' : `${voxels * mm3} mm³`),
    },
    {
      id: 'share',
      head: '%',
      title: 'Share in per cent',
      width: 40,
      cell: ({ share }) => (share === null ? MISSING : fixed(share * 100, 1)),
    },
  ];
  return (
    <Section
      title="Classes"
      note={layer ? shortName(layer.name, dataset) : ''}
      fill
      {...(inFiles &&
        (!counted || counted.isSample) && {
          tools: (
            <Button
              small
              disabled={isBusy}
              title="Reads all of the labels to count their voxels"
              onClick={() => void countVoxels(dataset, inFiles)}
            >
              Count
            </Button>
          ),
        })}
    >
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

/** Three or more figures: 0.0231; of less than a thousandth two, 9.1e−5. */
const cubicText = (value: number) =>
  value === 0 || value >= 1e-3 ? fixed(value, value >= 1 ? 2 : 4) : value.toExponential(1).replace('-', '−');

/** 1,234 as it is; 181 k and 1.23 M. */
const compact = (value: number) =>
  value < 1e4 ? grouped(value) : value < 1e6 ? `${Math.round(value / 1e3)} k` : `${(value / 1e6).toFixed(2)} M`;
