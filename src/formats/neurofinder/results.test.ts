import { describe, expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { readResults } from './results.ts';

const region = {
  coordinates: [
    [1, 2],
    [3, 4],
  ],
};
const read = (value: unknown, options = {}) => readResults(JSON.stringify(value), { file: 'results.json' }, options);
const summary = (value: unknown) => read(value).sets.map(({ dataset, spelling, regions }) => [dataset, spelling, regions.length]);

describe('results', () => {
  it.each([
    [
      "the source document's Python snippet",
      [
        {
          dataset: '00.00.test',
          sources: [
            {
              coordinates: [
                [0, 1],
                [2, 3],
              ],
            },
          ],
        },
      ],
      [['00.00.test', 'sources', 1]],
    ],
    ['long names', [{ dataset: 'neurofinder.00.01.test', regions: [region] }], [['00.01.test', 'regions', 1]]],
    [
      'both spellings and several sets',
      [
        { dataset: '00.00.test', regions: [region], sources: [region] },
        { dataset: '03.00', sources: [region, region] },
      ],
      [
        ['00.00.test', 'both', 1],
        ['03.00', 'sources', 2],
      ],
    ],
    ['a bare list of regions', [region, region, region], [[null, 'bare', 3]]],
    ['a single object', { dataset: '01.00', regions: [region] }, [['01.00', 'regions', 1]]],
    ['regions without a name', { regions: [region] }, [[null, 'regions', 1]]],
    ["Matlab's one-region object", [{ dataset: '01.00', regions: region }], [['01.00', 'regions', 1]]],
    ["Matlab's wrapper", { results: [{ dataset: '01.00', regions: [region] }] }, [['01.00', 'regions', 1]]],
    [
      'an object keyed by name',
      { '00.00.test': [region], 'neurofinder.00.01.test': { regions: [region] } },
      [
        ['00.00.test', 'bare', 1],
        ['00.01.test', 'regions', 1],
      ],
    ],
    [
      "the website's form",
      { name: 'me', contact: 'x', answers: [{ dataset: '00.00.test', regions: [region] }] },
      [['00.00.test', 'regions', 1]],
    ],
    ['flat pairs', [{ dataset: '00.00', regions: [{ coordinates: [3, 4] }] }], [['00.00', 'regions', 1]]],
    ['a name of one own', [{ dataset: 'my mouse', regions: [] }], [['my mouse', 'regions', 0]]],
    ['an empty list', [], [[null, 'bare', 0]]],
  ])('read %s', (_name, value, expected) => expect(summary(value)).toEqual(expected));

  it('keep the good entries and say what is wrong with the others', () => {
    const { sets, bad, warnings } = read([
      { dataset: '00.00.test', regions: [region, { coordinates: [] }], sources: [] },
      null,
      { dataset: '00.01.test' },
      { dataset: '00.00.test', sources: [region] },
    ]);
    expect(sets.map(({ dataset, bad: regions }) => [dataset, regions])).toEqual([
      ['00.00.test', [{ index: 1, reason: 'has no pixels' }]],
      ['00.00.test', []],
    ]);
    expect(bad.map(({ index }) => index)).toEqual([1, 2]);
    expect(warnings).toEqual([
      'Entry 1 holds no regions: it is nothing (null).',
      'Entry 2 holds no regions: it is an object with the key dataset.',
      '00.00.test has 2 "regions" and 0 "sources"; the "regions" were read.',
      '00.00.test comes more than once.',
    ]);
  });

  it('check each set against its own image', () => {
    const frameOf = (dataset: string | null) => (dataset === '03.00' ? { height: 3, width: 5 } : undefined);
    const { sets } = read(
      [
        { dataset: '03.00', regions: [region] },
        { dataset: '00.00', regions: [region] },
      ],
      { frameOf },
    );
    expect(sets.map(({ bad }) => bad.length)).toEqual([1, 0]);
    expect(read([region], { oneBased: true }).sets[0]!.regions[0]!.points[0]).toBe(0);
  });

  it('refuse what is something else, naming what was found', () => {
    const refusals = [{ error: 'x' }, {}, 5, 'text', [1], [null], [{ dataset: '00.00' }]].map((value) => {
      try {
        read(value);
      } catch (error) {
        if (isSomascopeError(error, 'Invalid')) return error.message;
      }
      return 'was read';
    });
    expect(refusals).toEqual([
      'There are no results here: found an object with the key error.',
      'There are no results here: found an object without keys.',
      'There are no results here: found the number 5.',
      'There are no results here: found the text "text".',
      'There are no results here: found an array of 1 number.',
      'There are no results here: found an array of 1 null.',
      'There are no results here: entry 0 holds no regions: it is an object with the key dataset.',
    ]);
  });
});
