// Bad input: one alert says where, why and what to do; what was open stays open, and the next good file opens. All cases run in
// one page, one after another, because that is what must survive them.
import type { Page } from '@playwright/test';
import { BROKEN } from './support/broken-files.ts';
import { chooseFiles, waitForPhase } from './support/open.ts';
import { expect, test } from './support/test.ts';
import { dismissAlert, expectOnScreen, openAndCloseGood, openCalciumSample, SAMPLE_NAME, theAlert } from './support/trouble.ts';

let page: Page;
const thrown: string[] = [];

test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  page.on('pageerror', ({ message }) => thrown.push(message));
  await openCalciumSample(page);
});
test.afterAll(() => page.close());

for (const { what, make, says } of BROKEN) {
  test(`${what} is refused`, async () => {
    await chooseFiles(page, [await make()]);
    const alert = await theAlert(page);
    for (const part of says) await expect(alert).toContainText(part);
    await waitForPhase(page, 'ready');
    await expectOnScreen(page, SAMPLE_NAME);
    await dismissAlert(page);
    await openAndCloseGood(page);
    await expectOnScreen(page, SAMPLE_NAME);
    expect(thrown).toEqual([]);
  });
}
