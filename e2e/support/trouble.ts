// What tests of trouble share: the alert, the data set on screen, closing it.
import type { Locator, Page } from '@playwright/test';
import { chooseFiles, openSample, waitForMovie, waitForPhase } from './open.ts';
import { smallSet } from './small-set.ts';
import { expect } from './test.ts';

export const SAMPLE_NAME = 'neurofinder.sample.00';

/** The calcium sample, read to the end. */
export async function openCalciumSample(page: Page): Promise<void> {
  await openSample(page, 'Calcium imaging');
  await waitForMovie(page);
}

/** The heading of the data set on screen begins with its name. */
export async function expectOnScreen(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
}

/** The one alert; fails where there are more. */
export async function theAlert(page: Page): Promise<Locator> {
  const alert = page.getByRole('alert');
  await expect(alert).toHaveCount(1);
  return alert;
}

export async function dismissAlert(page: Page): Promise<void> {
  await page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
}

/** Closes the data set on screen through the menu of its name. */
export async function closeShown(page: Page, name: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name, exact: true }).click();
  await page.getByRole('menuitem', { name: `Close ${name}`, exact: true }).click();
}

/** A good set opens beside what is open, without an alert, and closes again. */
export async function openAndCloseGood(page: Page): Promise<void> {
  await chooseFiles(page, [await smallSet('good.zip')]);
  await expectOnScreen(page, 'good');
  await waitForMovie(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await closeShown(page, 'good');
}

/** Presses the button and waits for the neurons. */
export async function detectNeurons(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Detect neurons' }).click();
  await expect(page.getByText(/^\d+ neurons found$/)).toBeVisible({ timeout: 60_000 });
  await waitForPhase(page, 'ready');
}
