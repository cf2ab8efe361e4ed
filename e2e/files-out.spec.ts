// What Export writes for other programs is read again by readers that share no code with the page, and by the page itself; it says
// where it comes from wherever its format has room for it.
import { readFileSync } from 'node:fs';
import { unzip } from 'unzipit';
import utif from 'utif2';
import { faults } from './support/axe.ts';
import { readNpy, saveItem, textOf } from './support/exports.ts';
import { dropFiles, jsonFile } from './support/open.ts';
import { decodePng } from './support/pixels.ts';
import { HEIGHT, MOVIE, openRegionSet, PERFECT, REGIONS, WIDTH } from './support/region-set.ts';
import { expectFull } from './support/scores.ts';
import { rectangle } from './support/sets.ts';
import { expect, test } from './support/test.ts';

test('a RoiSet ZIP goes out and comes back pixel for pixel, holes and parts included', async ({ page }) => {
  await openRegionSet(page);
  await dropFiles(page, [jsonFile('regions.json', REGIONS)]);
  await expectFull(page, '61.00', PERFECT);
  const saved = await saveItem(page, 'RoiSet ZIP');
  expect(saved.name).toBe('61.00.rois.zip');
  const { zip, entries } = await unzip(saved.bytes);
  expect(Object.keys(entries)).toEqual(['0001.roi', '0002.roi', '0003.roi']);
  const source = JSON.parse(zip.comment);
  expect(source).toMatchObject({
    tool: 'Somascope',
    dataset: '61.00',
    parameters: { regions: 'predictions', predictions: 'regions.json' },
  });
  expect(source.version).toMatch(/^\d+\.\d+\.\d+$/);
  expect(source.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await dropFiles(page, [saved]);
  await expect(page.getByText('3 regions imported').last()).toBeVisible();
  await expectFull(page, '61.00', PERFECT);
  // The same file again for the same content: there is no time in it.
  const again = await saveItem(page, 'RoiSet ZIP');
  expect((await unzip(again.bytes)).entries['0002.roi']!.size).toBe(entries['0002.roi']!.size);
});

test('the truth goes out where there are no predictions, named after its ids', async ({ page }) => {
  await openRegionSet(page);
  const { zip, entries } = await unzip((await saveItem(page, 'RoiSet ZIP')).bytes);
  expect(JSON.parse(zip.comment).parameters).toMatchObject({ regions: 'truth', predictions: null });
  expect(Object.keys(entries)).toEqual(['T0.roi', 'T1.roi', 'T2.roi']);
});

test('label masks hold the numbers of the table, as NPY and as a TIFF that other readers open', async ({ page }) => {
  await openRegionSet(page);
  await dropFiles(page, [jsonFile('regions.json', REGIONS)]);
  await expectFull(page, '61.00', PERFECT);
  const wanted = new Uint16Array(HEIGHT * WIDTH);
  REGIONS.forEach(({ coordinates }, i) => {
    for (const [row, col] of coordinates) wanted[row * WIDTH + col] = i + 1;
  });
  const npy = await saveItem(page, 'Label mask NPY');
  expect(npy.name).toBe('61.00.labels.npy');
  const mask = readNpy(npy.bytes);
  expect([mask.descr, mask.shape]).toEqual(['<u2', [HEIGHT, WIDTH]]);
  expect([...mask.values]).toEqual([...wanted]);
  const tiff = await saveItem(page, 'Label mask TIFF');
  expect(tiff.name).toBe('61.00.labels.tif');
  const buffer = Uint8Array.from(tiff.bytes).buffer;
  const [frame] = utif.decode(buffer);
  utif.decodeImage(buffer, frame!);
  expect([frame!.height, frame!.width]).toEqual([HEIGHT, WIDTH]);
  expect([...new Uint16Array(Uint8Array.from(frame!.data).buffer)]).toEqual([...wanted]);
  const [description] = frame!['t270'] as string[];
  expect(description).toMatch(/^ImageJ=/);
  expect(JSON.parse(/somascope=(.*)/.exec(description!)![1]!)).toMatchObject({ tool: 'Somascope', dataset: '61.00' });
});

test('traces as an array are the means over the pixels of each region', async ({ page }) => {
  await openRegionSet(page);
  await dropFiles(page, [jsonFile('regions.json', REGIONS)]);
  await expectFull(page, '61.00', PERFECT);
  const saved = await saveItem(page, 'Traces NPY');
  expect(saved.name).toBe('61.00.traces.npy');
  const { descr, shape, values } = readNpy(saved.bytes);
  expect([descr, shape]).toEqual(['<f4', [REGIONS.length, MOVIE.frames.length]]);
  REGIONS.forEach(({ coordinates }, region) => {
    MOVIE.frames.forEach((frame, t) => {
      const mean = coordinates.reduce((sum, [row, col]) => sum + frame[row * WIDTH + col]!, 0) / coordinates.length;
      expect(values[region * MOVIE.frames.length + t]).toBeCloseTo(mean, 2);
    });
  });

  // The traces that are shown, as a figure: the region that is selected.
  await page.getByRole('table', { name: 'Regions', exact: true }).getByRole('row').nth(1).click();
  await expect(page.getByRole('img', { name: 'Traces' })).toHaveAttribute('aria-description', /^Region 1, matches truth/);
  const svg = await saveItem(page, 'Traces SVG');
  expect(svg.name).toBe('61.00.traces.svg');
  expect(textOf(svg)).toContain('>Region 1: matches truth');
  expect(textOf(svg)).toContain('<metadata>{&quot;tool&quot;:&quot;Somascope&quot;');
  expect(textOf(svg)).toMatch(/<path d="M[^"]{40,}" fill="none" stroke="#111111" stroke-width="1.25"/);
  const png = await saveItem(page, 'Traces PNG');
  expect(png.name).toBe('61.00.traces.png');
  expect(Buffer.from(png.bytes).includes('"tool":"Somascope"')).toBe(true);
  const picture = await decodePng(page, png.bytes);
  expect(picture.width).toBe(1920);
  let dark = 0;
  for (let at = 0; at < picture.data.length; at += 4) if (picture.data[at]! < 60) dark++;
  expect(dark).toBeGreaterThan(2000);
});

test('the table Regions as CSV: places, matches, measures, in the order of the list', async ({ page }) => {
  await openRegionSet(page);
  await dropFiles(page, [jsonFile('regions.json', [REGIONS[0], rectangle(48, 80, 5, 5)])]);
  await expectFull(page, '61.00', { recall: 1 / 3, precision: 1 / 2 });
  const table = page.getByRole('table', { name: 'Regions', exact: true });
  await table.getByRole('button', { name: 'Area px' }).click();
  const saved = await saveItem(page, 'Regions CSV');
  expect(saved.name).toBe('61.00.regions.csv');
  const [head, ...rows] = textOf(saved)
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  const column = (name: string) => rows.map((cells) => cells[head!.indexOf(name)]);
  const shown = await table.getByRole('rowheader').evaluateAll((all) => all.map((one) => one.textContent?.split(' ')[0]));
  expect(column('region').map((name) => name!.split(' ')[0])).toEqual(shown);
  const matched = rows.find((cells) => cells[0] === '1')!;
  // Rows 5 to 12 and columns 60 to 65, matched with the first region of the truth.
  expect(Object.fromEntries(head!.map((name, i) => [name, matched[i]]))).toMatchObject({
    layer: 'predictions',
    result: 'matched',
    row: '8.5',
    col: '62.5',
    area_px: '48',
    distance_px: '0',
    match: '0',
  });
  expect(column('result').sort()).toEqual(['extra', 'matched', 'missed', 'missed']);
});

test('an image of the rarer views can be saved while it is on stage', async ({ page }) => {
  await openRegionSet(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByRole('menuitem', { name: 'Mean image NPY', exact: true })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Noise image NPY', exact: true })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByRole('combobox', { name: 'More views', exact: true }).selectOption({ label: 'Noise' });
  const saved = await saveItem(page, 'Noise image NPY');
  expect(saved.name).toBe('61.00.noise.npy');
  const { descr, shape, values } = readNpy(saved.bytes);
  expect([descr, shape]).toEqual(['<f4', [HEIGHT, WIDTH]]);
  expect(values.every((value) => value > 0)).toBe(true);
});

test('scores as JSON say what they were computed from', async ({ page }) => {
  await openRegionSet(page);
  await dropFiles(page, [jsonFile('regions.json', REGIONS.slice(0, 2))]);
  await expectFull(page, '61.00', { recall: 2 / 3, precision: 1 });
  const saved = await saveItem(page, 'Scores JSON');
  expect(saved.name).toBe('scores.json');
  const [row] = JSON.parse(textOf(saved));
  expect(row).toMatchObject({
    dataset: '61.00',
    threshold: 8,
    score: { recall: 2 / 3, precision: 1, matched: 2, extra: 0, missed: 1 },
  });
  expect(row.provenance).toMatchObject({
    tool: 'Somascope',
    parameters: { predictions: 'regions.json', 'match threshold px': 8 },
  });
});

test('the figure as SVG: picture, vector outlines by class, scale bar, legend, scores, source', async ({ page }) => {
  await openRegionSet(page);
  await dropFiles(page, [jsonFile('regions.json', [REGIONS[0], rectangle(48, 80, 5, 5)])]);
  await expectFull(page, '61.00', { recall: 1 / 3, precision: 1 / 2 });
  const saved = await saveItem(page, 'Picture SVG');
  expect(saved.name).toBe('61.00.svg');
  const drawn = await page.evaluate(async (text) => {
    const svg = new DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
    const image = new Image();
    image.src = svg.querySelector('image')!.getAttribute('href')!;
    await image.decode();
    return {
      root: svg.nodeName,
      picture: [image.naturalWidth, image.naturalHeight],
      texts: [...svg.querySelectorAll('text')].map((one) => one.textContent),
      groups: [...svg.querySelectorAll('#outlines > g')].map((one) => [
        one.id,
        one.querySelector('path')!.getAttribute('d')!.split('Z').length - 1,
      ]),
      bar: svg.querySelector('#scale-bar') !== null,
      metadata: JSON.parse(svg.querySelector('metadata')!.textContent!),
    };
  }, textOf(saved));
  expect(drawn.root).toBe('svg');
  expect(drawn.picture).toEqual([WIDTH, HEIGHT]);
  expect(Object.fromEntries(drawn.groups)).toMatchObject({ 'truth-missed': 2, 'predictions-matched': 1, 'predictions-extra': 1 });
  expect(drawn.bar).toBe(true);
  for (const words of ['Matched 1', 'Extra 1', 'Missed 2', '10 µm']) expect(drawn.texts).toContain(words);
  expect(drawn.texts[0]).toContain('61.00, movie, frame 0');
  expect(drawn.texts.join(' ')).toMatch(/Combined 0\.4000: recall 0\.3333, precision 0\.5000.*threshold 8 px/);
  expect(drawn.metadata).toMatchObject({ tool: 'Somascope', dataset: '61.00' });
});

test('the picture as PNG carries its source, and is as large as asked for', async ({ page }) => {
  await openRegionSet(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Picture PNG', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Picture PNG' });
  await dialog.getByRole('radio', { name: '3×', exact: true }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save 61.00.png', exact: true }).click(),
  ]);
  const bytes = readFileSync(await download.path());
  expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([3 * WIDTH, 3 * HEIGHT]);
  const length = bytes.readUInt32BE(33);
  expect(bytes.toString('latin1', 37, 41)).toBe('tEXt');
  const [keyword, text] = bytes.toString('latin1', 41, 41 + length).split('\0');
  expect(keyword).toBe('Comment');
  expect(JSON.parse(text!)).toMatchObject({ tool: 'Somascope', dataset: '61.00' });
});

test('the report page stands alone: figure, facts, scores, every region, no script', async ({ page, browser }) => {
  await openRegionSet(page);
  await dropFiles(page, [jsonFile('regions.json', REGIONS.slice(0, 2))]);
  await expectFull(page, '61.00', { recall: 2 / 3 });
  const saved = await saveItem(page, 'Report page');
  expect(saved.name).toBe('61.00.report.html');
  const context = await browser.newContext({ offline: true });
  const report = await context.newPage();
  const broken: string[] = [];
  report.on('console', (message) => broken.push(message.text()));
  await report.setContent(textOf(saved));
  await expect(report.getByRole('heading', { level: 1 })).toContainText('61.00');
  await expect(report.getByRole('img')).toBeVisible();
  await expect(report.getByText('Recall', { exact: true })).toBeVisible();
  await expect(report.getByText('0.6667', { exact: true })).toBeVisible();
  await expect(report.getByText('1.5 px/µm', { exact: true })).toBeVisible();
  await expect(report.getByRole('row')).toHaveCount(1 + 3);
  await expect(report.getByRole('row').last()).toContainText('missed');
  await expect(report.locator('footer')).toContainText('Somascope');
  expect(await report.locator('script').count()).toBe(0);
  expect(await faults(report)).toEqual([]);
  expect(broken).toEqual([]);
  await context.close();
});
