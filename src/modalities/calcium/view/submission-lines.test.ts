import { expect, it } from 'vitest';
import { checkLines, type DetailedCheck, mayBeSaved, type SetFindings } from './submission-lines.ts';

const DOCUMENT = ['00.00', '00.01', '01.00', '01.01', '02.00', '02.01', '03.00'].map((name) => `${name}.test`);

const set = (name: string, change: Partial<SetFindings> = {}): SetFindings => ({
  name,
  regions: 10,
  empty: [],
  fractional: [],
  outside: [],
  duplicates: [],
  looksExchanged: false,
  ...change,
});

function check(sets: readonly SetFindings[], change: Partial<DetailedCheck> = {}): DetailedCheck {
  const present = DOCUMENT.filter((name) => sets.some((one) => one.name === name));
  return {
    sets,
    names: [
      {
        reader: 'document',
        expected: 7,
        present,
        missing: DOCUMENT.filter((name) => !present.includes(name)),
        unexpected: sets.map(({ name }) => name).filter((name) => !DOCUMENT.includes(name)),
      },
    ],
    replies: [
      { reader: 'document', spelling: 'sources', accepted: true, text: 'submission succeeeded' },
      { reader: 'document', spelling: 'regions', accepted: false, text: 'invalid result format' },
    ],
    errors: [],
    warnings: [],
    ...change,
  };
}

const texts = (lines: readonly { mark: string; text: string; fact: string }[]) =>
  lines.map(({ mark, text, fact }) => `${mark}: ${text}${fact && ` | ${fact}`}`);

it('says of a complete submission what was looked at', () => {
  const lines = checkLines(check(DOCUMENT.map((name) => set(name))), 'document', 'sources', []);
  expect(texts(lines)).toEqual([
    'ok: Every name the server knows is present | 7 of 7',
    'ok: Coordinates are integers inside the image | 70',
    'ok: Rows and columns are not exchanged',
    'ok: No set is empty | 7',
    'ok: No region is listed twice',
    'ok: A server that follows the document would reply “submission succeeeded” | spelling sources',
  ]);
  expect(mayBeSaved(lines)).toBe(true);
});

it('lets a training set be saved, with the reason why the server would refuse it', () => {
  const lines = checkLines(check([set('00.00')]), 'document', 'regions', [
    { name: '00.00', asIs: 0.84, exchanged: 0.07, looksTransposed: false },
  ]);
  expect(texts(lines).slice(0, 2)).toEqual([
    `warning: Names missing: ${DOCUMENT.join(', ')} | 0 of 7`,
    'warning: Not in the server’s list: 00.00 | 1',
  ]);
  expect(texts(lines)).toContain('ok: Rows and columns are not exchanged | 0.84 over 0.07');
  expect(texts(lines).at(-1)).toBe(
    'warning: A server that follows the document would reply “invalid result format” | spelling regions',
  );
  expect(mayBeSaved(lines)).toBe(true);
});

it('claims nothing that a set contradicts, and says it once', () => {
  const faulty = [
    set('00.00.test', { fractional: [3], duplicates: [[0, 1]], looksExchanged: true }),
    set('00.00.test', { regions: 0 }),
  ];
  const errors = ['Two sets are called 00.00.test.', '00.00.test: region 3 with coordinates that are not whole numbers.'];
  const warning = '00.00.test has no regions: the server could not score it.';
  const lines = checkLines(check(faulty, { errors, warnings: [warning, warning] }), 'document', 'sources', []);
  expect(lines.filter(({ mark }) => mark === 'ok').map(({ text }) => text)).toEqual([
    'A server that follows the document would reply “submission succeeeded”',
  ]);
  expect(lines.filter(({ mark }) => mark === 'failure').map(({ text }) => text)).toEqual(errors);
  expect(lines.filter(({ text }) => text === warning)).toHaveLength(1);
  expect(mayBeSaved(lines)).toBe(false);
});

it('warns where the score is better with exchanged axes', () => {
  const trial = { name: '00.00', asIs: 0.08, exchanged: 0.71, looksTransposed: true };
  const lines = texts(checkLines(check([set('00.00')]), 'document', 'sources', [trial]));
  expect(lines).toContain('warning: 00.00: rows and columns look exchanged | 0.08 as it is, 0.71 exchanged');
  expect(lines.join()).not.toContain('Rows and columns are not exchanged');
});

it('does not write a file of nothing, nor before the check has answered', () => {
  expect(mayBeSaved(checkLines(check([]), 'document', 'sources', []))).toBe(false);
  expect(mayBeSaved([])).toBe(false);
});
