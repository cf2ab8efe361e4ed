// The main job with the keyboard alone: from the first screen to the saved submission, without a pointer.
import type { Page } from '@playwright/test';
import { savedBy, textOf } from './support/exports.ts';
import { waitForMovie, waitForPhase } from './support/open.ts';
import { frameSlider, viewChoice } from './support/stage.ts';
import { expect, test } from './support/test.ts';

const REACHED_WITHIN = 60;

/** Presses Tab until what has the focus is named so. */
async function tabTo(page: Page, selector: string, name: RegExp, back = false): Promise<void> {
  for (let presses = 0; presses < REACHED_WITHIN; presses++) {
    const focus = page.locator(`${selector}:focus`);
    if ((await focus.count()) > 0) {
      const text = (await focus.getAttribute('aria-label')) ?? (await focus.textContent()) ?? '';
      if (name.test(text)) return;
    }
    await page.keyboard.press(back ? 'Shift+Tab' : 'Tab');
  }
  throw new Error(`${name} is not reached by Tab`);
}

test('sample, play, views, detect, confidence, submission by keyboard', async ({ page }) => {
  await page.goto('/');
  await tabTo(page, 'button', /Calcium imaging/);
  await page.keyboard.press('Enter');
  await waitForMovie(page);

  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await expect.poll(async () => Number(await frameSlider(page).inputValue())).toBeGreaterThan(0);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  await page.keyboard.press('End');
  await expect.poll(async () => frameSlider(page).inputValue()).toBe(await frameSlider(page).getAttribute('max'));
  await page.keyboard.press('5');
  await expect(viewChoice(page, 'Correlation')).toHaveAttribute('aria-checked', 'true');
  await tabTo(page, '[role="radio"]', /^Correlation$/);
  await page.keyboard.press('ArrowUp');
  await expect(viewChoice(page, 'Standard deviation')).toHaveAttribute('aria-checked', 'true');
  await expect(viewChoice(page, 'Standard deviation')).toBeFocused();

  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(/\d+ neurons? found/)).toBeVisible({ timeout: 80_000 });
  await waitForPhase(page, 'ready');
  const slider = page.getByRole('slider', { name: 'Confidence', exact: true });
  await tabTo(page, 'input', /^Confidence$/);
  const before = Number(await slider.inputValue());
  for (let i = 0; i < 3; i++) await page.keyboard.press('ArrowRight');
  await expect.poll(async () => Number(await slider.inputValue())).toBeCloseTo(before + 0.03, 6);

  await tabTo(page, 'button', /^Export$/, true);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Submission JSON', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Submission JSON' });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Save submission.json', exact: true })).toBeEnabled();
  await tabTo(page, 'button', /^Save submission\.json$/);
  const saved = await savedBy(page, () => page.keyboard.press('Enter'));
  expect(saved.name).toBe('submission.json');
  expect(JSON.parse(textOf(saved))[0].sources.length).toBeGreaterThan(5);
  await expect(dialog).toHaveCount(0);

  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog')).toContainText('Play, pause');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});
