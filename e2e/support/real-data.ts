// Tests on real files read them where SOMASCOPE_DATA and SOMASCOPE_GOLDEN point; where these are unset, one line says so.
import { test } from './test.ts';

const DATA = process.env['SOMASCOPE_DATA'];
const GOLDEN = process.env['SOMASCOPE_GOLDEN'];
const NOTE = 'needs SOMASCOPE_DATA and SOMASCOPE_GOLDEN, which are not set: left out';

export const hasSharedData = Boolean(DATA && GOLDEN);

export function dataPath(relative: string): string {
  return `${DATA}/${relative}`;
}

export function goldenPath(relative: string): string {
  return `${GOLDEN}/${relative}`;
}

/** First line of a test on real files. */
export function needSharedData(): void {
  if (!hasSharedData) console.log(`${test.info().title}: ${NOTE}`);
  test.skip(!hasSharedData, NOTE);
}
