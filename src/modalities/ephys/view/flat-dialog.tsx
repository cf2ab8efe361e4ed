// The dialog about a flat binary file that nothing describes: its layout in four fields, with the picture that they give. A wrong channel
// count slides a little with every frame, which shows as diagonal stripes.
import { type ReactElement, useState } from 'react';
import { byteSize, grouped } from '../../../base/number-format.ts';
import type { RecordingInfo } from '../../../base/recording-info.ts';
import { reportError } from '../../../state/log.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { Select } from '../../../ui/select.tsx';
import { ask } from '../../../workers/client.ts';
import type { FlatPreview } from '../shared/flat.ts';
import type { EphysInfo, FlatParameters, RecordingSource } from '../shared/info.ts';
import { type EphysDataset, lengthText, withFlat } from './datasets.ts';
import { useAnswer } from './hooks.ts';
import type { Painting } from './plain-canvas.ts';
import { Plot } from './plot.tsx';
import { quantile } from './probe-picture.ts';

interface FlatDialogProps {
  readonly dataset: EphysDataset;
  readonly flat: NonNullable<EphysInfo['flat']>;
  readonly onOpened: (dataset: EphysDataset) => void;
  readonly onClose: () => void;
}

const DTYPES = ['int16', 'uint16', 'int32', 'float32', 'float64', 'int8', 'uint8'] as const;

export function FlatDialog({ dataset, flat, onOpened, onClose }: FlatDialogProps): ReactElement {
  const [layout, setLayout] = useState<FlatParameters>(flat.suggested);
  const source: RecordingSource = { ...dataset.source, key: `${dataset.id}/preview ${JSON.stringify(layout)}`, flat: layout };
  const preview = useAnswer(
    (signal) => ask<FlatPreview>('ephys', 'flatPreview', { source }, { signal }),
    source.key,
    'The file cannot be read like this',
  );
  const open = () => {
    const chosen = { ...dataset.source, key: `${dataset.id}/${JSON.stringify(layout)}`, flat: layout };
    ask<RecordingInfo>('ephys', 'flat', chosen).then(
      (info) => onOpened(withFlat(dataset, layout, info)),
      (error: unknown) => reportError(error, `${dataset.name} cannot be read like this`),
    );
  };
  const set = (change: Partial<FlatParameters>) => setLayout({ ...layout, ...change });
  return (
    <Dialog
      wide
      title="How is this file laid out?"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="main" onClick={open}>
            Open recording
          </Button>
        </>
      }
    >
      <p className="t2">{`${flat.path}, ${byteSize(flat.bytes)}: no .meta, params.py or params.json beside it says how its samples lie.`}</p>
      <div className="ephys-layout">
        <span>Channels</span>
        <NumberField label="Channels" value={layout.channels} min={1} max={20_000} onCommit={(channels) => set({ channels })} />
        <span>Sampling rate</span>
        <NumberField
          label="Sampling rate"
          value={layout.samplingRate}
          min={1}
          max={1e6}
          unit="Hz"
          width={104}
          onCommit={(samplingRate) => set({ samplingRate })}
        />
        <span>Number type</span>
        <Select
          label="Number type"
          value={layout.dtype}
          choices={DTYPES.map((value) => ({ value, label: value }))}
          onChange={(dtype) => set({ dtype })}
        />
        <span>Gain</span>
        <NumberField
          label="Gain"
          value={layout.gain}
          min={0}
          max={1e6}
          step={0.001}
          decimals={4}
          unit="µV"
          width={104}
          onCommit={(gain) => set({ gain })}
        />
      </div>
      <div className="plot ephys-preview">
        <Plot label="Preview" paint={(painting) => preview && paintPreview(painting, preview)} />
      </div>
      <p className="t2">
        {preview ? `${grouped(preview.total)} frames, ${lengthText(preview.total / layout.samplingRate)}. ` : ''}
        Rows are channels, time runs to the right. Diagonal stripes mean that the channel count is wrong.
      </p>
      {preview?.notices.map((notice) => (
        <p key={notice} className="t2">
          {notice}
        </p>
      ))}
    </Dialog>
  );
}

function paintPreview({ dense, width, height }: Painting, { data, channels, frames }: FlatPreview): void {
  const image = new ImageData(frames, channels);
  const sampled = data.filter((_, i) => i % 7 === 0).map(Math.abs);
  const most = quantile(sampled, 0.98) || 1;
  for (let i = 0; i < data.length; i++) {
    const shade = 255 * Math.max(0, Math.min(1, 0.5 + (0.5 * data[i]!) / most));
    image.data.set([shade, shade, shade, 255], 4 * i);
  }
  const sheet = document.createElement('canvas');
  sheet.width = frames;
  sheet.height = channels;
  sheet.getContext('2d')?.putImageData(image, 0, 0);
  dense((context) => {
    context.imageSmoothingEnabled = false;
    context.drawImage(sheet, 0, 0, width, height);
  });
}
