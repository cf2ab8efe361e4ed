// The page fits from 390 to 2560 px: nothing is wider than the window, and no control of a bar is cut off or covered by another.
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { openCalciumSample } from './support/trouble.ts';

const WIDTHS = [390, 640, 900, 1160, 1280, 1440, 1920, 2560];

/** What is wrong with where things lie, in words. */
function misplaced(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) faults.push(`the document is ${root.scrollWidth} px wide`);
    const name = (element: Element) =>
      `<${element.tagName.toLowerCase()} ${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 30) ?? ''}>`;
    const isSeen = (element: Element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    for (const bar of document.querySelectorAll('.top, .tools, .transport, .hist-row, .status, .time-head, .tabbar')) {
      if (!isSeen(bar)) continue;
      const around = bar.getBoundingClientRect();
      const controls = [
        ...bar.querySelectorAll('button, select, input:not(.vh), label, output, [role="tab"], [role="slider"]'),
      ].filter((element) => isSeen(element) && element.getBoundingClientRect().width > 0);
      for (const control of controls) {
        const box = control.getBoundingClientRect();
        const isOutside = box.left < around.left - 1 || box.right > around.right + 1 || box.right > innerWidth + 1;
        if (isOutside && !control.closest('[popover], .scroll')) {
          faults.push(
            `${name(control)} reaches from ${box.left} to ${box.right}, its bar from ${around.left} to ${around.right}`,
          );
        }
      }
      const buttons = controls.filter((element) => element.matches('button, select'));
      for (const [i, one] of buttons.entries()) {
        for (const other of buttons.slice(i + 1)) {
          if (one.contains(other) || other.contains(one)) continue;
          const a = one.getBoundingClientRect();
          const b = other.getBoundingClientRect();
          const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
          const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
          if (across > 1 && down > 1) faults.push(`${name(one)} and ${name(other)} overlap by ${across} × ${down} px`);
        }
        // The middle of a button belongs to it: nothing lies over it.
        const box = one.getBoundingClientRect();
        const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        if (hit && !one.contains(hit) && !hit.contains(one) && !hit.closest('.toasts')) {
          faults.push(`${name(one)} is covered by ${name(hit)}`);
        }
      }
    }
    return faults;
  });
}

async function resize(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: width < 700 ? 844 : 900 });
  // Two frames: media queries and observers have answered.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}

test('on the first screen nothing is cut off or covered, at any width', async ({ page }) => {
  await page.goto('/');
  for (const width of WIDTHS) {
    await resize(page, width);
    expect(await misplaced(page), `${width} px`).toEqual([]);
  }
});

test('in the calcium view nothing is cut off or covered, at any width', async ({ page }) => {
  await openCalciumSample(page);
  for (const width of WIDTHS) {
    await resize(page, width);
    await expect.poll(() => misplaced(page), `${width} px`).toEqual([]);
    const box = await page.getByRole('img', { name: 'Movie', exact: true }).boundingBox();
    expect(box!.width, `${width} px`).toBeGreaterThan(Math.min(200, width / 2));
    expect(box!.height, `${width} px`).toBeGreaterThan(150);
  }
});

test('a job that runs does not push the bar apart', async ({ page }) => {
  await openCalciumSample(page);
  await page.getByRole('button', { name: 'Detect neurons' }).click();
  for (const width of [390, 900, 1440]) {
    await page.setViewportSize({ width, height: 844 });
    await expect(page.getByRole('progressbar').first()).toBeVisible();
    expect(await misplaced(page), `${width} px`).toEqual([]);
  }
  await page.getByRole('button', { name: 'Cancel', exact: true }).first().click();
});

test('splitters move by keyboard, and the size stays after a reload', async ({ page }) => {
  await openCalciumSample(page);
  const left = page.getByRole('complementary', { name: 'Data sets and layers' });
  const splitter = page.getByRole('separator', { name: 'Left panel width' });
  const width = async () => (await left.boundingBox())!.width;
  const before = await width();
  await splitter.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(width).toBe(before + 8);
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(width).toBe(before + 72);
  await expect(splitter).toHaveAttribute('aria-valuenow', String(before + 72));
  await openCalciumSample(page);
  await expect.poll(width).toBe(before + 72);
  await splitter.focus();
  await page.keyboard.press('Home');
  await expect.poll(async () => String(await width())).toBe(await splitter.getAttribute('aria-valuemin'));
  await page.keyboard.press('Enter');
  await expect.poll(width).toBe(before);
});

test('the theme stays after a reload', async ({ page }) => {
  await page.goto('/');
  const html = page.locator('html');
  await expect(html).toHaveAttribute('data-theme', 'dark');
  const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole('button', { name: 'Light theme' }).click();
  await expect(html).toHaveAttribute('data-theme', 'light');
  await page.reload();
  await expect(html).toHaveAttribute('data-theme', 'light');
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).not.toBe(dark);
});

test('in the narrow window the panels are tabs, reached by arrow keys', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openCalciumSample(page);
  const tablist = page.getByRole('tablist', { name: 'Panels', exact: true });
  const tabs = tablist.getByRole('tab');
  await expect(tabs).toHaveText(['Score', 'Regions', 'Traces', 'Data']);
  await expect(page.getByRole('button', { name: 'Detect neurons' })).toBeVisible();
  await tabs.first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(tablist.getByRole('tab', { name: 'Regions' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('table', { name: 'Regions', exact: true })).toBeVisible();
  await page.keyboard.press('End');
  await expect(page.getByRole('heading', { name: 'Layers' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Detect neurons' })).toHaveCount(0);
});

test('a section that is folded leaves its room to the list, and stays folded after a reload', async ({ page }) => {
  await openCalciumSample(page);
  const list = page.getByRole('region', { name: 'Regions', exact: true });
  const fold = page.getByRole('button', { name: 'Detection', exact: true });
  const height = async () => (await list.boundingBox())!.height;
  const before = await height();
  await fold.press('Enter');
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  await expect(page.getByRole('button', { name: 'Detect neurons' })).toBeHidden();
  await expect.poll(height).toBeGreaterThan(before + 100);
  await openCalciumSample(page);
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  // What it holds is still a command.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('diameter 14');
  await page.keyboard.press('Enter');
  await fold.click();
  await expect(page.getByRole('slider', { name: 'Soma diameter', exact: true })).toHaveValue('14');
});

test('in the narrow window the view is chosen on the picture', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openCalciumSample(page);
  await expect(page.getByRole('radiogroup', { name: 'View', exact: true })).toBeHidden();
  const view = page.getByRole('combobox', { name: 'View', exact: true });
  await expect(view).toHaveValue('movie');
  await view.selectOption({ label: 'Correlation' });
  const cursor = page.getByLabel('Cursor', { exact: true });
  await expect(cursor).toContainText('correlation');
  await view.selectOption({ label: 'Peak to noise' });
  await page.getByRole('img', { name: 'Movie', exact: true }).hover();
  await expect(cursor).toHaveText(/peak to noise \d/);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect(view).toBeHidden();
});

test('in the narrow window the first score comes into sight', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openCalciumSample(page);
  const combined = page.getByText('Combined', { exact: true }).first();
  await expect(combined).not.toBeInViewport();
  await page.getByRole('button', { name: 'Detect neurons' }).click();
  await expect(combined).toBeInViewport();
});
