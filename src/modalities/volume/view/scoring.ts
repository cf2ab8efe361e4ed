// Keeps the scores of what is shown: the prediction on screen against the truth on screen, in a worker, a moment after either changed.
import { mark } from '../../../base/marks.ts';
import { shapeText } from '../../../base/volume.ts';
import { tracked } from '../../../state/jobs.ts';
import { notify, reportError } from '../../../state/log.ts';
import { setNote } from '../../../state/session.ts';
import { ask, runJob } from '../../../workers/client.ts';
import type { CellsOutput, FileScoreInput, ScoreInput, ScoreOutput, ScorePart, ScorePayload } from '../shared/score-types.ts';
import { labelsOf, type VolumeDataset } from './datasets.ts';
import { countVoxels, fileLabels, thicknessOf } from './file-labels.ts';
import { canonicalConvention } from './palette.ts';
import { type Layer, shownLayer } from './store.ts';

const SETTLE_MS = 60;
const CELL = 2;

export function keepScored(dataset: VolumeDataset): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;
  const stop = dataset.store.subscribe((now, before) => {
    const isSame =
      now.versions.labels === before.versions.labels &&
      now.layers === before.layers &&
      now.task === before.task &&
      now.blocks === before.blocks;
    if (isSame) return;
    const key = scoreKey(dataset);
    if (key === dataset.scored.key) return;
    dataset.scored.key = key;
    clearTimeout(timer);
    turn++;
    const own = turn;
    timer = setTimeout(() => void score(dataset, () => own === turn), SETTLE_MS);
  });
  return () => {
    clearTimeout(timer);
    stop();
  };
}

const ROLES = ['truth', 'prediction'] as const;

function scoreKey(dataset: VolumeDataset): string {
  const { versions, task, blocks } = dataset.store.getState();
  const read = ROLES.map((role) => fileLabels(dataset, role)?.layer);
  // What is read in bricks changes with every brick that comes, and yet not at all.
  if (read.some((layer) => layer)) {
    const shown = ROLES.map((role) => shownLayer(dataset.store.getState(), role));
    return JSON.stringify([shown.map((one) => one && [one.id, one.kind, one.convention, one.order]), task, blocks]);
  }
  const ids = ROLES.map((role) => labelsOf(dataset, role)?.layer.id ?? '');
  return JSON.stringify([...ids, versions.labels, task, blocks]);
}

/** Whether what is on screen can be scored from its files: that reads all of both, so it waits to be asked for. */
export function canScoreFiles(dataset: VolumeDataset): boolean {
  return ROLES.every((role) => fileLabels(dataset, role)?.layer.status === 'ready');
}

/** Scores the prediction on screen against the truth on screen, both read plane by plane. Cells are not matched: they would be held. */
export async function scoreFromFiles(dataset: VolumeDataset): Promise<void> {
  const [truth, prediction] = [fileLabels(dataset, 'truth'), fileLabels(dataset, 'prediction')];
  if (!truth || !prediction) return;
  const key = scoreKey(dataset);
  const { shape } = dataset;
  try {
    let classes = canonicalConvention(truth.layer.kind)?.classes.length;
    if (classes === undefined) {
      const counts = [await countVoxels(dataset, truth), await countVoxels(dataset, prediction)];
      if (counts.includes(null)) return;
      classes = counts.reduce((most, found) => Math.max(most, found?.at(-1)?.[0] ?? 0), 0) + 1;
      if (classes > 256) return tellTooMany(dataset, truth.layer.name, prediction.layer.name);
    }
    const input: FileScoreInput = {
      ...kindOfScore(dataset, truth.layer),
      shape,
      classes,
      thickness: thicknessOf(dataset, [truth.layer, prediction.layer]),
      truth: truth.input,
      prediction: prediction.input,
    };
    const done = await tracked({ label: 'Scoring', dataset: dataset.id, unit: 'planes', total: shape[0] }, (options) =>
      runJob<ScoreOutput>('volume', 'scoreFiles', input, options),
    );
    if (scoreKey(dataset) === key) putScores(dataset, done, truth.layer, prediction.layer);
  } catch (error) {
    reportError(error, 'The prediction could not be scored');
  }
}

/** Tasks are of the areas that follow each other in the benchmark's own files. */
function kindOfScore({ info, store }: VolumeDataset, truth: Layer): Pick<ScoreInput, 'task' | 'blocks'> {
  const { task, blocks } = store.getState();
  return { task: info.cutouts.length > 0 && truth.kind === 'microstructure' ? task : 'all', blocks };
}

function putScores({ store, id }: VolumeDataset, done: ScoreOutput, truth: Layer, prediction: Layer): void {
  store.setState({ scores: { ...done, truth: truth.name, prediction: prediction.name } });
  setNote(id, `IoU ${done.corrected.meanIou.toFixed(3)}`);
}

function tellTooMany({ store }: VolumeDataset, truth: string, prediction: string): void {
  store.setState({ scores: null, cells: null });
  notify('warning', 'Not scored', `${truth} or ${prediction} has more than 255 labels; scores are of classes.`);
}

async function score(dataset: VolumeDataset, isNewest: () => boolean): Promise<void> {
  const truth = labelsOf(dataset, 'truth');
  const prediction = labelsOf(dataset, 'prediction');
  if (!truth || !prediction) {
    dataset.store.setState({ scores: null, cells: null });
    return;
  }
  const { data: truthData } = truth;
  const { data: foundData } = prediction;
  if (!(truthData instanceof Uint8Array) || !(foundData instanceof Uint8Array)) {
    tellTooMany(dataset, truth.layer.name, prediction.layer.name);
    return;
  }
  if (shapeText(truth.layer.shape) !== shapeText(prediction.layer.shape)) return;
  const classes = canonicalConvention(truth.layer.kind)?.classes.length ?? largest(truthData, foundData) + 1;
  const input: ScoreInput = { ...kindOfScore(dataset, truth.layer), shape: truth.layer.shape, classes };
  const area = input.shape[1] * input.shape[2];
  const attach = ({ from, to }: ScorePart): ScorePayload => ({
    truth: truthData.slice(from * area, to * area),
    prediction: foundData.slice(from * area, to * area),
  });
  try {
    const done = await tracked({ label: 'Scoring', dataset: dataset.id }, (options) =>
      runJob<ScoreOutput, ScorePart>('volume', 'score', input, { ...options, attach }),
    );
    if (!isNewest()) return;
    putScores(dataset, done, truth.layer, prediction.layer);
    const cells = truth.layer.kind === 'microstructure' ? await scoreCells(input, truthData, foundData) : null;
    if (!isNewest()) return;
    dataset.store.setState({ cells });
    mark('volume-scored');
  } catch (error) {
    reportError(error, 'The prediction could not be scored');
  }
}

/** One volume after the other, so that only one of them is held twice. */
async function scoreCells({ shape }: ScoreInput, truth: Uint8Array<ArrayBuffer>, found: Uint8Array<ArrayBuffer>) {
  const centresOf = (labels: Uint8Array<ArrayBuffer>) =>
    ask<Float64Array<ArrayBuffer>>('volume', 'centres', { shape, cell: CELL }, { payload: labels.slice() });
  const centres = { truth: await centresOf(truth), prediction: await centresOf(found) };
  return ask<CellsOutput>('volume', 'cells', centres);
}

function largest(...all: readonly Uint8Array[]): number {
  let most = 0;
  for (const data of all) for (let i = 0; i < data.length; i++) if (data[i]! > most) most = data[i]!;
  return most;
}
