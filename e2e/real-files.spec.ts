// Real recordings and simulated sets, read where SOMASCOPE_DATA points: they open, say what they are and draw.
import { chooseFiles, openMovie, waitForMovie } from './support/open.ts';
import { colours, seen } from './support/pixels.ts';
import { dataPath, needSharedData } from './support/real-data.ts';
import { stage } from './support/stage.ts';
import { expect, test } from './support/test.ts';

const FILES: readonly (readonly [path: string, facts: readonly string[]])[] = [
  ['neurofinder/neurofinder.00.00.first12.zip', ['Training', '12 frames', '512 × 512', 'uint16']],
  ['neurofinder/neurofinder.00.00.crop96x600.zip', ['Training', '600 frames', '96 × 96', 'uint16']],
  ['simulated-calcium/sim-01-small.zip', ['Training']],
  ['simulated-calcium/sim-03-small.zip', ['Training']],
  ['calcium-sima/example.tif', ['Movie', '20 frames', '128 × 256', 'uint16', 'rate unknown', 'scale unknown']],
  ['calcium-allen-100/movie.npy', ['Movie', '100 frames', '100 × 100', 'int16', 'rate unknown', 'scale unknown']],
  ['calcium-fissa/AVG_A01.tif', ['Movie', '29 frames']],
];

for (const [path, facts] of FILES) {
  test(`${path} opens and draws`, async ({ page }) => {
    needSharedData();
    await openMovie(page, dataPath(path));
    const said = await page.getByRole('list', { name: 'Facts' }).getByRole('listitem').allTextContents();
    expect(said.slice(0, facts.length)).toEqual(facts);
    expect(colours(await seen(stage(page)))).toBeGreaterThan(30);
    await expect(page.getByRole('alert')).toHaveCount(0);
  });
}

test('a second real set opens beside the first', async ({ page }) => {
  needSharedData();
  await openMovie(page, dataPath('calcium-sima/example.tif'));
  await chooseFiles(page, dataPath('calcium-allen-100/movie.npy'));
  await expect(page.getByRole('list', { name: 'Facts' })).toContainText('100 × 100');
  await waitForMovie(page);
  expect(colours(await seen(stage(page)))).toBeGreaterThan(30);
});
