import { openMovie } from './support/open.ts';
import { makeMovie, neurofinderZip, scattered } from './support/sets.ts';
import { readCursor, frameSlider, stage, pointOf } from './support/stage.ts';
import { test } from './support/test.ts';
test('probe', async ({ page }) => {
  test.setTimeout(40000);
  const movie = makeMovie(30, 41, 9, scattered);
  await openMovie(page, [await neurofinderZip('05.03', { movie })]);
  await frameSlider(page).fill('8');
  console.log(await stage(page).boundingBox(), await pointOf(page, movie, 0, 0));
  for (const [r, c] of [[0, 0], [5, 5], [29, 40]] as const) console.log(await readCursor(page, movie, r, c), movie.frames[8]![r * 41 + c]);
  console.log(await page.locator('output').evaluateAll((all) => all.map((e) => e.outerHTML)));
  await page.screenshot({ path: '/tmp/probe.png' });
});
