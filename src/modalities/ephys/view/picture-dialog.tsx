// Picture: any of those on screen, as PNG or as SVG.
import { type ReactElement, useState } from 'react';
import { useStore } from 'zustand';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import type { EphysDataset } from './datasets.ts';
import { type PictureFormat, savePicture } from './exports.ts';
import { pictureNames, shownPicture } from './pictures.ts';

const FORMATS: readonly PictureFormat[] = ['PNG', 'SVG'];

export function PictureDialog({
  dataset,
  onClose,
}: {
  readonly dataset: EphysDataset;
  readonly onClose: () => void;
}): ReactElement {
  const names = useStore(pictureNames);
  const [label, setLabel] = useState(names[0] ?? '');
  const [format, setFormat] = useState<PictureFormat>('SVG');
  const picture = shownPicture(label);
  const save = () => {
    if (picture) savePicture(dataset, picture, format);
    onClose();
  };
  return (
    <Dialog
      title="Picture"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="main" onClick={save} disabled={!picture}>
            Save
          </Button>
        </>
      }
    >
      <div className="ephys-layout">
        <span>Picture</span>
        <Select
          label="Picture"
          unlisted
          value={label}
          onChange={setLabel}
          choices={names.map((name) => ({ value: name, label: name }))}
        />
        <span>Format</span>
        <Segmented
          label="Format"
          value={format}
          onChange={setFormat}
          choices={FORMATS.map((value) => ({ value, label: value }))}
        />
      </div>
      <p className="t2">
        {format === 'SVG'
          ? 'Lines, bars and text as vectors; heat maps and clouds of points as pictures within.'
          : 'As many px as on this screen.'}{' '}
        In the colours of the theme that is on.
      </p>
    </Dialog>
  );
}
