// What is read from files a few planes at a time is what the whole in memory gives.
import { expect, it } from 'vitest';
import { joinBytes } from '../../../base/bytes.ts';
import { type FileListing, WHOLE_FILE } from '../../../base/listing.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { makeRng } from '../../../base/rng.ts';
import { writeNpy } from '../../../formats/npy/index.ts';
import { conventionById, relabelTable } from '../shared/label-conventions.ts';
import type { ReportInput } from '../shared/report-types.ts';
import type { AsLabels, LabelsInput, StreamedFile } from '../shared/types.ts';
import { addChecksum, encode, endFile, startFile } from './encode.ts';
import { makeReport, reportFiles } from './report.ts';
import { score, scoreFiles } from './score.ts';
import { countLabels } from './stream.ts';

const context = { signal: new AbortController().signal, progress: () => {} };
const shape = [8, 12, 10] as const;
const AREA = 120;
const rng = makeRng(6);
const noise = (count: number) => Uint8Array.from({ length: 8 * AREA }, () => rng.below(count));
const [truth, image, areas] = [noise(4), noise(256), noise(3)];
/** Without its last quarter, as 4-class models leave out ZI. */
const found = noise(4).subarray(0, 6 * AREA);
const prediction = new Uint8Array(8 * AREA);
prediction.set(found);

function inputOf(name: string, data: NumericArray | BigUint64Array<ArrayBuffer>, depth = 8): Omit<LabelsInput, 'labels'> {
  const file = new File([writeNpy({ data, shape: [depth, 12, 10] })], name);
  const listing: FileListing = {
    files: [file],
    paths: [name],
    table: Float64Array.of(0, file.size, WHOLE_FILE, 0, file.size, 0),
  };
  const facts = { role: 'truth', labels: undefined, convention: undefined, claim: 'sure' } as const;
  return { listing, file: { format: 'npy', name, entries: [0], root: '', ...facts }, member: 0, order: 'zyx' };
}

const plain: AsLabels = { depth: 8, table: null };
/** Numbers of the notebooks in the file, those of BossDB in memory. */
const notebooks = conventionById('xray-thc-notebooks')!;
const bossdb = conventionById('bossdb')!;
const asFile = BigUint64Array.from(truth, (label) => BigInt(relabelTable(bossdb, notebooks)[label]!));
const truthInput: LabelsInput = {
  ...inputOf('truth.npy', asFile),
  labels: { depth: 8, table: relabelTable(notebooks, bossdb) },
};
const stream = { shape, thickness: 3 };

interface AnyJob<I, O> {
  split(input: I): readonly unknown[];
  run(input: I, part: never, context: never, payload: unknown): Promise<unknown>;
  merger(input: I): { add(partial: never, part: number): void; finish(): O | Promise<O> };
}

async function runAll<I, O>(job: AnyJob<I, O>, input: I, payload?: unknown): Promise<O> {
  const merger = job.merger(input);
  for (const [i, part] of job.split(input).entries())
    merger.add((await job.run(input, part as never, context as never, payload)) as never, i);
  return merger.finish();
}

it('scores files as arrays: other numbers, 64 bits, fewer planes', async () => {
  const input = { shape, task: 'all', blocks: '3-D clean', classes: 4 } as const;
  const short: LabelsInput = { ...inputOf('prediction.npy', found, 6), labels: plain };
  expect(await runAll(scoreFiles, { ...input, ...stream, truth: truthInput, prediction: short })).toEqual(
    await runAll(score, input, { truth, prediction }),
  );
});

it('counts the labels of some planes, small and large', async () => {
  const labels = BigUint64Array.from(truth, (label, i) => (i === 700 ? 70_000n : BigInt(label)));
  const layer: LabelsInput = { ...inputOf('ids.npy', labels), labels: plain };
  const expected = new Map<number, number>([[70_000, 1]]);
  for (let i = 2 * AREA; i < 7 * AREA; i++) if (i !== 700) expected.set(truth[i]!, (expected.get(truth[i]!) ?? 0) + 1);
  const counts = await runAll(countLabels, { ...stream, planes: { from: 2, to: 7 }, layer });
  expect(counts).toEqual([...expected].sort(([a], [b]) => a - b));
});

it('names the first number that is no label, where it is', async () => {
  const minus = Int8Array.from(truth);
  minus[5 * AREA + 43] = -2;
  const layer: LabelsInput = { ...inputOf('minus.npy', minus), labels: plain };
  await expect(runAll(countLabels, { ...stream, layer })).rejects.toThrow('-2 at z 5, y 4, x 3 is no label');
});

it('reports what can be added up, and names the rest', async () => {
  const regions = [1, 2].map((id) => ({ id, name: `region ${id}` }));
  const input: ReportInput = { shape, voxelSize: [2, 1, 1], regions, seams: [], spans: [{ name: 'all', from: 1, to: 7 }] };
  const picture = inputOf('image.npy', image);
  for (const areaLabels of [areas, null]) {
    const whole = await makeReport(input, { image, labels: truth.slice(), regions: areaLabels?.slice() ?? null }, context);
    const area = areaLabels && { ...inputOf('areas.npy', areaLabels), labels: plain };
    const streamed = await runAll(reportFiles, { ...input, ...stream, image: picture, labels: truthInput, areas: area });
    const missing = { cells: Number.NaN, cellsPerMm3: Number.NaN, spacing: Number.NaN };
    const spatial = { ...missing, vesselDistance: Number.NaN, vesselLength: Number.NaN };
    expect(streamed.rows).toHaveLength(areaLabels ? 2 : 1);
    for (const [i, row] of whole.rows.entries()) {
      for (const [key, value] of Object.entries({ ...row, ...spatial })) {
        const own = streamed.rows[i]![key as keyof typeof row];
        if (typeof value === 'string' || Number.isNaN(value)) expect(own, key).toBe(value);
        else expect(own, key).toBeCloseTo(value, 9);
      }
    }
    expect(streamed.cosine).toEqual(whole.cosine);
    expect(streamed.kl).toEqual(whole.kl);
    expect(streamed.unmeasured).toContain('distance to vessels');
    expect(whole.unmeasured).toEqual([]);
  }
});

it.each(['npy', 'npz', 'nifti'] as const)('writes %s piece by piece as all at once', (as) => {
  const file: StreamedFile = { as, shape, dtype: 'uint8', name: 'prediction', voxelSize: [2, 1, 1], note: 'test' };
  const start = startFile(file);
  const pieces = [...start.pieces];
  let { crc } = start;
  for (let z = 0; z < 8; z += 3) {
    const added = addChecksum({ crc }, truth.slice(z * AREA, Math.min(8, z + 3) * AREA));
    ({ crc } = added);
    pieces.push(added.piece);
  }
  if (as === 'npz') {
    const end = endFile({ file, crc });
    expect(end.first).toHaveLength(pieces[0]!.length);
    pieces.splice(0, 1, end.first);
    pieces.push(end.last);
  }
  expect(joinBytes(pieces)).toEqual(encode({ as, shape, name: 'prediction', voxelSize: [2, 1, 1], note: 'test' }, truth));
});
