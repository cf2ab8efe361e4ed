// The benchmark's three tasks from real drops: predictions, answers and embeddings, scored beside the published tables, as published and
// corrected; the catalogue of what is published.
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectNoFaults } from './support/axe.ts';
import { saveItem, textOf } from './support/exports.ts';
import { dropFiles } from './support/open.ts';
import { dataPath, goldenPath, needSharedData } from './support/real-data.ts';
import { zipFile } from './support/small-set.ts';
import { expect, test } from './support/test.ts';
import { button, fullValue, npy, openVolume, openVolumeSample, ready, table } from './support/volume.ts';

const csv = (name: string, answers: readonly (number | string)[]) => ({
  name,
  bytes: new TextEncoder().encode(['index,label', ...answers.map((label, i) => `${i},${label}`)].join('\n')),
});
const taskOne = (page: Page) => page.getByRole('region', { name: 'Region of each slice' });

/** 4 areas of 8 slices: the size of the labels of one row, an answer a slice. */
const DEPTH = 32;
const SIDE = 16;
const VOXELS = DEPTH * SIDE * SIDE;
const SHAPE = [DEPTH, SIDE, SIDE];
const seeded = (seed: number) => {
  let state = seed;
  return () => {
    state = (state * 48271) % 0x7fffffff;
    return state;
  };
};

function benchmark() {
  const next = seeded(7);
  const truth = Uint8Array.from({ length: VOXELS }, () => next() % 4);
  const image = Uint8Array.from(truth, (label) => 40 + 50 * label);
  const prediction = Uint8Array.from(truth, (label) => (next() % 5 === 0 ? next() % 4 : label));
  // The last two slices of STR, VP and ZI carry no region label: cortex, says the reference.
  const regions = Uint8Array.from({ length: VOXELS }, (_, i) => {
    const z = Math.floor(i / (SIDE * SIDE));
    return z >= 8 && z % 8 > 5 ? 0 : [1, 2, 4, 5][Math.floor(z / 8)]!;
  });
  return { truth, image, prediction, regions };
}

async function openBenchmark(page: Page) {
  const { truth, image, prediction, regions } = benchmark();
  const items = [
    npy('task2_2D_4classtestimages.npy', SHAPE, image),
    npy('task2_2D_4classtestlabels.npy', SHAPE, truth),
    npy('task1testlabels.npy', SHAPE, regions),
  ];
  const zip = await zipFile(
    'downloads.zip',
    items.map(({ name, bytes }) => ({ name, data: bytes })),
  );
  await openVolume(page, [zip]);
  return { truth, prediction };
}

test('task 1: answers as CSV and as .npy, as published beside labelled only, with the ceiling', async ({ page }) => {
  await openBenchmark(page);
  const perfect = Array.from({ length: DEPTH }, (_, z) => Math.floor(z / 8));
  await dropFiles(page, [csv('perfect.csv', perfect)]);
  // 6 of 32 slices count as cortex though they are not.
  await expect(taskOne(page)).toContainText('6 slices carry no region label');
  await expect(taskOne(page)).toContainText('even a perfect classifier reaches only 0.81');
  const rows = table(page, 'Task 1 published').getByRole('row');
  await expect(rows.nth(1)).toHaveText(/Yours, as published0\.813/);
  await expect(rows.nth(2)).toHaveText(/Yours, labelled only1\.000/);
  await expect(rows.filter({ hasText: 'MYOW-m' })).toHaveText(/0\.940\.780\.98/);
  const confusion = table(page, 'Confusion of areas').locator('tbody tr');
  await expect(confusion).toHaveCount(4);
  await expect(confusion.first().locator('td').nth(1)).toHaveAttribute('title', '2 of 14');
  // An array of one number a slice, all of them cortex.
  await dropFiles(page, [npy('all_cortex.npy', [DEPTH], new Uint8Array(DEPTH))]);
  await expect(rows.nth(1)).toHaveText(/Yours, as published0\.438/);
  await expect(rows.nth(2)).toHaveText(/Yours, labelled only0\.308/);
  const saved = JSON.parse(textOf(await saveItem(page, 'Metrics JSON')));
  expect(saved.task1).toMatchObject({ accuracy: 14 / 32, labelledAccuracy: 8 / 26, unlabelled: 6, ceiling: 26 / 32 });
  // Too few answers, and one that is no number: one alert each, and what stands stays.
  await dropFiles(page, [csv('short.csv', [0, 1])]);
  await expect(page.getByRole('alert').last()).toContainText('holds 2 answers and the volume 32 slices');
  await dropFiles(page, [csv('words.csv', ['cortex'])]);
  await expect(page.getByRole('alert').last()).toContainText('Line 2 is "0,cortex"');
  await expect(page.getByRole('alert')).toHaveCount(2);
  await expect(rows.nth(1)).toHaveText(/0\.438/);
});

test('task 1 on the golden regions: every slice named rightly is 1, all labelled slices too', async ({ page }) => {
  needSharedData();
  const golden = JSON.parse(readFileSync(goldenPath('volume/task1/task1.json'), 'utf8'));
  const labels = { name: 'roi_labels.npy', bytes: new Uint8Array(readFileSync(goldenPath('volume/task1/roi_labels_u64.npy'))) };
  await openVolume(page, [labels]);
  await dropFiles(page, [csv('answers.csv', golden.pred_class)]);
  const figures = taskOne(page).locator('dd');
  await expect(figures.nth(0)).toHaveAttribute('title', String(golden.accuracy));
  await expect(figures.nth(1)).toHaveAttribute('title', String(golden.labelled_only.accuracy));
  const saved = JSON.parse(textOf(await saveItem(page, 'Metrics JSON')));
  expect(saved.task1.confusion).toEqual(golden.confusion_rows_truth);
});

const PUBLISHED = [
  { task: '4-class', images: '2-D', rows: 6, has: ['U-Net++', 'PSPNet'], unet: '.97 .89' },
  { task: '4-class', images: '3-D reference', rows: 3, has: ['VNetLight', 'HighResNet'], unet: '.93 .81' },
  { task: '4-class', images: '3-D clean', rows: 3, has: ['VNetLight'], unet: '.93 .81' },
  { task: '3-class', images: '2-D', rows: 6, has: ['MAnet', 'PAN'], unet: '.99 .98' },
  { task: '3-class', images: '3-D reference', rows: 3, has: ['VNetLight'], unet: '.99 .98' },
] as const;

/** IoU and F1 of pooled counts, and MTNeuro's old mean over images, computed here in the plainest way. */
function plainScores(truth: Uint8Array, prediction: Uint8Array, task: string, depth: number) {
  const classes = task === '3-class' ? 3 : 4;
  const fold = (label: number) => (task === '3-class' && label === 3 ? 0 : label);
  const area = SIDE * SIDE;
  // Without ZI, the last of four areas, where there are four classes.
  const slices = task === '4-class' ? (DEPTH * 3) / 4 : DEPTH;
  const groups = Array.from({ length: Math.ceil(slices / depth) }, (_, i) => [i * depth, Math.min(slices, (i + 1) * depth)]);
  const counted = groups.map(([from, to]) =>
    Array.from({ length: classes }, (_, c) => {
      let [tp, fp, fn] = [0, 0, 0];
      for (let i = from! * area; i < to! * area; i++) {
        const [a, b] = [fold(truth[i]!) === c, fold(prediction[i]!) === c];
        if (a && b) tp++;
        else if (b) fp++;
        else if (a) fn++;
      }
      return { tp, fp, fn };
    }),
  );
  return Array.from({ length: classes }, (_, c) => {
    const own = counted.map((image) => image[c]!);
    const sum = (key: 'tp' | 'fp' | 'fn') => own.reduce((total, one) => total + one[key], 0);
    const iou = ({ tp, fp, fn }: { tp: number; fp: number; fn: number }) => (tp + fp + fn === 0 ? 1 : tp / (tp + fp + fn));
    return {
      pooled: iou({ tp: sum('tp'), fp: sum('fp'), fn: sum('fn') }),
      old: own.reduce((total, one) => total + iou(one), 0) / own.length,
    };
  });
}

test('task 2: 2-D and 3-D, 3 and 4 classes, one’s own rows above the published ones', async ({ page }) => {
  const { truth, prediction } = await openBenchmark(page);
  await dropFiles(page, [npy('my_prediction.npy', SHAPE, prediction)]);
  await expect(table(page, 'Scores').getByRole('row')).toHaveCount(5);
  for (const { task, images, rows, has, unet } of PUBLISHED) {
    await page.getByLabel('Task', { exact: true }).selectOption(task);
    await page.getByLabel('Images', { exact: true }).selectOption(images);
    const own = table(page, 'Published scores').getByRole('row');
    await expect(own, `${task} ${images}`).toHaveCount(1 + 3 + rows);
    await ready(page);
    for (const word of has) await expect(table(page, 'Published scores')).toContainText(word);
    await expect(own.filter({ has: page.getByRole('rowheader', { name: 'U-Net', exact: true }) })).toContainText(unet);
    const plain = plainScores(truth, prediction, task, images === '2-D' ? 1 : 8);
    for (const [i, { pooled, old }] of plain.entries()) {
      const value = async (row: number) =>
        /IoU ([\d.e-]+)/.exec((await own.nth(row).locator('td').nth(i).getAttribute('title'))!)![1]!;
      await expect.poll(async () => Math.abs(Number(await value(1)) - old), `${task} ${images} old ${i}`).toBeLessThan(1e-9);
      expect(Number(await value(2)), `${task} ${images} new ${i}`).toBeCloseTo(pooled, 9);
      expect(Number(await value(3)), `${task} ${images} corrected ${i}`).toBeCloseTo(pooled, 9);
      expect(
        await fullValue(
          table(page, 'Scores')
            .getByRole('row')
            .nth(i + 1),
          3,
        ),
      ).toBeCloseTo(pooled, 9);
    }
  }
});

test('task 3: embeddings are read out, held out beside as published; the image’s own texture stands beside', async ({ page }) => {
  test.slow();
  const { truth } = await openBenchmark(page);
  // Embeddings of two numbers a quadrant: the shares of vessel and axon.
  const values = new Float32Array(4 * DEPTH * 2);
  const half = SIDE / 2;
  for (let q = 0; q < 4 * DEPTH; q++) {
    const [z, top, left] = [q >> 2, (q & 2) === 0 ? 0 : half, (q & 1) === 0 ? 0 : half];
    for (let i = 0; i < half * half; i++) {
      const label = truth[(z * SIDE + top + Math.floor(i / half)) * SIDE + left + (i % half)];
      if (label === 1) values[2 * q]!++;
      if (label === 3) values[2 * q + 1]!++;
    }
  }
  await dropFiles(page, [npy('embeddings.npy', [4 * DEPTH, 2], new Uint8Array(values.buffer), '<f4')]);
  const row = (name: string) => table(page, 'Features').getByRole('row', { name });
  await expect(row('Vessel share').locator('td').nth(0)).toHaveText('1.000');
  await expect(row('Vessel share').locator('td').nth(1)).toHaveText('1.000');
  await expect(row('Axon share').locator('td').nth(0)).toHaveText('1.000');
  expect(await fullValue(row('Cell size'), 0)).toBeLessThan(0.9);
  await expect(row('Axon share').locator('td').nth(3)).toHaveText('0.965');
  await expect(row('Axon share').locator('td').nth(2)).toHaveText('–');
  await button(page, 'Texture').click();
  await expect(row('Axon share').locator('td').nth(2)).toHaveText(/^-?\d\.\d{3}$/);
  await expect(row('Axon share').locator('td').nth(0)).toHaveText('1.000');
  await dropFiles(page, [npy('few.npy', [5, 2], new Uint8Array(new Float32Array(10).buffer), '<f4')]);
  await expect(page.getByRole('alert').last()).toContainText('few.npy is 5 × 2; 32 slices have 128 quadrants');
});

test('real layout: task 3 of the small benchmark set by its texture', async ({ page }) => {
  needSharedData();
  test.slow();
  await openVolume(page, dataPath('xray-mini/mtneuro-mini.zip'));
  await button(page, 'Texture').click();
  const axon = table(page, 'Features').getByRole('row', { name: 'Axon share' }).locator('td').nth(2);
  await expect(axon).toHaveText(/^\d\.\d{3}$/, { timeout: 120_000 });
});

test('the catalogue has areas, parts, tasks, channels and every published table, and one’s own scores among them', async ({
  page,
}) => {
  const { prediction } = await openBenchmark(page);
  await dropFiles(page, [npy('my_prediction.npy', SHAPE, prediction)]);
  await page.getByLabel('Task', { exact: true }).selectOption('3-class');
  await expect(table(page, 'Scores').getByRole('row')).toHaveCount(4);
  await page
    .getByRole('banner')
    .getByRole('button', { name: /task2_2D_4class/ })
    .click();
  await page.getByRole('menuitem', { name: 'Catalogue', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Catalogue' });
  const rows = (name: string) => dialog.getByRole('table', { name, exact: true }).getByRole('row');
  await expect(rows('MTNeuro areas')).toHaveCount(5);
  await expect(rows('MTNeuro areas').nth(1)).toContainText('cortex');
  await expect(rows('MTNeuro parts').nth(3)).toHaveText(/test420–47050200 × 256 × 256.*13\.1 MB, 105 MB.*Show/);
  await expect(rows('MTNeuro tasks')).toHaveCount(7);
  await expect(rows('MTNeuro channels').nth(1)).toContainText('bossdb://prasad/prasad2020/image');
  await expect(rows('Task 1, accuracy')).toHaveCount(8);
  await expect(rows('Task 2, 2-D, 3-class')).toHaveCount(1 + 3 + 6);
  await expect(rows('Task 2, 3-D, 4-class')).toHaveCount(1 + 3);
  await expect(rows('Task 3, R²')).toHaveCount(6);
  await expect(dialog.getByRole('link', { name: 'Data on BossDB' })).toHaveAttribute(
    'href',
    'https://bossdb.org/project/prasad2020',
  );
  await expectNoFaults(page);
  await rows('MTNeuro parts').nth(3).getByRole('button', { name: 'Show' }).click();
  await expect(dialog).toHaveCount(0);
});

test('the region report has every figure with its unit, on screen and in the file', async ({ page }) => {
  await openVolumeSample(page);
  await button(page, 'Report').click();
  for (const [name, heads] of [
    ['Regions', ['Cells/mm³', 'Vessel', 'Cell', 'Axon']],
    ['Cells of regions', ['Cells', 'per mm²', 'Spacing µm', 'mm³']],
    ['Vessels and tissue of regions', ['To vessel µm', 'mm/mm³', 'Orient.', 'Grey ± sd']],
  ] as const) {
    await expect(table(page, name).getByRole('row')).toHaveCount(5);
    for (const head of heads) await expect(table(page, name).getByRole('columnheader', { name: head }).first()).toBeVisible();
    for (const cell of await table(page, name).locator('tbody td').allTextContents()) expect(cell).toMatch(/\d/);
  }
  for (const name of ['KL divergence', 'Composition difference']) {
    const cells = table(page, name).locator('tbody td');
    await expect(cells).toHaveCount(16);
    for (const i of [0, 5, 10, 15]) await expect(cells.nth(i)).toHaveText('0.000');
    expect(Number(await cells.nth(1).getAttribute('title'))).toBeGreaterThan(0);
  }
  const lines = textOf(await saveItem(page, 'Region report CSV')).split('\r\n');
  const head = lines[0]!.split(',');
  for (const word of [
    'mm3',
    'cells_per_mm2',
    'cells_per_mm3',
    'nearest_cell_um',
    'tissue_to_vessel_um',
    'vessel_mm_per_mm3',
    'orientation_coherence',
  ])
    expect(head).toContain(word);
  const shown = await table(page, 'Regions').getByRole('row').nth(1).locator('td').first().getAttribute('title');
  expect(lines[1]!.split(',')[head.indexOf('cells_per_mm3')]).toBe(shown);
  expect(lines.some((line) => line.includes('KL divergence'))).toBe(true);
  expect(lines.some((line) => line.includes('1 - cosine'))).toBe(true);
});

test('an array with the shape of the open volume is a prediction of it, whatever it is called', async ({ page }) => {
  const { prediction } = await openBenchmark(page);
  await dropFiles(page, [npy('out_7.npy', SHAPE, prediction)]);
  await expect(page.getByRole('heading', { name: 'Classes' }).locator('..')).toContainText('out_7.npy');
  await expect(table(page, 'Scores').getByRole('row')).toHaveCount(5);
  await expect(page.locator('main')).toHaveAttribute('data-modality', 'volume');
});
