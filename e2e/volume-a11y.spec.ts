// axe finds nothing on any screen of a volume, wide and narrow, in both themes.
import type { Page } from '@playwright/test';
import { expectNoFaults } from './support/axe.ts';
import { dropFiles, openSample } from './support/open.ts';
import { expect, test } from './support/test.ts';
import { npy, openVolumeSample, ready } from './support/volume.ts';

async function setTheme(page: Page, theme: 'dark' | 'light'): Promise<void> {
  await page.evaluate((to) => document.documentElement.setAttribute('data-theme', to), theme);
  await page.mouse.move(0, 0);
}

test('the wide window, with every method, a report, a picture dialog and an alert', async ({ page }) => {
  test.slow();
  await openVolumeSample(page);
  for (const theme of ['dark', 'light'] as const) {
    await setTheme(page, theme);
    await expectNoFaults(page);
    for (const label of ['Threshold', 'Multi-Otsu', 'Vesselness']) {
      await page.getByLabel('Method', { exact: true }).selectOption({ label });
      await ready(page);
      await expectNoFaults(page);
    }
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Picture PNG' }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectNoFaults(page);
    await page.keyboard.press('Escape');
  }
  await dropFiles(page, [npy('other_prediction.npy', [2, 3, 4], new Uint8Array(24))]);
  await expect(page.getByRole('alert')).toBeVisible();
  await expectNoFaults(page);
});

test('the narrow window: every panel, dark and light', async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 390, height: 844 });
  await openSample(page, 'X-ray volume');
  await ready(page);
  const tabs = page.getByRole('tablist', { name: 'Panels', exact: true }).getByRole('tab');
  for (const theme of ['dark', 'light'] as const) {
    await setTheme(page, theme);
    for (const tab of await tabs.all()) {
      await tab.click();
      await expectNoFaults(page);
    }
  }
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await expectNoFaults(page);
});
