// Recording subset: which channels and which time are written, as a flat file with the three tables of the data set's own script, or as
// MountainSort's files.
import { type ReactElement, useState } from 'react';
import { BYTES } from '../../../base/ndarray.ts';
import { byteSize, grouped } from '../../../base/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { Select } from '../../../ui/select.tsx';
import type { SubsetFormat } from '../shared/exports.ts';
import { type EphysDataset, lengthOf } from './datasets.ts';
import { columnOf, rowsOf } from './electrodes.ts';
import { saveSubset } from './save-subset.ts';

const TITLES: Readonly<Record<SubsetFormat, string>> = { flat: 'Recording subset', mda: 'Recording MDA ZIP' };
const CONTENTS: Readonly<Record<SubsetFormat, string>> = {
  flat: 'with channel_locations, channel_ids and num_channels',
  mda: 'as raw.mda with geom.csv, params.json and, where a sorting is open, firings.mda',
};

type Which = 'shown' | 'all';

export function SubsetDialog({
  dataset,
  format,
  onClose,
}: {
  readonly dataset: EphysDataset;
  readonly format: SubsetFormat;
  readonly onClose: () => void;
}): ReactElement {
  const { store, rate, electrodes, recording } = dataset;
  const state = store.getState();
  const length = lengthOf(dataset);
  const [which, setWhich] = useState<Which>('shown');
  const [from, setFrom] = useState(state.brush?.from ?? state.from / rate);
  const [to, setTo] = useState(state.brush?.to ?? Math.min(length, (state.from + state.span) / rate));
  const shown = state.picked ?? rowsOf(electrodes, state.order).slice(state.firstRow, state.firstRow + state.rows);
  const chosen = which === 'shown' ? [...shown].sort((a, b) => a - b) : [...electrodes.byFile].reverse();
  const columns = recording ? chosen.map((electrode) => columnOf(recording, electrode)) : [];
  const frames = {
    from: Math.round(from * rate),
    to: Math.min(dataset.frames, Math.max(Math.round(to * rate), Math.round(from * rate) + 1)),
  };
  const bytes = recording ? (frames.to - frames.from) * columns.length * BYTES[recording.dtype] : 0;
  const save = () => {
    onClose();
    void saveSubset(dataset, { format, columns, ...frames });
  };
  return (
    <Dialog
      title={TITLES[format]}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="main" onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <div className="ephys-layout">
        <span>Channels</span>
        <Select<Which>
          label="Channels"
          value={which}
          onChange={setWhich}
          choices={[
            { value: 'shown', label: `Those on the traces (${grouped(shown.length)})` },
            { value: 'all', label: `All (${grouped(electrodes.count)})` },
          ]}
        />
        <span>From</span>
        <NumberField
          label="From"
          value={from}
          min={0}
          max={to}
          step={0.001}
          decimals={3}
          unit="s"
          width={104}
          onCommit={setFrom}
        />
        <span>To</span>
        <NumberField
          label="To"
          value={to}
          min={from}
          max={length}
          step={0.001}
          decimals={3}
          unit="s"
          width={104}
          onCommit={setTo}
        />
      </div>
      <p className="t2">
        {`${grouped(frames.to - frames.from)} frames of ${grouped(columns.length)} channels, ${byteSize(bytes)}: samples as they are, time-major, ${CONTENTS[format]}.`}
      </p>
    </Dialog>
  );
}
