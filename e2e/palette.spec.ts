// Commands (Ctrl+K) and keys on the built page: everything by name with its argument, recent first; other keys, named conflicts.
import type { Locator, Page } from '@playwright/test';
import { faults } from './support/axe.ts';
import { savedBy, textOf } from './support/exports.ts';
import { waitForMovie, waitForPhase } from './support/open.ts';
import { frameSlider, viewChoice } from './support/stage.ts';
import { expect, test } from './support/test.ts';
import { openCalciumSample } from './support/trouble.ts';

const field = (page: Page) => page.getByRole('combobox', { name: 'Command', exact: true });
const options = (page: Page) => page.getByRole('listbox', { name: 'Commands' }).getByRole('option');
const slider = (page: Page, name: string) => page.getByRole('slider', { name, exact: true });

/** Types a command and presses Enter; the palette is gone then. */
async function command(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveCount(0);
}

test('opens a sample and sets everything by name and number', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await command(page, 'sample calcium');
  await waitForMovie(page);
  await command(page, 'frame 120');
  await expect(frameSlider(page)).toHaveValue('120');
  await command(page, 'diameter 12');
  await expect(slider(page, 'Soma diameter')).toHaveValue('12');
  await command(page, 'threshold 6');
  await expect(slider(page, 'Threshold')).toHaveValue('6');
  await command(page, 'view correlation');
  await expect(viewChoice(page, 'Correlation')).toHaveAttribute('aria-checked', 'true');
  await command(page, 'view noise');
  await expect(page.getByLabel('More views')).toHaveValue('noise');
  await command(page, 'speed 4');
  await expect(page.getByLabel('Speed', { exact: true })).toHaveValue('4');
  await command(page, 'labels visible');
  await expect(page.getByRole('radio', { name: 'All visible cells' })).toHaveAttribute('aria-checked', 'true');
  await command(page, 'time strip about');
  await expect(page.getByRole('tab', { name: 'About' })).toHaveAttribute('aria-selected', 'true');
  await command(page, 'light theme');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');

  // What was done last stands first, with its number.
  await page.keyboard.press('Control+Shift+p');
  await expect(page.getByRole('group', { name: 'Recent' }).getByRole('option')).toHaveCount(6);
  await expect(options(page).first()).toContainText('Light theme');
  await page.keyboard.type('frame');
  await expect(options(page).first()).toContainText('0 to 199');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue('Frame ');
  await page.keyboard.type('500');
  await expect(options(page).first()).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await expect(field(page)).toHaveCount(0);
  await expect(frameSlider(page)).toHaveValue('120');
});

test('detects, cuts by confidence and saves by name; what is not ready says why', async ({ page }) => {
  await openCalciumSample(page);
  await page.getByRole('button', { name: 'Commands', exact: true }).click();
  await page.keyboard.type('regions json');
  await expect(options(page).first()).toContainText('no regions yet');
  await page.keyboard.press('Enter');
  await expect(field(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await command(page, 'detect neurons');
  await expect(page.getByText(/^\d+ neurons found$/)).toBeVisible({ timeout: 60_000 });
  await waitForPhase(page, 'ready');
  await command(page, 'confidence 0.4');
  await expect(slider(page, 'Confidence')).toHaveValue('0.4');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('reg json');
  const saved = await savedBy(page, () => page.keyboard.press('Enter'));
  expect(saved.name).toBe('neurofinder.sample.00.regions.json');
  expect(JSON.parse(textOf(saved)).length).toBeGreaterThan(5);
});

test('lists every item of the Export menu and every tab, each once', async ({ page }) => {
  await openCalciumSample(page);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const items = await page.getByRole('menuitem').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')!));
  await page.keyboard.press('Escape');
  const tabs = await page.getByRole('tablist', { name: 'Time strip' }).getByRole('tab').allTextContents();
  await page.keyboard.press('Control+k');
  const listed = await options(page)
    .locator('.cut')
    .evaluateAll((all) => all.map((one) => one.textContent!));
  expect(items.length).toBeGreaterThan(8);
  for (const name of [
    ...items,
    ...tabs.map((text) => text.replace(/ \d+$/, '')),
    'Fit',
    'Play, pause',
    'Undo',
    'Open files',
    'Log',
  ])
    expect(
      listed.filter((one) => one === name),
      name,
    ).toHaveLength(1);
});

async function openHelp(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Keyboard', exact: true }).click();
  return page.getByRole('dialog', { name: 'Keyboard', exact: true });
}

test('another key is pressed, kept over a reload, shown on the button, and given back', async ({ page }) => {
  await openCalciumSample(page);
  let help = await openHelp(page);
  await help.getByRole('searchbox', { name: 'Search keys' }).fill('loop fit');
  await expect(help.getByText('No key does that.')).toBeVisible();
  await help.getByRole('searchbox', { name: 'Search keys' }).fill('fit');
  await help.getByRole('button', { name: 'Change the key of Fit, now F' }).click();
  const dialog = page.getByRole('dialog', { name: 'Key for “Fit”' });
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('status')).toHaveText(/is “Detect neurons” \(Regions\), which will be left without a key/);
  expect(await faults(page, 'dialog')).toEqual([]);
  await page.keyboard.press('v');
  await expect(dialog.getByRole('status')).toHaveText('This key is free.');
  await dialog.getByRole('button', { name: 'Use V' }).click();
  await page.keyboard.press('Escape');
  const fitted = page.getByRole('button', { name: 'Fit', exact: true });
  await expect(fitted).toHaveAttribute('aria-keyshortcuts', 'v');

  await openCalciumSample(page);
  await expect(fitted).toHaveAttribute('aria-keyshortcuts', 'v');
  // The soma circle is drawn to the zoom: what V and F do to the picture shows there.
  await command(page, 'diameter 12');
  const circle = page.getByRole('img', { name: 'Soma diameter to scale' });
  const before = await circle.getAttribute('width');
  await page.keyboard.press('+');
  await expect.poll(() => circle.getAttribute('width')).not.toBe(before);
  const zoomed = await circle.getAttribute('width');
  await page.keyboard.press('f');
  await page.keyboard.press('v');
  await expect.poll(() => circle.getAttribute('width')).toBe(before);
  await page.keyboard.press('+');
  await page.keyboard.press('f');
  expect(await circle.getAttribute('width')).toBe(zoomed);

  help = await openHelp(page);
  await help.getByRole('button', { name: 'Reset all keys' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('f');
  await expect.poll(() => circle.getAttribute('width')).toBe(before);
});

test('the help shows the keys of what is on screen; X, 0 and Ctrl+O do as they say', async ({ page }) => {
  await page.goto('/');
  // Asked for before the key is due: the browser hands over its dialogs only some time after it was told to.
  const choosing = page.waitForEvent('filechooser');
  let help = await openHelp(page);
  await expect(help.getByRole('listitem').filter({ hasText: 'Open files' })).toHaveCount(1);
  await expect(help.getByRole('listitem').filter({ hasText: 'Play, pause' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+o');
  expect((await choosing).isMultiple()).toBe(true);

  await openCalciumSample(page);
  help = await openHelp(page);
  for (const group of ['Movie', 'View', 'Picture', 'Regions', 'Page'])
    await expect(help.getByRole('region', { name: group, exact: true })).toBeVisible();
  await page.keyboard.press('Escape');
  const truth = page.getByRole('checkbox', { name: 'Truth', exact: true });
  await page.keyboard.press('x');
  await expect(truth).toHaveAttribute('aria-checked', 'false');
  await page.keyboard.press('x');
  await expect(truth).toHaveAttribute('aria-checked', 'true');
  await command(page, 'diameter 12');
  const circle = page.getByRole('img', { name: 'Soma diameter to scale' });
  const fitted = await circle.getAttribute('width');
  await page.keyboard.press('+');
  await expect.poll(() => circle.getAttribute('width')).not.toBe(fitted);
  await page.keyboard.press('0');
  await expect.poll(() => circle.getAttribute('width')).toBe(fitted);
});

test('single keys are switched off where people look for it, and stay off', async ({ page }) => {
  await openCalciumSample(page);
  const help = await openHelp(page);
  await help.getByRole('checkbox', { name: 'Single-key shortcuts' }).click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('2');
  await page.keyboard.press('End');
  await expect(frameSlider(page)).toHaveValue('199');
  await expect(viewChoice(page, 'Movie')).toHaveAttribute('aria-checked', 'true');
  await openCalciumSample(page);
  await page.keyboard.press('2');
  await page.keyboard.press('End');
  await expect(frameSlider(page)).toHaveValue('199');
  await expect(viewChoice(page, 'Movie')).toHaveAttribute('aria-checked', 'true');
  await command(page, 'single keys on');
  await page.keyboard.press('2');
  await expect(viewChoice(page, 'Mean')).toHaveAttribute('aria-checked', 'true');
});

test('axe finds nothing in the palette, dark and light, wide and narrow', async ({ page }) => {
  await openCalciumSample(page);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 844 });
    for (const theme of ['light', 'dark']) {
      if ((await page.locator('html').getAttribute('data-theme')) !== theme) await command(page, `${theme} theme`);
      await page.keyboard.press('Control+k');
      expect(await faults(page, 'dialog'), `${width} ${theme}`).toEqual([]);
      await page.keyboard.press('Escape');
    }
  }
  await page.keyboard.press('Control+k');
  await page.keyboard.type('frame 999');
  await expect(options(page).first()).toHaveAttribute('aria-disabled', 'true');
  expect(await faults(page, 'dialog'), 'refused').toEqual([]);
});
