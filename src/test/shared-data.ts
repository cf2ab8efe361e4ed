// Tests on real files and on golden vectors of real data read them where SOMASCOPE_DATA and SOMASCOPE_GOLDEN point;
// they are not part of the project. When these are unset, such tests say so in one line.
import { describe, it } from 'vitest';

const DATA = process.env['SOMASCOPE_DATA'];
const GOLDEN = process.env['SOMASCOPE_GOLDEN'];

export const hasSharedData = Boolean(DATA && GOLDEN);

const NOTE = 'needs SOMASCOPE_DATA and SOMASCOPE_GOLDEN, which are not set: left out';

export function dataPath(relative: string): string {
  return `${DATA}/${relative}`;
}

export function goldenPath(relative: string): string {
  return `${GOLDEN}/${relative}`;
}

export const describeWithData = (name: string, body: () => void): void => {
  if (hasSharedData) describe(name, body);
  else describe(`${name} (${NOTE})`, () => it('is left out', (context) => context.skip()));
};

export const itWithData = (name: string, body: () => Promise<void> | void): void => {
  if (hasSharedData) it(name, body);
  else it(`${name} (${NOTE})`, (context) => context.skip());
};
