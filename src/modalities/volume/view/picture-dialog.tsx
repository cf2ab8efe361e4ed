// The dialog behind Picture PNG: which picture, how large, with lines or without.
import { type ReactElement, useState } from 'react';
import { grouped } from '../../../base/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Check } from '../../../ui/check.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import type { VolumeDataset } from './datasets.ts';
import { savePng } from './picture-png.ts';
import type { StagePicture } from './stage-picture.ts';
import type { PanelName } from './stage-places.ts';

interface PictureDialogProps {
  readonly dataset: VolumeDataset;
  readonly picture: StagePicture;
  readonly onClose: () => void;
}

const SIZES = ([1, 2, 3, 4] as const).map((times) => ({ value: `${times}` as const, label: `${times}×` }));
const PICTURES: readonly { value: PanelName | 'all'; label: string }[] = [
  { value: 'all', label: 'All on screen' },
  { value: 'xy', label: 'XY slice' },
  { value: 'xz', label: 'XZ slice' },
  { value: 'yz', label: 'YZ slice' },
  { value: '3d', label: '3-D' },
];

export function PictureDialog({ dataset, picture, onClose }: PictureDialogProps): ReactElement {
  const [size, setSize] = useState<'1' | '2' | '3' | '4'>('2');
  const [panel, setPanel] = useState<PanelName | 'all'>('all');
  const [withLines, setWithLines] = useState(true);
  const [isSaving, setSaving] = useState(false);
  const magnification = Number(size) as 1 | 2 | 3 | 4;
  const box = panel === 'all' ? null : picture.boxOf(panel);
  const save = async () => {
    setSaving(true);
    await savePng(dataset, picture, { panel: panel === 'all' ? null : panel, magnification, withLines });
    onClose();
  };
  return (
    <Dialog
      title="Picture PNG"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="main" disabled={isSaving} onClick={() => void save()}>
            Save PNG
          </Button>
        </>
      }
    >
      <p className="t2">As it is shown, with overlay and contrast</p>
      <div className="set two">
        <span aria-hidden="true">Picture</span>
        <Select label="Picture" value={panel} onChange={setPanel} choices={PICTURES} unlisted />
      </div>
      <div className="set two">
        <span aria-hidden="true">Magnification</span>
        <div className="volume-kinds">
          <Segmented label="Magnification" value={size} choices={SIZES} onChange={setSize} />
          {box && (
            <span className="t2 s">{`${grouped(Math.round(box.width * magnification))} × ${grouped(Math.round(box.height * magnification))} px`}</span>
          )}
        </div>
      </div>
      <Check label="Crosshair, ruler and box" checked={withLines} onChange={setWithLines} />
    </Dialog>
  );
}
