// Answers to MTNeuro's tasks 1 and 3: one class a slice, or one embedding a quadrant of a slice.
import { SomascopeError } from '../../../base/errors.ts';
import type { JobContext } from '../../../base/job.ts';
import { entryAt, type FileListing } from '../../../base/listing.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { drive } from '../../../base/steps.ts';
import { shapeText, type Triple } from '../../../base/volume.ts';
import { parseCsv } from '../../../formats/csv.ts';
import { entryBytes, entrySource } from '../../../formats/listing.ts';
import { readNpy, readNpyHeader, toCOrder, toNumbers } from '../../../formats/npy/index.ts';
import { quadrantTexture } from '../../../pipeline/volume/score/quadrant-texture.ts';
import { type Features, scoreReadout } from '../../../pipeline/volume/score/readout.ts';
import { scoreTask1, sliceModes } from '../../../pipeline/volume/score/task1.ts';
import { task3Features } from '../../../pipeline/volume/score/task3.ts';
import type { Answers, ReadoutRow, TaskOneOutput } from '../shared/score-types.ts';

/** The numbers of a dropped answer: `index,label` lines or an array of one or two axes; of one with more, which is a volume, its shape
 *  alone. Throws `Invalid` for other content. */
export async function readAnswers({ listing }: { readonly listing: FileListing }, { signal }: JobContext): Promise<Answers> {
  const entry = entryAt(listing, 0);
  const isCsv = /\.csv$/i.test(entry.path);
  const header = isCsv ? undefined : await readNpyHeader(entrySource(entry), signal);
  if (header && header.shape.length > 2) return { name: entry.path, shape: header.shape, values: new Float64Array(0) };
  const bytes = await entryBytes(entry, { signal });
  if (isCsv) return { name: entry.path, shape: null, values: readLabels(new TextDecoder().decode(bytes), entry.path) };
  const { data, shape } = toNumbers(toCOrder(readNpy(bytes, entry.path)), entry.path);
  const values = Float64Array.from(data);
  const isColumn = shape.length === 2 && shape[1] === 1;
  return { name: entry.path, shape: shape.length === 1 || isColumn ? null : shape, values };
}

function readLabels(text: string, file: string): Float64Array<ArrayBuffer> {
  const { rows } = parseCsv(text);
  const values = new Float64Array(rows.reduce((most, [index]) => Math.max(most, Number(index) + 1), 0)).fill(Number.NaN);
  for (const [i, row] of rows.entries()) {
    const [index, label] = [Number(row[0]), Number(row[1])];
    if (!Number.isInteger(index) || index < 0 || row[1]?.trim() === '' || !Number.isInteger(label)) {
      const message = `Line ${i + 2} is "${row.join(',')}"; each line is a slice's number and its class, two whole numbers.`;
      throw new SomascopeError('Invalid', message, { file, index: i }, 'Write lines like 0,2 under the head index,label.');
    }
    values[index] = label;
  }
  return values;
}

export interface TaskOneInput {
  readonly shape: Triple;
  readonly answers: Answers;
}

export function scoreAnswers({ shape, answers }: TaskOneInput, regions: Uint8Array<ArrayBuffer>): TaskOneOutput {
  const [depth] = shape;
  if (answers.values.length !== depth) {
    const message = `${answers.name} holds ${answers.values.length} answers and the volume ${depth} slices.`;
    throw new SomascopeError(
      'Invalid',
      message,
      { file: answers.name },
      'Give one class (0 to 3) for each slice, CTX, STR, VP, ZI in order.',
    );
  }
  const { published, labelled, unlabelled, unscored, ceiling } = scoreTask1(sliceModes({ data: regions, shape }), answers.values);
  const side = Math.sqrt(published.confusion.length);
  return {
    accuracy: published.accuracy,
    labelledAccuracy: labelled.accuracy,
    patches: published.patches,
    unlabelled: unlabelled.length,
    unscored: unscored.length,
    ceiling,
    confusion: Array.from({ length: side }, (_, row) => Array.from(published.confusion.subarray(row * side, (row + 1) * side))),
  };
}

/** Name, place among the true features, column among those of the reference's cells (null where both are the same). */
const FEATURES = [
  ['Vessel share', 'vessel', null],
  ['Cell count', 'cells', null],
  ['Distance to the nearest cell', 'nearest', 2],
  ['Cell size', 'cellArea', 4],
  ['Axon share', 'axon', null],
] as const;
/** MTNeuro's four areas, which follow each other in the stack. */
const AREAS = 4;

export interface EmbeddingsInput {
  readonly shape: Triple;
  /** null: the texture of the image is read out instead. */
  readonly answers: Answers | null;
}

export interface EmbeddingsPayload {
  readonly labels: Uint8Array<ArrayBuffer>;
  /** Needed where there are no answers. */
  readonly image: NumericArray | null;
}

/** R² of each semantic feature read out linearly from embeddings [quadrant, dimension], or from the texture of the image. */
export async function scoreEmbeddings(
  { shape, answers }: EmbeddingsInput,
  { labels, image }: EmbeddingsPayload,
  context: JobContext,
): Promise<ReadoutRow[]> {
  const features = answers ? embeddingsOf(answers, shape) : await textureOf(image, shape, context);
  const { corrected, reference } = await drive(task3Features({ data: labels, shape }), context);
  const rows: ReadoutRow[] = [];
  for (const [feature, key, column] of FEATURES) {
    const score = (targets: readonly number[]) => drive(scoreReadout(features, targets, AREAS), { signal: context.signal });
    const own = await score(corrected.map((one) => one[key]));
    // The reference's own numbers: halved distances, and 64 where there are fewer than two cells.
    const published = column === null ? own : await score(reference.cell.map((row) => row[column]!));
    rows.push({ feature, published: published.published, heldOut: own.heldOut });
  }
  return rows;
}

function embeddingsOf(answers: Answers, shape: Triple): Features {
  const [samples, features] = answers.shape ?? [];
  if (samples && features && samples === 4 * shape[0]) return { data: answers.values, samples, features };
  const message = `${answers.name} is ${shapeText(answers.shape ?? [answers.values.length])}; ${shape[0]} slices have ${4 * shape[0]} quadrants.`;
  throw new SomascopeError(
    'Invalid',
    message,
    { file: answers.name },
    'Give one embedding a quadrant, four a slice (TL, TR, BL, BR).',
  );
}

function textureOf(image: NumericArray | null, shape: Triple, { signal, progress }: JobContext): Promise<Features> {
  if (!image) throw new SomascopeError('Unsupported', 'There is no whole image in memory.', {}, 'Open the image of the labels.');
  return drive(quadrantTexture({ data: image, shape }), { signal, onProgress: progress });
}
