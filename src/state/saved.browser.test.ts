// What is remembered between visits, in the browser's own storage: written, read, forgotten; and the edits of a moment in one save.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { addOrigins, changed, keptSets, saving, startKeeping, stopKeeping } from './keeping.ts';
import { log } from './log.ts';
import { type Card, forgetSaved, readCards, readOrigins, readSaved, writeOrigins, writeSaved } from './saved.ts';

const MARK = { fingerprint: '0123456789abcdef', modality: 'calcium', name: '00.00', facts: '10 frames of 4 × 5' };
const idle = { restore: () => {}, values: () => ({}), follow: () => {} };
const CARD: Card = { ...MARK, summary: '2 regions', savedAt: 5, version: 1 };

beforeEach(() => forgetSaved());
afterEach(() => {
  for (const { id } of keptSets()) stopKeeping(id);
  vi.restoreAllMocks();
  saving.setState({ savedAt: null, isRefused: false });
  log.setState({ notices: [] });
});

it('gives back what was written, and keeps the edits where only the view is new', async () => {
  const edits = { points: Uint16Array.of(1, 2) };
  await writeSaved(CARD, { frame: '1' }, edits);
  await writeSaved({ ...CARD, savedAt: 6 }, { frame: '2' });
  expect(await readSaved(MARK.fingerprint)).toEqual({ card: { ...CARD, savedAt: 6 }, edits, view: { frame: '2' } });
});

it('lists the newest first and forgets one or all', async () => {
  for (const [i, savedAt] of [3, 9, 6].entries()) await writeSaved({ ...CARD, fingerprint: `f${i}`, savedAt }, {}, {});
  await writeOrigins('f0', ['samples/calcium.zip']);
  expect((await readCards()).map(({ savedAt }) => savedAt)).toEqual([9, 6, 3]);
  expect(await readOrigins('f0')).toEqual(['samples/calcium.zip']);
  await forgetSaved('f0');
  expect(await readSaved('f0')).toBeUndefined();
  expect(await readOrigins('f0')).toEqual([]);
  expect(await readCards()).toHaveLength(2);
  await forgetSaved();
  expect(await readCards()).toEqual([]);
});

it('saves the edits of one moment at once and together', async () => {
  let edits = { n: 0 };
  const take = vi.fn(() => ({ summary: `${edits.n}`, edits, view: { n: edits.n } }));
  startKeeping({ ...MARK, origins: [], id: 'd1', keeper: { ...idle, take } });
  changed('d1', true);
  edits = { n: 1 };
  changed('d1', true);
  await Promise.resolve();
  expect(take).toHaveBeenCalledTimes(1);
  await vi.waitFor(() => expect(saving.getState().savedAt).not.toBeNull());
  expect(await readSaved(MARK.fingerprint)).toMatchObject({ card: { ...MARK, summary: '1' }, edits: { n: 1 }, view: { n: 1 } });
});

it('saves the rest a moment later, and what is left when it is closed', async () => {
  const edits = {};
  let frame = 1;
  startKeeping({ ...MARK, origins: [], id: 'd1', keeper: { ...idle, take: () => ({ summary: '', edits, view: { frame } }) } });
  changed('d1', false);
  expect(await readSaved(MARK.fingerprint)).toBeUndefined();
  await vi.waitFor(async () => expect(await readSaved(MARK.fingerprint)).toMatchObject({ view: { frame: 1 } }));
  frame = 2;
  changed('d1', false);
  stopKeeping('d1');
  await vi.waitFor(async () => expect(await readSaved(MARK.fingerprint)).toMatchObject({ view: { frame: 2 } }));
});

it('warns once where the browser refuses, and saves again when it no longer does', async () => {
  let n = 0;
  startKeeping({ ...MARK, origins: [], id: 'd1', keeper: { ...idle, take: () => ({ summary: '', edits: { n }, view: {} }) } });
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('no room left', 'QuotaExceededError');
  });
  for (; n < 3; n++) {
    changed('d1', true);
    await Promise.resolve();
    await vi.waitFor(() => expect(put).toHaveBeenCalledTimes(n + 1));
  }
  await vi.waitFor(() => expect(saving.getState().isRefused).toBe(true));
  expect(log.getState().notices.map(({ kind, text }) => [kind, /full.*no room left/.test(text)])).toEqual([['warning', true]]);
  put.mockRestore();
  changed('d1', true);
  await vi.waitFor(() => expect(saving.getState()).toMatchObject({ isRefused: false }));
  expect(await readSaved(MARK.fingerprint)).toMatchObject({ edits: { n: 3 } });
});

it('files that joined later are opened again after those of the data set itself', async () => {
  const keeper = { ...idle, take: () => ({ summary: '', edits: null, view: {} }) };
  startKeeping({ ...MARK, origins: ['samples/own.zip'], id: 'd1', keeper });
  changed('d1', true);
  await vi.waitFor(async () => expect(await readOrigins(MARK.fingerprint)).toEqual(['samples/own.zip']));
  addOrigins('d1', ['later.npz']);
  addOrigins('d1', []);
  stopKeeping('d1');
  await vi.waitFor(async () => expect(await readOrigins(MARK.fingerprint)).toEqual(['samples/own.zip', ['later.npz']]));
  // Where its own files cannot be found again, others are of no use.
  await forgetSaved();
  startKeeping({ ...MARK, origins: [], id: 'd2', keeper });
  addOrigins('d2', ['later.npz']);
  changed('d2', true);
  await vi.waitFor(async () => expect(await readCards()).toHaveLength(1));
  expect(await readOrigins(MARK.fingerprint)).toEqual([]);
});

it('does not let a copy of a data set overwrite the edits of the first', async () => {
  startKeeping({ ...MARK, origins: [], id: 'd1', keeper: { ...idle, take: () => ({ summary: 'first', edits: {}, view: {} }) } });
  startKeeping({ ...MARK, origins: [], id: 'd2', keeper: { ...idle, take: () => ({ summary: 'copy', edits: {}, view: {} }) } });
  changed('d2', true);
  changed('d1', true);
  await vi.waitFor(() => expect(saving.getState().savedAt).not.toBeNull());
  expect((await readCards()).map(({ summary }) => summary)).toEqual(['first']);
});

it('finds the view of the moment in which the page was left', async () => {
  let frame = 1;
  const edits = { n: 1 };
  startKeeping({ ...MARK, origins: [], id: 'd1', keeper: { ...idle, take: () => ({ summary: '', edits, view: { frame } }) } });
  changed('d1', true);
  await vi.waitFor(() => expect(saving.getState().savedAt).not.toBeNull());
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('the page is gone', 'AbortError');
  });
  await new Promise((resolve) => setTimeout(resolve, 2));
  frame = 2;
  changed('d1', false);
  dispatchEvent(new Event('pagehide'));
  put.mockRestore();
  expect(await readSaved(MARK.fingerprint)).toMatchObject({ edits, view: { frame: 2 } });
});
