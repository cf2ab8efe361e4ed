// Walks the registry: every modality's sample opens from its tile, draws, and every export that is offered writes its file.
import { modalities } from '../src/modalities/registry.ts';
import { openExportMenu, savedBy } from './support/exports.ts';
import { openSample, screen, waitForMovie, waitForPhase } from './support/open.ts';
import { colours, seen } from './support/pixels.ts';
import { expect, test } from './support/test.ts';

/** What a file is called, by what its menu item says it writes. */
const ENDINGS: readonly (readonly [item: RegExp, name: RegExp])[] = [
  [/NPY$/, /\.npy$/],
  [/CSV$/, /\.csv$/],
  [/JSON$/, /\.json$/],
  [/PNG$/, /\.png$/],
  [/ZIP$/, /\.zip$/],
  [/NPZ$/, /\.npz$/],
  [/NIfTI$/, /\.nii$/],
  [/MDA$/, /\.mda$/],
  [/subset$/, /\.zip$/],
  [/TIFF$/, /\.tif$/],
  [/SVG$/, /\.svg$/],
  [/page$/, /\.html$/],
  [/Python/, /\.py$/],
  [/MATLAB/, /\.m$/],
];

const samples = modalities.flatMap(({ id, sample }) => (sample ? [{ id, sample }] : []));

test('the registry has samples', () => {
  expect(samples.map(({ id }) => id)).toEqual(expect.arrayContaining(['calcium', 'example']));
});

for (const { id, sample } of samples) {
  test(`${id}: the sample opens, draws and is saved`, async ({ page }) => {
    // Nobody answers the question where to save.
    await page.addInitScript(() => {
      Reflect.deleteProperty(globalThis, 'showSaveFilePicker');
    });
    await openSample(page, sample.title);
    await expect(screen(page)).toHaveAttribute('data-modality', id);
    if (id === 'calcium') await waitForMovie(page);
    else await waitForPhase(page, 'ready');

    const canvas = page.locator('main canvas[role="img"]').first();
    await expect.poll(async () => colours(await seen(canvas))).toBeGreaterThan(30);

    const menu = await openExportMenu(page);
    const items = await menu.getByRole('menuitem').evaluateAll((all) =>
      all
        .filter((item) => item.getAttribute('aria-disabled') !== 'true')
        .map((item) => item.getAttribute('aria-label') ?? '')
        // What asks for choices and takes its time has a spec of its own (clip, recipe).
        .filter((name) => !name.endsWith('…')),
    );
    expect(items.length).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    const names = new Set<string>();
    for (const item of items) {
      const saved = await savedBy(page, async () => {
        const opened = await openExportMenu(page);
        // What is looked at first (a submission, a picture) is saved from its dialog.
        const save = page.getByRole('dialog').getByRole('button', { name: /^Save/ });
        const arrived = page.waitForEvent('download').then(() => 'download');
        await opened.getByRole('menuitem', { name: item, exact: true }).click();
        const first = await Promise.race([
          arrived,
          save.waitFor().then(
            () => 'dialog',
            () => 'none',
          ),
        ]);
        if (first === 'dialog') await save.click();
      });
      const wanted = ENDINGS.find(([kind]) => kind.test(item));
      expect(wanted, `a known kind of file: ${item}`).toBeDefined();
      expect(saved.name, item).toMatch(wanted![1]);
      expect(saved.bytes.length, item).toBeGreaterThan(0);
      names.add(saved.name);
    }
    expect(names.size, 'every file has a name of its own').toBe(items.length);
  });
}
