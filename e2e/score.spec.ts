// Predictions against truth: the reference's numbers to the last bit, every spelling of a results file, thresholds, the legend,
// exchanged axes, and what is exported and read again.
import { readFileSync } from 'node:fs';
import { saveItem } from './support/exports.ts';
import { dropFiles, jsonFile, openMovie, openNames, waitForMovie } from './support/open.ts';
import { expectFull, FIGURES, scoreRow, showScores } from './support/scores.ts';
import { makeMovie, neurofinderZip, rectangle, scattered, type TestRegion } from './support/sets.ts';
import { expect, test } from './support/test.ts';

interface GoldenCase {
  readonly name: string;
  readonly threshold: number;
  readonly truth: readonly TestRegion[];
  readonly estimate: readonly TestRegion[];
  readonly expected: Readonly<Record<string, number>> & { readonly cli?: Readonly<Record<string, number>> };
}

const golden: readonly GoldenCase[] = JSON.parse(
  readFileSync(new URL('../src/test/golden/neurofinder/cases.json', import.meta.url), 'utf8'),
);
const CHOSEN = [
  'centre_match_no_overlap',
  'equidistant_first_index_wins',
  'extra_keys_ignored',
  'greedy_order_matters_a',
  'greedy_order_matters_b',
  'one_pixel_regions',
  'repeated_pixels_estimate',
  'repeated_pixels_truth',
  'rounding_half',
  'rounding_thirds',
];

test('the reference’s numbers, bit for bit, for ten golden cases in one submission', async ({ page }) => {
  const cases = CHOSEN.map((name) => golden.find((one) => one.name === name)!);
  const short = cases.map((_, i) => `60.${String(i).padStart(2, '0')}`);
  // As large as the widest case asks for, two frames.
  const movie = makeMovie(640, 320, 2, (row) => 100 + (row % 5));
  const zips = cases.map(({ truth }, i) => neurofinderZip(short[i]!, { movie, truth, info: { 'pixels-per-micron': 1 } }));
  await openMovie(page, await Promise.all(zips));
  await expect.poll(() => openNames(page)).toHaveLength(cases.length);
  await waitForMovie(page);
  const answers = cases.map(({ estimate }, i) => ({ dataset: short[i], sources: estimate }));
  await dropFiles(page, [jsonFile('submission.json', answers)]);
  await showScores(page);
  for (const [i, { name, expected }] of cases.entries()) {
    await expectFull(page, short[i]!, Object.fromEntries(FIGURES.map((figure) => [figure, expected[figure]!])));
    const { texts, threshold } = await scoreRow(page, short[i]!);
    for (const figure of FIGURES) {
      expect(texts[figure], `${name} ${figure}`).toMatch(/^[01]\.\d{4}$/);
      if (expected.cli) expect(Number(texts[figure]), `${name} ${figure}`).toBe(expected.cli[figure]);
    }
    expect(threshold).toBe('5');
  }
});

const TRUTH = [rectangle(5, 60, 8, 6), rectangle(20, 10, 6, 8), rectangle(40, 80, 7, 7)];
/** The first exactly, the second 4 px aside, one that is nowhere. */
const ESTIMATE = [rectangle(5, 60, 8, 6), rectangle(24, 10, 6, 8), rectangle(48, 30, 5, 5)];
const MOVIE = makeMovie(60, 100, 6, scattered);
const openSet = async (info: unknown = { 'pixels-per-micron': 1 }) =>
  neurofinderZip('61.00', { movie: MOVIE, truth: TRUTH, ...(info === undefined ? {} : { info }) });
/** Two of three on either side. */
const SCORE = { recall: 2 / 3, precision: 2 / 3, combined: 2 / 3 };

test('a results file in every spelling and shape gives the same score', async ({ page }) => {
  await openMovie(page, [await openSet()]);
  await showScores(page);
  const one = [ESTIMATE[0]!];
  const forms: readonly (readonly [form: string, content: unknown, regions: number])[] = [
    ['sources', [{ dataset: '61.00', sources: ESTIMATE }], 3],
    ['regions', [{ dataset: '61.00', regions: ESTIMATE }], 3],
    ['both', [{ dataset: '61.00', sources: ESTIMATE, regions: ESTIMATE }], 3],
    ['a long name', [{ dataset: 'neurofinder.61.00', sources: ESTIMATE }], 3],
    ['an object for a list of one', { dataset: '61.00', regions: ESTIMATE }, 3],
    ['a bare list of regions', ESTIMATE, 3],
    ['one region as an object, as Matlab writes it', [{ dataset: '61.00', regions: one[0] }], 1],
    ['a bare region', one[0], 1],
    ['one region of a list', one, 1],
  ];
  for (const [form, content, count] of forms) {
    await dropFiles(page, [jsonFile(`${form}.json`, content)]);
    await expect(page.getByText(`${count} region${count === 1 ? '' : 's'} imported`).last(), form).toBeVisible();
    await expectFull(page, '61.00', count === 3 ? SCORE : { recall: 1 / 3, precision: 1, combined: 0.5 });
    // So that the next form is seen to change it back.
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(async () => (await scoreRow(page, '61.00')).full.recall, { message: form }).toBe('');
  }
});

test('exchanged rows and columns are noticed, exchanged back, undone and redone', async ({ page }) => {
  const truth = Array.from({ length: 6 }, (_, i) => rectangle(4 + 6 * i, 50 + 7 * i, 5, 4));
  const exchanged = truth.map(({ coordinates }) => ({ coordinates: coordinates.map(([row, col]) => [col, row]) }));
  const square = makeMovie(100, 100, 4, scattered);
  await openMovie(page, [await neurofinderZip('61.00', { movie: square, truth })]);
  await showScores(page);
  await dropFiles(page, [jsonFile('regions.json', exchanged)]);
  await expectFull(page, '61.00', { combined: 0 });
  await expect(page.getByText('Rows and columns look exchanged: 0.00 as it is, 1.00 exchanged.')).toBeVisible();
  await page.getByRole('button', { name: 'Exchange', exact: true }).click();
  await expectFull(page, '61.00', { combined: 1, inclusion: 1, exclusion: 1 });
  await expect(page.getByText('Rows and columns look exchanged', { exact: false })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expectFull(page, '61.00', { combined: 0 });
  await page.getByRole('button', { name: 'Redo', exact: true }).click();
  await expectFull(page, '61.00', { combined: 1 });
  await page.keyboard.press('Control+z');
  await expectFull(page, '61.00', { combined: 0 });
  await page.keyboard.press('Control+Shift+z');
  await expectFull(page, '61.00', { combined: 1 });
});

for (const [info, usual] of [
  [{ 'pixels-per-micron': 1.15 }, '6'],
  [{ 'pixels-per-micron': 0.8 }, '4'],
  [undefined, '5'],
] as const) {
  test(`the threshold is ${usual} px for ${info ? info['pixels-per-micron'] : 'no'} px/µm, and can be changed`, async ({
    page,
  }) => {
    await openMovie(page, [await openSet(info ?? {})]);
    await showScores(page);
    await dropFiles(page, [jsonFile('regions.json', ESTIMATE)]);
    // The second estimate is exactly 4 px aside, and matches are strictly nearer.
    await expectFull(page, '61.00', { recall: usual === '4' ? 1 / 3 : 2 / 3 });
    expect((await scoreRow(page, '61.00')).threshold).toBe(usual);
    const field = page.getByRole('spinbutton', { name: 'Match threshold', exact: true });
    await field.fill('4.5');
    await field.press('Enter');
    await expectFull(page, '61.00', { recall: 2 / 3 });
    await page.getByRole('slider', { name: 'Threshold', exact: true }).fill('3');
    await expectFull(page, '61.00', { recall: 1 / 3 });
    expect((await scoreRow(page, '61.00')).threshold).toBe('3');
    await page.getByRole('button', { name: `Use ${usual} px`, exact: true }).click();
    await expect.poll(async () => (await scoreRow(page, '61.00')).threshold).toBe(usual);
  });
}

test('the legend filters the list of regions', async ({ page }) => {
  await openMovie(page, [await openSet()]);
  await dropFiles(page, [jsonFile('regions.json', ESTIMATE)]);
  const legend = page.getByRole('group', { name: 'Result classes', exact: true });
  const rows = page.getByRole('table', { name: 'Regions', exact: true }).getByRole('rowheader');
  await expect(rows).toHaveCount(4);
  for (const [name, count, rest] of [
    ['Matched', 2, 2],
    ['Extra', 1, 3],
    ['Missed', 1, 3],
  ] as const) {
    const chip = legend.getByRole('button', { name: `${name} ${count}`, exact: true });
    await expect(chip).toHaveAttribute('aria-pressed', 'true');
    await chip.click();
    await expect(chip).toHaveAttribute('aria-pressed', 'false');
    await expect(rows).toHaveCount(rest);
    await expect(rows.filter({ hasText: name.toLowerCase() })).toHaveCount(0);
    await chip.click();
    await expect(rows).toHaveCount(4);
  }
});

test('what is exported gives the same numbers when it is read again', async ({ page }) => {
  await openMovie(page, [await openSet()]);
  await showScores(page);
  await dropFiles(page, [jsonFile('results.json', ESTIMATE)]);
  await expectFull(page, '61.00', SCORE);
  const before = await scoreRow(page, '61.00');
  const saved = await saveItem(page, 'Regions JSON');
  expect(saved.name).toBe('61.00.regions.json');
  const scores = new TextDecoder()
    .decode((await saveItem(page, 'Scores CSV')).bytes)
    .trim()
    .split('\n');
  expect(scores[1]!.split(',').slice(0, 6)).toEqual(['61.00', ...FIGURES.map((figure) => before.full[figure])]);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(async () => (await scoreRow(page, '61.00')).full.recall).toBe('');
  await dropFiles(page, [saved]);
  await expectFull(page, '61.00', SCORE);
  expect(await scoreRow(page, '61.00')).toEqual(before);
});

test('regions out of range or malformed: the good ones are kept, the bad ones listed by index', async ({ page }) => {
  await openMovie(page, [await openSet()]);
  await showScores(page);
  const list = [ESTIMATE[0], { coordinates: [] }, ESTIMATE[1], { coordinates: 'none' }, rectangle(58, 98, 4, 4), ESTIMATE[2]];
  await dropFiles(page, [jsonFile('regions.json', list)]);
  const notice = page.getByRole('region', { name: 'Notices' });
  await expect(notice).toContainText('3 regions imported');
  await expect(notice).toContainText('3 left out');
  await expectFull(page, '61.00', SCORE);
  for (const index of [1, 3, 4]) await expect(notice).toContainText(`region ${index} `);
});
