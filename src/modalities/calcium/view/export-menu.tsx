// The menu Export: everything that can be saved of a data set, named after the file it writes; what is not there yet says why.
import { lazy, type ReactElement, Suspense, useState } from 'react';
import { useSession } from '../../../state/hooks.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { SaveIcon } from '../../../ui/icons.tsx';
import { Menu, type MenuItem } from '../../../ui/menu.tsx';
import { useShortcuts } from '../../../ui/shortcuts.ts';
import { allDatasets, type CalciumDataset, chosenDetections, detectionsOf, truthOf } from './datasets.ts';
import type { ImageName } from './export-names.ts';
import { saveLabelMask, saveRegionsCsv, saveRoiSet, saveScoresJson, saveTracesNpy } from './export-regions.ts';
import { saveImage, saveLoader, saveRegions, saveScores, saveSession, saveTraces } from './exports.ts';
import { useCalcium } from './hooks.ts';
import { PictureDialog } from './picture-dialog.tsx';
import type { StagePicture } from './stage-picture.ts';
import type { ViewName } from './store.ts';
import { SubmissionDialog } from './submission-dialog.tsx';
import { summaryDone } from './summary.ts';
import './export.css';

const ClipDialog = lazy(async () => ({ default: (await import('./clip-dialog.tsx')).ClipDialog }));
const recipes = () => import('./recipe-dialogs.tsx');
const RecipeDialog = lazy(async () => ({ default: (await recipes()).RecipeDialog }));
const ReplayDialog = lazy(async () => ({ default: (await recipes()).ReplayDialog }));
const ReplayedDialog = lazy(async () => ({ default: (await recipes()).ReplayedDialog }));

type Opened = 'submission' | 'picture' | 'clip' | 'recipe' | 'replay';

interface ExportMenuProps {
  readonly dataset: CalciumDataset;
  /** What is on stage; null where pictures cannot be drawn. */
  readonly picture: StagePicture | null;
}

/** Why scores and submissions wait. */
const BLIND = 'not while labelling blind';
const SUBMISSION_KEYS = 'Ctrl+e';
const SESSION_KEYS = 'Ctrl+s';
const IMAGES: readonly (readonly [label: string, image: ImageName])[] = [
  ['Correlation image NPY', 'correlation'],
  ['Mean image NPY', 'mean'],
  ['Maximum image NPY', 'max'],
  ['Standard deviation image NPY', 'standard-deviation'],
];
/** Listed while they are on stage. */
const MORE_IMAGES: Readonly<Partial<Record<ViewName, readonly [label: string, image: ImageName]>>> = {
  correlation4: ['Correlation image of 4 neighbours NPY', 'correlation4'],
  noise: ['Noise image NPY', 'noise'],
  pnr: ['Peak to noise image NPY', 'pnr'],
  'max-correlation': ['Max of correlations image NPY', 'max-correlation'],
};

/** Also binds Ctrl+E to the submission dialog while it is on the page. */
export function ExportMenu({ dataset, picture }: ExportMenuProps): ReactElement {
  const [opened, setOpened] = useState<Opened | null>(null);
  const close = () => setOpened(null);
  const open = (dialog: Opened) => {
    // The frame that was chosen is the one that is saved.
    if (dialog === 'picture' || dialog === 'clip') dataset.player.pause();
    setOpened(dialog);
  };
  const replayed = useCalcium(dataset, (state) => state.replayed);
  useShortcuts([
    {
      keys: SUBMISSION_KEYS,
      label: 'Submission JSON',
      group: 'Export',
      run: () => dataset.store.getState().blind === null && open('submission'),
    },
    { keys: SESSION_KEYS, label: 'Session JSON', group: 'Export', run: () => void saveSession() },
  ]);
  return (
    <>
      <Menu label="Export" icon={SaveIcon} kind="edge" align="end" groups={useItems(dataset, picture, open)} />
      {opened === 'submission' && <SubmissionDialog onClose={close} />}
      {opened === 'picture' && picture && <PictureDialog dataset={dataset} picture={picture} onClose={close} />}
      <Suspense>
        {opened === 'clip' && picture && <ClipDialog dataset={dataset} stage={picture} onClose={close} />}
        {opened === 'recipe' && <RecipeDialog dataset={dataset} onClose={close} />}
        {opened === 'replay' && <ReplayDialog dataset={dataset} onClose={close} />}
        {replayed && (
          <ReplayedDialog
            dataset={dataset}
            recipe={replayed}
            onClose={() => dataset.store.setState({ replayed: null })}
            onSubmission={() => open('submission')}
          />
        )}
      </Suspense>
    </>
  );
}

function useItems(dataset: CalciumDataset, picture: StagePicture | null, open: (dialog: Opened) => void): MenuItem[][] {
  // Whatever changes what there is to save: this set's regions, images and score, and (by their notes) those of the others.
  useCalcium(dataset, (state) => state.versions);
  const blind = useCalcium(dataset, (state) => state.blind) !== null;
  useCalcium(dataset, (state) => state.confidence);
  const view = useCalcium(dataset, (state) => state.view);
  const layers = useCalcium(dataset, (state) => state.layers);
  useSession();
  const all = allDatasets();
  const regions = chosenDetections(dataset).length > 0;
  const truth = (truthOf(dataset)?.regions.length ?? 0) > 0;
  const read = summaryDone(dataset);
  const images = [...IMAGES, ...(MORE_IMAGES[view] ? [MORE_IMAGES[view]] : [])];
  const noTraces = truth ? 'after the movie is read' : 'no regions yet';
  const noPicture = 'no picture on screen';
  return [
    [
      item(
        'Submission JSON',
        () => open('submission'),
        !blind && all.some(hasRegions),
        blind ? BLIND : 'no regions yet',
        SUBMISSION_KEYS,
      ),
      item('Regions JSON', () => void saveRegions(dataset), regions, 'no regions yet'),
      item('Regions CSV', () => void saveRegionsCsv(dataset), truth || detectionsOf(dataset).length > 0, 'no regions yet'),
      item('RoiSet ZIP', () => void saveRoiSet(dataset), regions || truth, 'no regions yet'),
      item('Label mask NPY', () => void saveLabelMask(dataset, 'npy'), regions || truth, 'no regions yet'),
      item('Label mask TIFF', () => void saveLabelMask(dataset, 'tiff'), regions || truth, 'no regions yet'),
    ],
    [
      item('Scores CSV', () => void saveScores(), !blind && all.some(hasScore), blind ? BLIND : 'no score yet'),
      item('Scores JSON', () => void saveScoresJson(), !blind && all.some(hasScore), blind ? BLIND : 'no score yet'),
      item(
        'Layer scores CSV',
        () => void saveLater('layers', dataset),
        truth && layers.length > 0,
        blind ? BLIND : 'no score yet',
      ),
      item('Mistakes CSV', () => void saveLater('mistakes', dataset), hasScore(dataset), blind ? BLIND : 'no score yet'),
      item('Traces CSV', () => void saveTraces(dataset), regions || (truth && read), noTraces),
      item('Traces NPY', () => void saveTracesNpy(dataset), regions || (truth && read), noTraces),
    ],
    images.map(([label, image]) =>
      item(
        label,
        () => void saveImage(dataset, image),
        read && resources.has(`${dataset.id}/${image}`),
        'after the movie is read',
      ),
    ),
    [item('Session JSON', () => void saveSession(), true, '', SESSION_KEYS)],
    [
      item('Picture PNG', () => open('picture'), picture !== null, noPicture),
      item('Picture SVG', () => picture && void saveFigureLater('svg', dataset, picture), picture !== null, noPicture),
      item('Report page', () => picture && void saveFigureLater('report', dataset, picture), picture !== null, noPicture),
      item('Traces PNG', () => void saveLater('traces.png', dataset), read, 'after the movie is read'),
      item('Traces SVG', () => void saveLater('traces.svg', dataset), read, 'after the movie is read'),
      item('Clip…', () => open('clip'), picture !== null, noPicture),
    ],
    [item('Recipe JSON', () => open('recipe')), item('Replay recipe…', () => open('replay'))],
    [
      item('Loader script Python', () => void saveLoader(dataset, 'python')),
      item('Loader script MATLAB', () => void saveLoader(dataset, 'matlab')),
    ],
  ];
}

/** The frame that is shown is the one that is saved; what writes figures is loaded for it. */
async function saveFigureLater(what: 'svg' | 'report', dataset: CalciumDataset, picture: StagePicture): Promise<void> {
  dataset.player.pause();
  try {
    const { saveFigure, saveReport } = await import('./figure-exports.ts');
    await (what === 'svg' ? saveFigure : saveReport)(dataset, picture);
  } catch (error) {
    reportError(error, 'The figure could not be made');
  }
}

/** What writes tables and traces is loaded for them. */
async function saveLater(what: 'layers' | 'mistakes' | 'traces.png' | 'traces.svg', dataset: CalciumDataset): Promise<void> {
  try {
    if (what === 'layers') await (await import('./table-exports.ts')).saveLayerScores(dataset);
    else if (what === 'mistakes') await (await import('./table-exports.ts')).saveMistakes(dataset);
    else await (await import('./traces-exports.ts')).saveTracesFigure(dataset, what === 'traces.png' ? 'png' : 'svg');
  } catch (error) {
    reportError(error, 'The file could not be made');
  }
}

const hasRegions = (dataset: CalciumDataset) => chosenDetections(dataset).length > 0;
const hasScore = ({ store }: CalciumDataset) => store.getState().score !== null;

/** An item that says why it is not ready. */
function item(label: string, run: () => void, ready = true, why = '', keys = ''): MenuItem {
  return { label, run, ...(ready ? {} : { disabled: true, note: why }), ...(keys && ready ? { keys } : {}) };
}
