// A small set with regions of every form (a hole, parts), which the tests of files in and out share.
import type { Page } from '@playwright/test';
import { openMovie, type TestFile } from './open.ts';
import { showScores } from './scores.ts';
import { makeMovie, neurofinderZip, rectangle, scattered, type TestRegion } from './sets.ts';

export const HEIGHT = 60;
export const WIDTH = 100;
export const MOVIE = makeMovie(HEIGHT, WIDTH, 6, scattered);
const RING = rectangle(30, 50, 7, 7).coordinates.filter(([row, col]) => !(row > 31 && row < 35 && col > 51 && col < 55));
/** A rectangle, a ring with its hole, and two parts that touch at a corner. */
export const REGIONS: readonly TestRegion[] = [
  rectangle(5, 60, 8, 6),
  { coordinates: RING },
  { coordinates: [...rectangle(20, 10, 4, 4).coordinates, ...rectangle(24, 14, 3, 3).coordinates] },
];
export const PERFECT = { recall: 1, precision: 1, combined: 1, inclusion: 1, exclusion: 1 };

/** 61.00, whose truth are the regions. */
export function regionSet(): Promise<TestFile> {
  return neurofinderZip('61.00', { movie: MOVIE, truth: REGIONS, info: { 'pixels-per-micron': 1.5, 'rate-hz': 7 } });
}

export async function openRegionSet(page: Page): Promise<void> {
  await openMovie(page, [await regionSet()]);
  await showScores(page);
}
