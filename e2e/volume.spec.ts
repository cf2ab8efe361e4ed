// The volume view from real drops on the built page: opening, seeing, scoring, segmenting, painting, saving, bad input, accessibility.
import { readFileSync } from 'node:fs';
import { expectNoFaults } from './support/axe.ts';
import { openExportMenu, readNpy, savedBy, saveItem, textOf } from './support/exports.ts';
import { chooseFiles, dropFiles, type TestFile } from './support/open.ts';
import { colours, type Picture, seen } from './support/pixels.ts';
import { dataPath, goldenPath, needSharedData } from './support/real-data.ts';
import { expect, test } from './support/test.ts';
import { button, canvas, cursor, fullValue, npy, openVolume, openVolumeSample, ready, slice, table } from './support/volume.ts';

/** Pixels that have about the hue of a class colour. */
function coloured({ data }: Picture, [red, green, blue]: readonly [number, number, number]): number {
  let count = 0;
  for (let i = 0; i < data.length; i += 4) {
    if (Math.abs(data[i]! - red) < 30 && Math.abs(data[i + 1]! - green) < 30 && Math.abs(data[i + 2]! - blue) < 30) count++;
  }
  return count;
}

const CELL = [230, 159, 0] as const;
const EXTRA = [213, 94, 0] as const;

test('the sample opens with four linked pictures, its classes and its scores', async ({ page }) => {
  await openVolumeSample(page);
  for (const name of ['XY slice', 'XZ slice', 'YZ slice', '3-D']) {
    await expect.poll(async () => colours(await seen(canvas(page, name))), name).toBeGreaterThan(30);
  }
  const classes = table(page, 'Classes');
  await expect(classes.getByRole('row')).toHaveCount(5);
  await expect(classes).toContainText('blood vessel');
  await expect(page.getByRole('alert')).toHaveCount(0);
  // The wheel goes through slices, Shift by ten, as in neuroglancer; a click links the other planes.
  const before = Number(await slice(page).inputValue());
  await canvas(page, 'XY slice').hover();
  await page.mouse.wheel(0, 100);
  await expect(slice(page)).toHaveValue(String(before + 1));
  await page.keyboard.press(',');
  await expect(slice(page)).toHaveValue(String(before));
  const box = (await canvas(page, 'XY slice').boundingBox())!;
  await page.mouse.click(box.x + box.width / 2 + 40, box.y + box.height / 2 + 20);
  await page.getByRole('radio', { name: 'YZ', exact: true }).click();
  expect(Number(await slice(page).inputValue())).toBeGreaterThan(80);
});

test('the cursor tells voxel, micrometres, value and every label by name', async ({ page }) => {
  await openVolumeSample(page);
  await canvas(page, 'XY slice').hover();
  await expect(cursor(page)).toHaveText(/x y z \d+ \d+ \d+ ?µm [\d.]+ [\d.]+ [\d.]+ ?value \d+/);
  await expect(cursor(page)).toHaveText(/truth\s+(background|blood vessel|cell|myelinated axon) \(\d\)/);
  await expect(cursor(page)).toHaveText(/prediction\s+(background|blood vessel|cell|myelinated axon) \(\d\)/);
  await expect(cursor(page)).toHaveText(/region\s+[a-z ]+ \(\d\)/);
});

test('classes are hidden and shown alone; errors, swipe and slab change the picture', async ({ page }) => {
  await openVolumeSample(page);
  const xy = canvas(page, 'XY slice');
  const cells = async () => coloured(await seen(xy), CELL);
  await expect.poll(cells).toBeGreaterThan(50);
  await button(page, 'Hide cell').click();
  await expect.poll(cells).toBe(0);
  await button(page, 'Show cell').click();
  await page.getByRole('radio', { name: 'Errors', exact: true }).click();
  await expect.poll(async () => coloured(await seen(xy), EXTRA)).toBeGreaterThan(20);
  await page.getByRole('radio', { name: 'None', exact: true }).click();
  await expect.poll(async () => coloured(await seen(xy), EXTRA)).toBe(0);
  const plain = await seen(xy);
  await page.getByRole('checkbox', { name: 'Slab', exact: true }).click();
  await expect.poll(async () => Buffer.compare((await seen(xy)).data, plain.data)).not.toBe(0);
});

test('an oblique slice, one picture alone, the ruler and the contrast by hand', async ({ page }) => {
  await openVolumeSample(page);
  const xy = canvas(page, 'XY slice');
  const upright = await seen(xy);
  await page.getByRole('checkbox', { name: 'Oblique', exact: true }).click();
  await expect(page.getByText('20°, 0°')).toBeVisible();
  await expect.poll(async () => Buffer.compare((await seen(xy)).data, upright.data)).not.toBe(0);
  await xy.click();
  await page.keyboard.press('z');
  await page.keyboard.press(' ');
  await expect(canvas(page, 'YZ slice')).toHaveCount(0);
  await page.keyboard.press(' ');
  await expect(canvas(page, 'YZ slice')).toBeVisible();
  const low = page.getByLabel('Contrast low value', { exact: true });
  const found = await low.inputValue();
  const box = (await xy.boundingBox())!;
  await page.mouse.move(box.x + 100, box.y + 100);
  await page.mouse.down({ button: 'right' });
  await page.mouse.move(box.x + 160, box.y + 100, { steps: 4 });
  await page.mouse.up({ button: 'right' });
  await expect(low).not.toHaveValue(found);
  await button(page, 'Auto').click();
  await expect(low).toHaveValue(found);
  await button(page, 'Ruler').click();
  await page.mouse.click(box.x + 120, box.y + 80);
  const before = await seen(xy);
  await page.mouse.click(box.x + 180, box.y + 120);
  await expect.poll(async () => Buffer.compare((await seen(xy)).data, before.data)).not.toBe(0);
});

test('the worst slice is found, and the strip leads to any other', async ({ page }) => {
  await openVolumeSample(page);
  const worst = page.getByRole('button', { name: /^Worst z \d+$/ });
  const z = /z (\d+)/.exec((await worst.textContent())!)![1]!;
  await worst.click();
  await expect(slice(page)).toHaveValue(z);
  await button(page, 'Better').click();
  await expect(slice(page)).not.toHaveValue(z);
});

test('scores equal the golden numbers, corrected and as published, and are saved', async ({ page }) => {
  needSharedData();
  const golden = JSON.parse(readFileSync(goldenPath('volume/metrics/a_2d_4class.json'), 'utf8'));
  const file = (what: string): TestFile => {
    const name = `a_2d_4class_${what}.npy`;
    return { name, bytes: new Uint8Array(readFileSync(goldenPath(`volume/metrics/${name}`))) };
  };
  await openVolume(page, [file('truth'), file('pred')]);
  const rows = table(page, 'Scores').getByRole('row');
  await expect(rows).toHaveCount(5);
  for (let c = 0; c < 4; c++) {
    expect(await fullValue(rows.nth(c + 1), 3)).toBeCloseTo(golden.new.iou[c], 9);
  }
  await page.getByRole('radio', { name: 'As published', exact: true }).click();
  for (let c = 0; c < 4; c++) {
    expect(await fullValue(rows.nth(c + 1), 0)).toBeCloseTo(golden.old.f1[c], 6);
    expect(await fullValue(rows.nth(c + 1), 1)).toBeCloseTo(golden.old.iou[c], 6);
  }
  await expect(table(page, 'Confusion').getByRole('row')).toHaveCount(5);
  const json = JSON.parse(textOf(await saveItem(page, 'Metrics JSON')));
  expect(json.confusion).toEqual(golden.confusion_rows_truth);
  const csv = await saveItem(page, 'Metrics CSV');
  expect(textOf(csv).split('\r\n')[0]).toContain('class,precision,recall,f1,iou');
});

test('xray-mini and a dropped prediction: layer, scores, exports', async ({ page }) => {
  needSharedData();
  test.slow();
  await openVolume(page, dataPath('xray-mini/xray-mini.npz'));
  await chooseFiles(page, dataPath('xray-mini/pred.npz'));
  const rows = table(page, 'Scores').getByRole('row');
  await expect(rows).toHaveCount(5);
  await ready(page);
  // Computed with numpy from the same files.
  const wanted = MINI_IOU;
  for (const [c, iou] of wanted.entries()) expect(await fullValue(rows.nth(c + 1), 3)).toBeCloseTo(iou, 9);
  const saved = readNpy((await saveItem(page, 'Prediction NPY')).bytes);
  expect(saved.descr).toBe('|u1');
  expect(saved.shape).toEqual([64, 256, 256]);
  expect((await saveItem(page, 'Prediction NPZ')).name).toMatch(/\.npz$/);
  expect((await saveItem(page, 'Prediction NIfTI')).name).toMatch(/\.nii$/);
});

/** IoU of background, vessel, cell and axon of pred.npz against pixel_labels. */
const MINI_IOU = [0.921842253665838, 0.5791528662748472, 0.5830420199825213, 0.801506768446048];

test('the benchmark files: four areas, both tables, task 1 from a CSV with its ceiling', async ({ page }) => {
  needSharedData();
  await openVolume(page, dataPath('xray-mini/mtneuro-mini.zip'));
  await expect(page.getByLabel('Facts')).toContainText('Test set');
  await page.getByLabel('Area', { exact: true }).selectOption('STR');
  await expect(slice(page)).toHaveAttribute('min', '5');
  await expect(slice(page)).toHaveAttribute('max', '9');
  await page.getByLabel('Area', { exact: true }).selectOption('');
  const csv = ['index,label', ...Array.from({ length: 20 }, (_, i) => `${i},${Math.floor(i / 5)}`)].join('\n');
  await dropFiles(page, [{ name: 'answers.csv', bytes: new TextEncoder().encode(csv) }]);
  const result = page.getByRole('region', { name: 'Region of each slice' });
  await expect(result).toContainText('As published');
  await expect(result).toContainText('even a perfect classifier reaches only 0.95');
  await expect(table(page, 'Task 1 published')).toContainText('MYOW');
  // A prediction equal to the truth scores 1 in both ways, beside the published rows.
  await page
    .getByLabel(/^Role of .*task2_2D_4classtestlabels/)
    .first()
    .waitFor();
  await page.getByRole('button', { name: 'Segment', exact: true }).waitFor();
});

test('task 2 stands beside the published table', async ({ page }) => {
  const shape = [8, 16, 16];
  const labels = Uint8Array.from({ length: 8 * 256 }, (_, i) => (i * 7) % 4);
  const image = Uint8Array.from({ length: 8 * 256 }, (_, i) => 60 + ((i * 7) % 4) * 40);
  await openVolume(page, [
    npy('task2_2D_4classtestimages.npy', shape, image),
    npy('task2_2D_4classtestlabels.npy', shape, labels),
  ]);
  await dropFiles(page, [npy('my_prediction.npy', shape, labels)]);
  await expect(table(page, 'Scores').getByRole('row')).toHaveCount(5);
  await page.getByLabel('Task', { exact: true }).selectOption('4-class');
  const published = table(page, 'Published scores');
  await expect(published.getByRole('row').nth(1)).toContainText('Yours');
  await expect(published).toContainText('U-Net++');
  await page.getByLabel('Images', { exact: true }).selectOption('3-D reference');
  await expect(published).toContainText('VNetLight');
  await page.getByLabel('Task', { exact: true }).selectOption('3-class');
  await expect(table(page, 'Scores').getByRole('row')).toHaveCount(4);
});

test('labels are learnt from scribbles, seen on the slice, then on the volume; undone and done again', async ({ page }) => {
  test.slow();
  await openVolumeSample(page);
  await page.getByLabel('Brush', { exact: true }).selectOption({ label: 'cell' });
  const box = (await canvas(page, 'XY slice').boundingBox())!;
  const draw = async (x: number, y: number) => {
    await page.mouse.move(box.x + x, box.y + y);
    await page.mouse.down();
    await page.mouse.move(box.x + x + 30, box.y + y + 10, { steps: 4 });
    await page.mouse.up();
  };
  await draw(120, 100);
  await expect(button(page, 'Undo')).toBeEnabled();
  await page.getByLabel('Brush', { exact: true }).selectOption({ label: 'background' });
  await draw(180, 160);
  await button(page, 'Train').click();
  await expect(page.getByText(/Learnt from scribbles/)).toBeVisible();
  await ready(page);
  // Looked for by the page itself: it may come and go between two looks from outside.
  const seen = page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const isThere = () => document.querySelector('[role="progressbar"][aria-label^="Segmenting"]') !== null;
        const observer = new MutationObserver(() => {
          if (!isThere()) return;
          observer.disconnect();
          resolve();
        });
        observer.observe(document.body, { subtree: true, childList: true, attributes: true });
      }),
  );
  await button(page, 'Segment').click();
  await seen;
  await ready(page);
  await expect(page.getByRole('heading', { name: 'Classes' }).locator('..')).toContainText('Random forest');
  const classes = () => table(page, 'Classes').textContent();
  const after = await classes();
  await button(page, 'Undo').click();
  await expect.poll(classes).not.toBe(after);
  await button(page, 'Redo').click();
  await expect.poll(classes).toBe(after);
  const scribbles = JSON.parse(textOf(await saveItem(page, 'Scribbles JSON')));
  expect(scribbles.runs.length).toBeGreaterThan(4);
});

test('methods without marks label the volume', async ({ page }) => {
  test.slow();
  await openVolumeSample(page);
  for (const method of ['Otsu', 'Multi-Otsu', 'Vesselness', 'LoG cells']) {
    await page.getByLabel('Method', { exact: true }).selectOption({ label: method });
    await button(page, 'Segment').click();
    // Vesselness and cells of the whole volume take their time on a busy machine.
    await expect(page.locator('main')).toHaveAttribute('data-phase', 'ready', { timeout: 120_000 });
    await expect(page.getByRole('heading', { name: 'Classes' }).locator('..')).toContainText(method);
    const share = table(page, 'Classes').getByRole('row').nth(1).locator('td').last();
    await expect(share, method).not.toHaveText('100.0');
  }
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('what runs can be cancelled', async ({ page }) => {
  await openVolumeSample(page);
  await page.getByLabel('Method', { exact: true }).selectOption({ label: 'LoG cells' });
  await button(page, 'Segment').click();
  await expect(page.getByRole('progressbar', { name: /Segmenting/ })).toBeVisible();
  await button(page, 'Cancel').first().click();
  await ready(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('labels are painted and erased with undo', async ({ page }) => {
  await openVolumeSample(page);
  const vessel = () =>
    table(page, 'Classes')
      .getByRole('row', { name: /blood vessel/ })
      .locator('td')
      .nth(1)
      .getAttribute('title');
  const before = await vessel();
  await page.keyboard.press('p');
  const box = (await canvas(page, 'XY slice').boundingBox())!;
  await page.mouse.move(box.x + 150, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 200, box.y + 130, { steps: 5 });
  await page.mouse.up();
  await expect.poll(vessel).not.toBe(before);
  await button(page, 'Undo').click();
  await expect.poll(vessel).toBe(before);
});

test('the region report has rows and is saved', async ({ page }) => {
  await openVolumeSample(page);
  await button(page, 'Report').click();
  const regions = table(page, 'Regions');
  await expect(regions.getByRole('row')).not.toHaveCount(0);
  await expect(regions).toContainText(/cortex|Whole volume/);
  const text = textOf(await saveItem(page, 'Region report CSV'));
  expect(text.split('\r\n')[0]).toContain('region,voxels,mm3,vessel_share');
});

test('a picture is saved at the size that is chosen', async ({ page }) => {
  await openVolumeSample(page);
  const saved = await savedBy(page, async () => {
    const menu = await openExportMenu(page);
    await menu.getByRole('menuitem', { name: 'Picture PNG', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Picture', { exact: true }).selectOption({ label: 'XY slice' });
    await dialog.getByRole('radio', { name: '2×', exact: true }).click();
    await dialog.getByRole('button', { name: 'Save PNG', exact: true }).click();
  });
  const view = new DataView(saved.bytes.buffer, saved.bytes.byteOffset);
  const box = (await canvas(page, 'XY slice').boundingBox())!;
  expect(Math.abs(view.getUint32(16) - 2 * box.width)).toBeLessThan(4);
});

test('a link brings the view back', async ({ page }) => {
  await openVolumeSample(page);
  await slice(page).fill('7');
  await page.getByRole('radio', { name: 'Errors', exact: true }).click();
  await expect.poll(() => page.url()).toContain('position');
  const url = page.url();
  await page.goto('about:blank');
  await page.goto(url);
  await page.locator('button.tile').filter({ hasText: 'X-ray volume' }).first().click();
  await ready(page);
  await expect(slice(page)).toHaveValue('7');
  await expect(page.getByRole('radio', { name: 'Errors', exact: true })).toBeChecked();
});

const FILES: readonly (readonly [path: string, facts: readonly string[]])[] = [
  ['formats-volume/nifti/anatomical.nii', ['25 × 41 × 33']],
  ['formats-volume/nifti/example_nifti2.nii.gz', []],
  ['formats-volume/pynrrd/BallBinary30x30x30_gz.nrrd', ['30 × 30 × 30']],
  ['formats-volume/pynrrd/BallBinary30x30x30.nii.gz', ['30 × 30 × 30']],
  ['formats-volume/neuroglancer/simple_0.5.zip', []],
  ['xray-thc-cubes/test_cube2_64slices.zip', ['64 × 200 × 200']],
  ['xray-real/crops_z309.npy', ['4 × 256 × 256']],
];

for (const [path, facts] of FILES) {
  test(`${path} opens and draws`, async ({ page }) => {
    needSharedData();
    await openVolume(page, dataPath(path));
    for (const fact of facts) await expect(page.getByLabel('Facts')).toContainText(fact);
    await expect.poll(async () => colours(await seen(canvas(page, 'XY slice')))).toBeGreaterThan(1);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}

test('a prediction of another shape says both shapes; labels that no class has are counted; float labels are refused', async ({
  page,
}) => {
  await openVolumeSample(page);
  await dropFiles(page, [npy('prediction.npy', [4, 5, 6], new Uint8Array(120))]);
  await expect(page.getByRole('alert')).toHaveCount(1);
  await expect(page.getByRole('alert')).toContainText('4 × 5 × 6');
  await expect(page.getByRole('alert')).toContainText('48 × 144 × 160');
  const odd = new Uint8Array(48 * 144 * 160);
  odd.fill(77, 0, 10);
  await dropFiles(page, [npy('odd_prediction.npy', [48, 144, 160], odd)]);
  await expect(page.getByRole('alert')).toHaveCount(2);
  await expect(page.getByRole('alert').last()).toContainText('77 (10)');
  const floats = Float32Array.from({ length: 48 * 144 * 160 }, () => 0.5);
  await dropFiles(page, [npy('float_prediction.npy', [48, 144, 160], new Uint8Array(floats.buffer), '<f4')]);
  await expect(page.getByRole('alert')).toHaveCount(3);
  await expect(page.getByRole('alert').last()).toContainText('0.5 at z 0, y 0, x 0 is no label');
});

test('a volume that is cut off says so in one alert, and the next one opens', async ({ page }) => {
  await page.goto('/');
  const whole = npy('volume_labels.npy', [6, 20, 20], new Uint8Array(2400));
  await chooseFiles(page, [{ name: whole.name, bytes: whole.bytes.subarray(0, 1000) }]);
  await expect(page.getByRole('alert')).toHaveCount(1);
  await chooseFiles(page, [whole]);
  await ready(page);
});

test('what opens as a movie can be treated as a volume, and its axes and roles are changed', async ({ page }) => {
  const data = Uint8Array.from({ length: 6 * 20 * 30 }, (_, i) => (i * 31) % 250);
  await page.goto('/');
  await chooseFiles(page, [npy('recording.npy', [6, 20, 30], data)]);
  await expect(page.locator('main')).toHaveAttribute('data-modality', 'calcium');
  await page
    .getByRole('banner')
    .getByRole('button', { name: /recording/ })
    .click();
  await page.getByRole('menuitem', { name: 'Treat as volume', exact: true }).click();
  await ready(page);
  await expect(page.getByLabel('Facts')).toContainText('6 × 20 × 30');
  await page.getByLabel('Role of recording.npy', { exact: true }).selectOption('truth');
  await expect(table(page, 'Classes')).toBeVisible();
  await page.getByLabel('Role of recording.npy', { exact: true }).selectOption('image');
  await expect.poll(async () => colours(await seen(canvas(page, 'XY slice')))).toBeGreaterThan(10);
});

test('axe finds nothing, dark and light, wide and narrow', async ({ page }) => {
  test.slow();
  await openVolumeSample(page);
  await expectNoFaults(page);
  await page.getByRole('radio', { name: 'As published', exact: true }).click();
  await button(page, 'Report').click();
  await ready(page);
  await page.getByRole('button', { name: 'Light theme' }).click();
  await page.mouse.move(0, 0);
  await expectNoFaults(page);
  await page.setViewportSize({ width: 390, height: 844 });
  for (const tab of ['Slices', 'Score', 'Segment', 'Data']) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    await expectNoFaults(page);
  }
});
