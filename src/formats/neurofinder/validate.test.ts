import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { regionFrom } from '../../base/region.ts';
import { checkSubmission } from './check-submission.ts';
import { findSameRegions } from './same-regions.ts';
import { DOCUMENT_SETS, SERVER_SETS, serverReply } from './validate.ts';

interface Verdict {
  name: string;
  answers: unknown;
  accepted: boolean;
  server_message: string | null;
  schema_errors: string[];
}

const golden: Verdict[] = JSON.parse(
  readFileSync(new URL('../../test/golden/neurofinder/submission-validation.json', import.meta.url), 'utf8'),
);

describe("the server's verdict", () => {
  it('is known for 24 submissions', () => expect(golden).toHaveLength(24));

  it.each(golden)('$name', ({ answers, accepted, server_message, schema_errors }) => {
    expect(serverReply(answers)).toEqual({ accepted, message: server_message, schemaErrors: schema_errors });
  });

  it('depends on list and key', () => {
    const seven = DOCUMENT_SETS.map((dataset) => ({ dataset, sources: [{ coordinates: [[0, 0]] }] }));
    expect(serverReply(seven, DOCUMENT_SETS, 'sources').accepted).toBe(true);
    expect(serverReply(seven, DOCUMENT_SETS, 'regions').message).toBe('invalid result format');
    expect(serverReply(seven, SERVER_SETS, 'sources').message).toBe('too few datasets in submission');
    expect([DOCUMENT_SETS.length, SERVER_SETS.length]).toEqual([7, 9]);
  });
});

describe('the check before export', () => {
  const region = regionFrom([
    [1, 2],
    [3, 4],
  ]);
  const sets = (names: readonly string[]) => names.map((name) => ({ name, regions: [region] }));
  const texts = (names: readonly string[]) =>
    checkSubmission(sets(names)).replies.map(({ reader, spelling, text }) => [reader, spelling, text]);

  it('tells what each reader says to each spelling', () => {
    expect(texts(SERVER_SETS)).toEqual([
      ['document', 'sources', 'too few datasets in submission'],
      ['document', 'regions', 'invalid result format'],
      ['document', 'both', 'too few datasets in submission'],
      ['server', 'sources', 'invalid result format'],
      ['server', 'regions', 'submission succeeeded'],
      ['server', 'both', 'submission succeeeded'],
    ]);
    expect(
      texts(DOCUMENT_SETS.map((name) => `neurofinder.${name}`)).filter(([, , text]) => text === 'submission succeeeded'),
    ).toEqual([
      ['document', 'sources', 'submission succeeeded'],
      ['document', 'both', 'submission succeeeded'],
    ]);
  });

  it('counts the names', () => {
    const { names } = checkSubmission(sets(['00.00.test', '04.00.test', '00.05']));
    expect(
      names.map(({ reader, expected, present, missing, unexpected }) => [reader, expected, present, missing.length, unexpected]),
    ).toEqual([
      ['document', 7, ['00.00.test'], 6, ['04.00.test', '00.05']],
      ['server', 9, ['00.00.test', '04.00.test'], 7, ['00.05']],
    ]);
  });

  it('finds what cannot be written or looks wrong', () => {
    const empty = { points: new Float64Array(0), dims: 2 };
    const regions = [
      region,
      empty,
      regionFrom([[0.5, 1]]),
      regionFrom([
        [3, 4],
        [1, 2],
        [1, 2],
      ]),
      regionFrom([[9, 3]]),
    ];
    const {
      sets: checks,
      errors,
      warnings,
    } = checkSubmission([
      { name: 'neurofinder.00.00.test', regions, height: 5, width: 10 },
      { name: '00.00.test', regions: [] },
    ]);
    expect(checks[0]).toEqual({
      name: '00.00.test',
      regions: 5,
      empty: [1],
      fractional: [2],
      outside: [4],
      duplicates: [[0, 3]],
      looksExchanged: true,
    });
    expect(errors).toEqual([
      '00.00.test: region 1 without pixels.',
      '00.00.test: region 2 with coordinates that are not whole numbers.',
      'Two sets are called 00.00.test.',
    ]);
    expect(warnings).toEqual([
      '00.00.test: region 4 with pixels outside the image.',
      '00.00.test: rows and columns look exchanged; all pixels lie in the image the other way round.',
      '00.00.test: 1 region is listed twice; the first are regions 0 and 3.',
      '00.00.test has no regions: the server could not score it.',
    ]);
  });

  it('expects scoring to fail where a set is empty', () => {
    const { replies } = checkSubmission([...sets(SERVER_SETS.slice(1)), { name: SERVER_SETS[0]!, regions: [] }]);
    expect(replies.at(-1)).toEqual({
      reader: 'server',
      spelling: 'both',
      accepted: false,
      text: 'failure evaulating, check your file!',
    });
  });
});

describe('equal regions', () => {
  it('are found whatever order and repeats, each once', () => {
    const one = regionFrom([
      [1, 2],
      [300, 4],
    ]);
    const again = regionFrom([
      [300, 4],
      [1, 2],
      [300, 4],
    ]);
    const other = regionFrom([
      [1, 2],
      [300, 5],
    ]);
    expect(findSameRegions([other, one, again, one])).toEqual([
      [1, 2],
      [1, 3],
    ]);
    expect(
      findSameRegions([
        one,
        regionFrom([
          [2, 1],
          [4, 300],
        ]),
      ]),
    ).toEqual([]);
    expect(findSameRegions([regionFrom([[0.5, 1]]), regionFrom([[0.5, 1]])])).toEqual([]);
  });
});
