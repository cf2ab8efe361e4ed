// Saves what is on the page: each function makes one file in a worker, hands it to the browser and says so.
import { SomascopeError } from '../../../base/errors.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { provenanceText } from '../../../base/provenance.ts';
import { tracked } from '../../../state/jobs.ts';
import { keptSets } from '../../../state/keeping.ts';
import { resources } from '../../../state/resources.ts';
import { writeSession } from '../../../state/session-file.ts';
import { saveBytes, saveChunks } from '../../../ui/download.ts';
import { ask, runJob } from '../../../workers/client.ts';
import { type Recipe, recipeText } from '../shared/recipe.ts';
import type { Spelling, SubmissionSet } from '../shared/regions.ts';
import type { TracesCsvInput } from '../shared/traces.ts';
import { allDatasets, type CalciumDataset, chosenDetections, detectionsOf } from './datasets.ts';
import { exportName, type ImageName, imageFile, SCORES_FILE, SESSION_FILE, SUBMISSION_FILE } from './export-names.ts';
import { exportedTraces } from './export-traces.ts';
import { type LoaderFacts, matlabLoader, pythonLoader } from './loader-scripts.ts';
import { makePicture, type PictureOptions } from './picture-png.ts';
import { provenanceOf } from './provenance.ts';
import { attempt, countOf, saveEncoded, sizeOf, tell } from './saving.ts';
import { scoresCsv } from './scores-csv.ts';
import type { StagePicture } from './stage-picture.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** True once the file was handed to the browser. */
export async function saveSubmission(sets: readonly SubmissionSet[], spelling: Spelling): Promise<boolean> {
  let saved = false;
  await attempt(SUBMISSION_FILE, async () => {
    const chunks = await ask<Bytes[]>('calcium', 'submission-json', { sets, spelling });
    await saveChunks(SUBMISSION_FILE, chunks, { type: 'application/json' });
    const regions = sets.reduce((sum, set) => sum + set.regions.length, 0);
    const facts = `${countOf(regions, 'region', 'regions')}, spelling ${spelling}`;
    tell(SUBMISSION_FILE, sizeOf(chunks), facts, countOf(sets.length, 'data set', 'data sets'));
    saved = true;
  });
  return saved;
}

/** The chosen predictions; ids are their 0-based numbers before the cut: one less than in the table Regions. */
export function saveRegions(dataset: CalciumDataset): Promise<void> {
  const file = exportName(dataset.info.shortName, 'regions.json');
  return attempt(file, async () => {
    const numbers = new Map(detectionsOf(dataset).map((one, index) => [one, index]));
    const chosen = chosenDetections(dataset);
    const input = { regions: chosen.map(({ region }) => region), ids: chosen.map((one) => numbers.get(one)!) };
    const chunks = await ask<Bytes[]>('calcium', 'regions-json', input);
    await saveChunks(file, chunks, { type: 'application/json' });
    tell(file, sizeOf(chunks), `[row, column], ${countOf(chosen.length, 'region', 'regions')}`);
  });
}

/** [row, column], C order; float32, the maximum in the movie's own dtype. */
export function saveImage(dataset: CalciumDataset, image: ImageName): Promise<void> {
  const file = imageFile(dataset.info.shortName, image);
  return attempt(file, async () => {
    const { height, width, dtype } = dataset.files.movie;
    const kept = resources.get<NumericArray>(`${dataset.id}/${image}`);
    if (!kept) throw new SomascopeError('Invalid', 'The movie is not read yet.', {}, 'Wait until it is, then save again.');
    const data = image === 'max' ? kept : new Float32Array(kept);
    const bytes = await ask<Bytes>('calcium', 'npy', { data, shape: [height, width] });
    saveBytes(file, bytes);
    tell(file, bytes.byteLength, `${height} × ${width}, ${image === 'max' ? dtype : 'float32'}, [row, column]`);
  });
}

/** Exact traces of the chosen predictions, else of the truth; the movie is read for them where it must be. */
export function saveTraces(dataset: CalciumDataset): Promise<void> {
  const file = exportName(dataset.info.shortName, 'traces.csv');
  return attempt(file, async () => {
    const found = await exportedTraces(dataset);
    if (!found) return;
    const { rateHz, rateKnown } = dataset;
    const input: TracesCsvInput = { traces: found.traces, labels: found.labels, rateHz, rateKnown };
    const chunks = await tracked(
      { label: 'Traces CSV', dataset: dataset.id, unit: 'regions', total: found.labels.length },
      (options) => runJob<Bytes[]>('calcium', 'traces-csv', input, options),
    );
    await saveChunks(file, chunks, { type: 'text/csv' });
    const facts = `${found.layer === 'truth' ? 'truth' : 'predictions'}, ${countOf(found.labels.length, 'region', 'regions')}`;
    tell(file, sizeOf(chunks), `${facts} × ${countOf(found.traces.frames, 'frame', 'frames')}`);
  });
}

export function saveScores(): Promise<void> {
  return attempt(SCORES_FILE, () => {
    const sets = allDatasets().map(({ info, store }) => {
      const { score, threshold } = store.getState();
      return { name: info.shortName, score, threshold };
    });
    const text = scoresCsv(sets);
    tell(SCORES_FILE, saveEncoded(SCORES_FILE, text, 'text/csv'), countOf(sets.length, 'data set', 'data sets'));
  });
}

/** The edits, parameters and views of all open data sets, to go on with elsewhere. */
export function saveSession(): Promise<void> {
  return attempt(SESSION_FILE, () => {
    const sets = keptSets().map(({ keeper, ...mark }) => ({ ...mark, ...keeper.take() }));
    const text = writeSession(sets, new Date());
    tell(SESSION_FILE, saveEncoded(SESSION_FILE, text, 'application/json'), countOf(sets.length, 'data set', 'data sets'));
  });
}

export async function savePicture(dataset: CalciumDataset, picture: StagePicture, options: PictureOptions): Promise<void> {
  const file = exportName(dataset.info.shortName, 'png');
  await attempt(file, async () => {
    const { height, width } = dataset.files.movie;
    const { magnification } = options;
    const drawn = await makePicture(dataset, picture, options);
    const input = { png: new Uint8Array(await drawn.arrayBuffer()), text: provenanceText(provenanceOf(dataset)) };
    const bytes = await ask<Bytes>('calcium', 'png-text', input);
    saveBytes(file, bytes, 'image/png');
    tell(file, bytes.byteLength, `${width * magnification} × ${height * magnification} px`);
  });
}

export function saveRecipe({ info }: CalciumDataset, recipe: Recipe): Promise<void> {
  const file = exportName(info.shortName, 'recipe.json');
  return attempt(file, () => {
    tell(file, saveEncoded(file, recipeText(recipe), 'application/json'), countOf(recipe.steps.length, 'step', 'steps'));
  });
}

export function saveLoader({ info }: CalciumDataset, language: 'python' | 'matlab'): Promise<void> {
  const { shortName, movie } = info;
  const file = exportName(shortName, language === 'python' ? 'load.py' : 'load.m');
  return attempt(file, () => {
    const facts: LoaderFacts = { shortName, height: movie.height, width: movie.width };
    const text = language === 'python' ? pythonLoader(facts) : matlabLoader(facts);
    tell(
      file,
      saveEncoded(file, text, language === 'python' ? 'text/x-python' : 'text/x-matlab'),
      'keep it beside the saved files',
    );
  });
}
