// The dialog behind Picture PNG: how large, and what is written on it.
import { type ReactElement, useState } from 'react';
import { grouped } from '../../../base/number-format.ts';
import { Button } from '../../../ui/button.tsx';
import { Check } from '../../../ui/check.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import type { CalciumDataset } from './datasets.ts';
import { exportName } from './export-names.ts';
import { savePicture } from './exports.ts';
import type { PictureOptions } from './picture-png.ts';
import type { StagePicture } from './stage-picture.ts';

interface PictureDialogProps {
  readonly dataset: CalciumDataset;
  readonly picture: StagePicture;
  readonly onClose: () => void;
}

export type Size = '1' | '2' | '3' | '4';
export const SIZES = (['1', '2', '3', '4'] as const).map((value) => ({ value, label: `${value}×` }));
export const TIMES: Readonly<Record<Size, PictureOptions['magnification']>> = { '1': 1, '2': 2, '3': 3, '4': 4 };

export function PictureDialog({ dataset, picture, onClose }: PictureDialogProps): ReactElement {
  const [size, setSize] = useState<Size>('2');
  const [scaleBar, setScaleBar] = useState(true);
  const [legend, setLegend] = useState(true);
  const [saving, setSaving] = useState(false);
  const magnification = TIMES[size];
  const { height, width } = dataset.files.movie;
  const file = exportName(dataset.info.shortName, 'png');
  const save = async () => {
    setSaving(true);
    await savePicture(dataset, picture, { magnification, scaleBar, legend });
    onClose();
  };
  return (
    <Dialog
      title="Picture PNG"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="main" disabled={saving} onClick={() => void save()}>
            {`Save ${file}`}
          </Button>
        </>
      }
    >
      <p className="t2">The whole image as it is shown, with overlay and contrast</p>
      <div className="set two">
        <span aria-hidden="true">Magnification</span>
        <div className="picture-size">
          <Segmented label="Magnification" value={size} choices={SIZES} onChange={setSize} />
          <span className="t2 s">
            {grouped(width * magnification)} × {grouped(height * magnification)} px
          </span>
        </div>
      </div>
      <div className="set two">
        <span aria-hidden="true">With</span>
        <div className="picture-size">
          <Check label="Scale bar" checked={scaleBar} onChange={setScaleBar} />
          <Check label="Legend" checked={legend} onChange={setLegend} />
        </div>
      </div>
    </Dialog>
  );
}
