// The menu Export of a volume: every item is named after the file it writes; what is not there yet says why.
import { type ReactElement, useState } from 'react';
import { SaveIcon } from '../../../ui/icons.tsx';
import { Menu, type MenuItem } from '../../../ui/menu.tsx';
import { isVast } from './bricks.ts';
import { bricksIn, labelsOf, scribblesOf, type VolumeDataset } from './datasets.ts';
import {
  saveClasses,
  saveMetricsCsv,
  saveMetricsJson,
  savePrediction,
  saveScribbles,
  saveSlice,
  type VoxelFile,
} from './exports.ts';
import { fileLabels } from './file-labels.ts';
import { useVolume } from './hooks.ts';
import { readableImage } from './image-box.ts';
import { PictureDialog } from './picture-dialog.tsx';
import { saveReport } from './report.ts';
import { saveBricks, saveFromFiles, saveSegmentation } from './save-stream.ts';
import { countScribbles } from './scribbles.ts';
import { canSegment } from './segmenting.ts';
import { countsOf } from './shown-palette.ts';
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
  useVolume(dataset, (state) => state.versions.report);
  const made = shownLayer({ layers }, 'prediction');
  const bricks = made && bricksIn(dataset, made);
  const inFiles = fileLabels(dataset, 'prediction');
  const canSave = bricks !== undefined || inFiles?.layer.status === 'ready' || labelsOf(dataset, 'prediction') !== undefined;
  const hasReadableImage = readableImage(dataset) !== undefined;
  const saveLabels = (as: VoxelFile) => {
    if (made && bricks) return saveBricks(dataset, bricks, made, as);
    return inFiles ? saveFromFiles(dataset, inFiles.layer, as) : savePrediction(dataset, as);
  };
  const labels = shownLayer({ layers }, 'prediction') ?? shownLayer({ layers }, 'truth');
  const counted = labels && countsOf(dataset, labels.id);
  const isCounted = counted !== undefined && !counted.isSample;
  const scribbled = steps > 0 && countScribbles(scribblesOf(dataset)).size > 0;
  const groups: MenuItem[][] = [
    [
      item('Metrics JSON', () => saveMetricsJson(dataset), scores !== null || answers !== null, 'no score yet'),
      item('Metrics CSV', () => saveMetricsCsv(dataset), scores !== null, 'no score yet'),
    ],
    [
      ...VOXEL_FILES.map(([as, title]) => item(`Prediction ${title}`, () => saveLabels(as), canSave, 'no prediction yet')),
      ...(isVast(dataset.shape)
        ? VOXEL_FILES.map(([as, title]) =>
            item(
              `Segmentation ${title}`,
              () => saveSegmentation(dataset, as),
              canSegment(dataset) && hasReadableImage,
              hasReadableImage ? 'nothing was learnt yet' : 'no image',
            ),
          )
        : []),
    ],
    [
      item('Region report CSV', () => saveReport(dataset), report !== null, 'no labels yet'),
      item('Classes CSV', () => saveClasses(dataset), isCounted, labels ? 'not counted yet' : 'no labels yet'),
      item('Scribbles JSON', () => saveScribbles(dataset), scribbled, 'no scribbles yet'),
    ],
    [
      item('Slice NPY', () => saveSlice(dataset), hasReadableImage, 'no image'),
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

const VOXEL_FILES: readonly (readonly [as: VoxelFile, title: string])[] = [
  ['npy', 'NPY'],
  ['npz', 'NPZ'],
  ['nifti', 'NIfTI'],
];

/** An item that says why it is not ready. */
function item(label: string, run: () => unknown, ready: boolean, why: string): MenuItem {
  return { label, run: () => void run(), ...(ready ? {} : { disabled: true, note: why }) };
}
