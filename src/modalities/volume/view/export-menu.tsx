// The menu Export of a volume: every item is named after the file it writes; what is not there yet says why.
import { type ReactElement, useState } from 'react';
import { SaveIcon } from '../../../ui/icons.tsx';
import { Menu, type MenuItem } from '../../../ui/menu.tsx';
import { isVast } from './bricks.ts';
import { bricksIn, labelsOf, scribblesOf, type VolumeDataset } from './datasets.ts';
import { hasImage, saveClasses, saveMetricsCsv, saveMetricsJson, savePrediction, saveScribbles, saveSlice } from './exports.ts';
import { useVolume } from './hooks.ts';
import { PictureDialog } from './picture-dialog.tsx';
import { saveReport } from './report.ts';
import { saveBricks, saveSegmentation } from './save-stream.ts';
import { countScribbles } from './scribbles.ts';
import { canSegment } from './segmenting.ts';
import type { StagePicture } from './stage-picture.ts';
import { shownLayer } from './store.ts';

interface ExportMenuProps {
  readonly dataset: VolumeDataset;
  /** null where pictures cannot be drawn. */
  readonly picture: StagePicture | null;
}

export function ExportMenu({ dataset, picture }: ExportMenuProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const scores = useVolume(dataset, (state) => state.scores);
  const answers = useVolume(dataset, (state) => state.taskOne ?? state.taskThree);
  const layers = useVolume(dataset, (state) => state.layers);
  const steps = useVolume(dataset, (state) => state.undo.length);
  const report = useVolume(dataset, (state) => state.report);
  useVolume(dataset, (state) => state.trained);
  useVolume(dataset, (state) => state.versions.labels);
  const made = shownLayer({ layers }, 'prediction');
  const bricks = made && bricksIn(dataset, made);
  const prediction = labelsOf(dataset, 'prediction') !== undefined;
  const why = bricks ? 'too large: save NPY' : 'no prediction yet';
  const labels = shownLayer({ layers }, 'truth') ?? shownLayer({ layers }, 'prediction');
  const scribbled = steps > 0 && countScribbles(scribblesOf(dataset)).size > 0;
  const groups: MenuItem[][] = [
    [
      item('Metrics JSON', () => saveMetricsJson(dataset), scores !== null || answers !== null, 'no score yet'),
      item('Metrics CSV', () => saveMetricsCsv(dataset), scores !== null, 'no score yet'),
    ],
    [
      bricks
        ? item('Prediction NPY', () => saveBricks(dataset, bricks), true, '')
        : item('Prediction NPY', () => savePrediction(dataset, 'npy'), prediction, why),
      item('Prediction NPZ', () => savePrediction(dataset, 'npz'), prediction, why),
      item('Prediction NIfTI', () => savePrediction(dataset, 'nifti'), prediction, why),
      ...(isVast(dataset.shape)
        ? [item('Segmentation NPY', () => saveSegmentation(dataset), canSegment(dataset), 'nothing was learnt yet')]
        : []),
    ],
    [
      item('Region report CSV', () => saveReport(dataset), report !== null, 'no labels yet'),
      item('Classes CSV', () => saveClasses(dataset), labels?.status === 'ready', 'no labels yet'),
      item('Scribbles JSON', () => saveScribbles(dataset), scribbled, 'no scribbles yet'),
    ],
    [
      item('Slice NPY', () => saveSlice(dataset), hasImage(dataset), 'no image'),
      item('Picture PNG', () => setOpen(true), picture !== null, 'no picture on screen'),
    ],
  ];
  return (
    <>
      <Menu label="Export" icon={SaveIcon} kind="edge" align="end" groups={groups} />
      {isOpen && picture && <PictureDialog dataset={dataset} picture={picture} onClose={() => setOpen(false)} />}
    </>
  );
}

/** An item that says why it is not ready. */
function item(label: string, run: () => unknown, ready: boolean, why: string): MenuItem {
  return { label, run: () => void run(), ...(ready ? {} : { disabled: true, note: why }) };
}
