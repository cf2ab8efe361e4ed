// Keeps the scores of what is shown: the prediction on screen against the truth on screen, in a worker, a moment after either changed.
import { mark } from '../../../base/marks.ts';
import { shapeText } from '../../../base/volume.ts';
import { tracked } from '../../../state/jobs.ts';
import { notify, reportError } from '../../../state/log.ts';
import { setNote } from '../../../state/session.ts';
import { ask, runJob } from '../../../workers/client.ts';
import type { CellsOutput, ScoreInput, ScoreOutput, ScorePart, ScorePayload } from '../shared/score-types.ts';
import { labelsOf, type VolumeDataset } from './datasets.ts';
import { canonicalConvention } from './palette.ts';

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

function scoreKey(dataset: VolumeDataset): string {
  const { versions, task, blocks } = dataset.store.getState();
  const ids = (['truth', 'prediction'] as const).map((role) => labelsOf(dataset, role)?.layer.id ?? '');
  return JSON.stringify([...ids, versions.labels, task, blocks]);
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
    dataset.store.setState({ scores: null, cells: null });
    notify(
      'warning',
      'Not scored',
      `${truth.layer.name} or ${prediction.layer.name} has more than 255 labels; scores are of classes.`,
    );
    return;
  }
  if (shapeText(truth.layer.shape) !== shapeText(prediction.layer.shape)) return;
  const { task, blocks } = dataset.store.getState();
  const classes = canonicalConvention(truth.layer.kind)?.classes.length ?? largest(truthData, foundData) + 1;
  const isSplit = dataset.info.cutouts.length > 0 && truth.layer.kind === 'microstructure';
  const input: ScoreInput = { shape: truth.layer.shape, task: isSplit ? task : 'all', blocks, classes };
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
    dataset.store.setState({ scores: { ...done, truth: truth.layer.name, prediction: prediction.layer.name } });
    setNote(dataset.id, `IoU ${done.corrected.meanIou.toFixed(3)}`);
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
