// Coordinates are [row, column]: picture, overlay, read-out, score and both exports agree on a movie of 498 rows and 490 columns.
// Everything lies where an exchange of rows and columns would put it elsewhere, inside the image.
import { openExportMenu, savedBy, saveItem, textOf } from './support/exports.ts';
import { dropFiles, jsonFile, openMovie } from './support/open.ts';
import { colourAt, hasHue, type Picture, type Rgb, seen } from './support/pixels.ts';
import { expectFull, showScores } from './support/scores.ts';
import { makeMovie, neurofinderZip, rectangle, type TestRegion } from './support/sets.ts';
import { pointOf, readCursor, stage } from './support/stage.ts';
import { expect, test } from './support/test.ts';

const EXTENT = { height: 498, width: 490 };
/** Rows 40–59, columns 300–349, and the same with rows and columns exchanged. */
const FOUND = { row: 40, col: 300, rows: 20, cols: 50 };
const MISSED = { row: 420, col: 60, rows: 24, cols: 40 };
const EXTRA = { row: 150, col: 400, rows: 30, cols: 16 };
type Box = typeof FOUND;

const region = ({ row, col, rows, cols }: Box) => rectangle(row, col, rows, cols);
const exchanged = ({ row, col, rows, cols }: Box): Box => ({ row: col, col: row, rows: cols, cols: rows });
const MATCHED_COLOUR: Rgb = [0x56, 0xb4, 0xe9];
const EXTRA_COLOUR: Rgb = [0xd5, 0x5e, 0x00];
const MISSED_COLOUR: Rgb = [0xf0, 0xe4, 0x42];

const BRIGHT = 4000;
const inside = ({ row, col, rows, cols }: Box, r: number, c: number) => r >= row && r < row + rows && c >= col && c < col + cols;
const movie = makeMovie(EXTENT.height, EXTENT.width, 3, (row, col) =>
  inside(FOUND, row, col) ? BRIGHT : 100 + ((row + col) % 7),
);

test('498 × 490: picture, overlay, read-out, score and exports agree', async ({ page }) => {
  const truth = [region(FOUND), region(MISSED)];
  await openMovie(page, [await neurofinderZip('62.00', { movie, truth })]);
  await expect(page.getByRole('list', { name: 'Facts' })).toContainText('498 × 490');

  // The read-out, in the corners of the rectangle and next to them.
  for (const [row, col, value] of [
    [40, 300, BRIGHT],
    [59, 349, BRIGHT],
    [39, 300, 100 + (339 % 7)],
    [60, 349, 100 + (409 % 7)],
    [300, 40, 100 + (340 % 7)],
    [497, 489, 100 + (986 % 7)],
  ] as const) {
    expect(await readCursor(page, EXTENT, row, col)).toMatchObject({ row, col, what: 'raw', value });
  }

  await showScores(page);
  await dropFiles(page, [jsonFile('regions.json', [region(FOUND), region(EXTRA)])]);
  await expectFull(page, '62.00', { recall: 0.5, precision: 0.5, combined: 0.5, inclusion: 1, exclusion: 1 });

  const at = await pointOf(page, EXTENT, 0, 0);
  const place = (row: number, col: number) => ({ x: at.x + (col - 0.5) * at.zoom, y: at.y + (row - 0.5) * at.zoom });
  const picture = await seen(stage(page));
  const middle = (box: Box) => place(box.row + box.rows / 2, box.col + box.cols / 2);
  const colourIn = (box: Box) => colourAt(picture, middle(box).x, middle(box).y);
  expect(Math.min(...colourIn(FOUND)), 'bright where the file is bright').toBeGreaterThan(200);
  expect(Math.max(...colourIn(exchanged(FOUND))), 'dark where an exchange would put it').toBeLessThan(120);

  for (const [name, box, colour] of [
    ['matched', FOUND, MATCHED_COLOUR],
    ['extra', EXTRA, EXTRA_COLOUR],
    ['missed', MISSED, MISSED_COLOUR],
  ] as const) {
    expect(outlined(picture, place, box, colour), `${name} is outlined`).toEqual(['top', 'bottom', 'left', 'right']);
    expect(outlined(picture, place, exchanged(box), colour), `${name} is not outlined elsewhere`).toEqual([]);
  }

  const saved = JSON.parse(textOf(await saveItem(page, 'Regions JSON')));
  expect(sortedPixels(saved[0])).toEqual(sortedPixels(region(FOUND)));
  expect(sortedPixels(saved[1])).toEqual(sortedPixels(region(EXTRA)));

  const submission = await savedBy(page, async () => {
    const menu = await openExportMenu(page);
    await menu.getByRole('menuitem', { name: 'Submission JSON', exact: true }).click();
    await page.getByRole('dialog').getByRole('checkbox', { name: '62.00', exact: true }).check();
    await page.getByRole('button', { name: 'Save submission.json', exact: true }).click();
  });
  const [answer] = JSON.parse(textOf(submission));
  expect(answer.dataset).toBe('62.00');
  expect(answer.sources.map(sortedPixels)).toEqual([region(FOUND), region(EXTRA)].map(sortedPixels));
});

/** The sides of a box along which the colour is seen, within 3 px of its edge. */
function outlined(
  picture: Picture,
  place: (row: number, col: number) => { x: number; y: number },
  box: Box,
  colour: Rgb,
): string[] {
  const first = place(box.row, box.col);
  const last = place(box.row + box.rows, box.col + box.cols);
  const near = (x0: number, y0: number, x1: number, y1: number) => {
    for (let y = Math.floor(y0); y <= y1; y++) {
      for (let x = Math.floor(x0); x <= x1; x++) if (hasHue(colourAt(picture, x, y), colour)) return true;
    }
    return false;
  };
  const inner = { left: first.x + 5, right: last.x - 5, top: first.y + 5, bottom: last.y - 5 };
  const sides = {
    top: near(inner.left, first.y - 3, inner.right, first.y + 3),
    bottom: near(inner.left, last.y - 3, inner.right, last.y + 3),
    left: near(first.x - 3, inner.top, first.x + 3, inner.bottom),
    right: near(last.x - 3, inner.top, last.x + 3, inner.bottom),
  };
  return Object.entries(sides).flatMap(([side, found]) => (found ? [side] : []));
}

function sortedPixels({ coordinates }: TestRegion): string[] {
  return coordinates.map(([row, col]) => `${row},${col}`).sort();
}
