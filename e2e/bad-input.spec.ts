// Bad input: one alert says where, why and what to do; what was open stays open, and the next good file opens. All cases run in
// one page, one after another, because that is what must survive them.
import type { Page } from '@playwright/test';
import { BROKEN } from './support/broken-files.ts';
import { chooseFiles, jsonFile, waitForPhase } from './support/open.ts';
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

test('files that are refused for one reason share one alert, which names them all', async ({ page: fresh }) => {
  await fresh.goto('/');
  const regions = [{ coordinates: [[1, 2]] }];
  await chooseFiles(fresh, [
    jsonFile('ann.json', regions),
    jsonFile('bob.json', regions),
    jsonFile('broken.json', { colour: 'red' }),
  ]);
  const alert = await theAlert(fresh);
  await expect(alert).toContainText('3 files could not be opened');
  await expect(alert).toContainText('ann.json, bob.json, broken.json: Regions lie on a movie, and none is open.');
  await expect(alert).toContainText('Open the data set first');
  await openCalciumSample(fresh);
  await chooseFiles(fresh, [jsonFile('broken.json', { colour: 'red' }), jsonFile('ann.json', regions)]);
  // Only the one that is at fault is refused.
  const second = await theAlert(fresh);
  await expect(second).toContainText('broken.json could not be opened');
  await expect(fresh.getByText('1 region imported')).toBeVisible();
});
