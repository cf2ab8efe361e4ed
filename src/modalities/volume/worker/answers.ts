// Answers to MTNeuro's tasks 1 and 3: one class a slice, or one embedding a quadrant of a slice.
import { SomascopeError } from '../../../base/errors.ts';
import type { JobContext } from '../../../base/job.ts';
import { entryAt, type FileListing } from '../../../base/listing.ts';
import { drive } from '../../../base/steps.ts';
import { shapeText, type Triple } from '../../../base/volume.ts';
import { parseCsv } from '../../../formats/csv.ts';
import { entryBytes } from '../../../formats/listing.ts';
import { readNpy, toCOrder, toNumbers } from '../../../formats/npy/index.ts';
import { scoreReadout } from '../../../pipeline/volume/score/readout.ts';
import { scoreTask1, sliceModes } from '../../../pipeline/volume/score/task1.ts';
import { task3Features } from '../../../pipeline/volume/score/task3.ts';
import type { Answers, ReadoutRow, TaskOneOutput } from '../shared/score-types.ts';

/** The numbers of a dropped answer: `index,label` lines or an array of one or two axes. Throws `Invalid` for other content. */
export async function readAnswers({ listing }: { readonly listing: FileListing }, { signal }: JobContext): Promise<Answers> {
  const entry = entryAt(listing, 0);
  const bytes = await entryBytes(entry, { signal });
  if (/\.csv$/i.test(entry.path))
    return { name: entry.path, shape: null, values: readLabels(new TextDecoder().decode(bytes), entry.path) };
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

const FEATURES = [
  ['Vessel share', 'vessel'],
  ['Cell count', 'cells'],
  ['Distance to the nearest cell', 'nearest'],
  ['Cell size', 'cellArea'],
  ['Axon share', 'axon'],
] as const;

/** R² of each semantic feature read out linearly from embeddings [quadrant, dimension]. */
export async function scoreEmbeddings(
  { shape, answers }: TaskOneInput,
  labels: Uint8Array<ArrayBuffer>,
  context: JobContext,
): Promise<ReadoutRow[]> {
  const [samples, features] = answers.shape ?? [];
  if (!samples || !features || samples !== 4 * shape[0]) {
    const message = `${answers.name} is ${shapeText(answers.shape ?? [answers.values.length])}; ${shape[0]} slices have ${4 * shape[0]} quadrants.`;
    throw new SomascopeError(
      'Invalid',
      message,
      { file: answers.name },
      'Give one embedding a quadrant, four a slice (TL, TR, BL, BR).',
    );
  }
  const { corrected } = await drive(task3Features({ data: labels, shape }), context);
  const rows: ReadoutRow[] = [];
  for (const [feature, key] of FEATURES) {
    const targets = corrected.map((one) => one[key]);
    rows.push({ feature, ...(await drive(scoreReadout({ data: answers.values, samples, features }, targets, 4), context)) });
  }
  return rows;
}
