import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSomascopeError } from '../../base/errors.ts';
import { type Region, regionFrom } from '../../base/region.ts';
import { readRegions } from './regions.ts';
import { readResults } from './results.ts';
import { type Spelling, type SubmissionSet, writeRegions, writeSubmission } from './submission.ts';
import { DOCUMENT_SETS, SERVER_SETS, serverReply } from './validate.ts';

const text = (sets: readonly SubmissionSet[], spelling: Spelling) => [...writeSubmission(sets, spelling)].join('');
const a = regionFrom([
  [0, 1],
  [2, 3],
]);
const b = regionFrom([[10, 20]]);

describe('submission.json', () => {
  it('has these bytes', () => {
    const sets = [
      { name: 'neurofinder.00.01.test', regions: [b] },
      { name: '00.00.test', regions: [a, b] },
    ];
    expect(text(sets, 'sources')).toBe(
      [
        '[',
        '{"dataset":"00.00.test","sources":[',
        '{"coordinates":[[0,1],[2,3]]},',
        '{"coordinates":[[10,20]]}',
        ']},',
        '{"dataset":"00.01.test","sources":[',
        '{"coordinates":[[10,20]]}',
        ']}',
        ']',
        '',
      ].join('\n'),
    );
    expect(text([...sets].reverse(), 'sources')).toBe(text(sets, 'sources'));
    expect(text([{ name: '00.00', regions: [] }], 'both')).toBe('[\n{"dataset":"00.00","sources":[],"regions":[]}\n]\n');
    expect(text([], 'regions')).toBe('[\n]\n');
  });

  it('is what either reader accepts', () => {
    const sets = (names: readonly string[]) => names.map((name) => ({ name, regions: [a, b] }));
    expect(serverReply(JSON.parse(text(sets(SERVER_SETS), 'regions'))).accepted).toBe(true);
    expect(serverReply(JSON.parse(text(sets(SERVER_SETS), 'both'))).accepted).toBe(true);
    expect(serverReply(JSON.parse(text(sets(DOCUMENT_SETS), 'sources')), DOCUMENT_SETS, 'sources').accepted).toBe(true);
  });

  it('comes in pieces', () => {
    const large = regionFrom(Array.from({ length: 30_000 }, (_, k) => [k, 511]));
    const pieces = [...writeSubmission([{ name: '00.00', regions: [large] }], 'regions')];
    expect(pieces.length).toBeGreaterThan(3);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(70_000);
    expect(JSON.parse(pieces.join(''))[0].regions[0].coordinates).toHaveLength(30_000);
  });

  it('is refused before the first piece where something cannot be written', () => {
    const refusals = (
      [
        [{ name: '00.00', regions: [a, { points: new Float64Array(0), dims: 2 }] }],
        [{ name: '00.00', regions: [regionFrom([[0.5, 1]])] }],
        [{ name: '00.00', regions: [regionFrom([[1, 2, 3]])] }],
        [
          { name: '00.00', regions: [a] },
          { name: 'neurofinder.00.00', regions: [b] },
        ],
      ] as SubmissionSet[][]
    ).map((sets) => {
      try {
        writeSubmission(sets, 'regions');
      } catch (error) {
        if (isSomascopeError(error, 'Invalid')) return [error.message, error.place];
      }
      return 'was written';
    });
    expect(refusals).toEqual([
      ['Region 1 of 00.00 has no pixels.', { entry: '00.00', index: 1 }],
      ['Region 0 of 00.00 has coordinates that are not whole numbers.', { entry: '00.00', index: 0 }],
      ['Region 0 of 00.00 has 3 numbers a pixel instead of row and column.', { entry: '00.00', index: 0 }],
      ['Two sets are called 00.00.', { entry: '00.00' }],
    ]);
  });
});

describe('regions.json', () => {
  it('has these bytes', () => {
    expect([...writeRegions([a, b], [9000, null])].join('')).toBe(
      '[\n{"id":9000,"coordinates":[[0,1],[2,3]]},\n{"coordinates":[[10,20]]}\n]\n',
    );
    expect([...writeRegions([])].join('')).toBe('[]\n');
  });
});

describe('what was written', () => {
  const number = fc.integer({ min: -5, max: 600 });
  const region = fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 20 }).map((pairs): Region => regionFrom(pairs));
  const regions = fc.array(region, { maxLength: 6 });

  it('reads back the same', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...SERVER_SETS), { minLength: 1 }),
        regions,
        fc.constantFrom('sources', 'regions', 'both'),
        (names, list, spelling) => {
          const { sets, bad, warnings } = readResults(
            text(
              names.map((name) => ({ name, regions: list })),
              spelling as Spelling,
            ),
          );
          expect([bad, warnings]).toEqual([[], []]);
          expect(sets.map(({ dataset }) => dataset)).toEqual([...names].sort());
          for (const set of sets) {
            expect(set.regions).toEqual(list);
            expect(set.spelling).toBe(spelling);
          }
          const ids = list.map((_, index) => index * 3);
          const again = readRegions([...writeRegions(list, ids)].join(''));
          expect([again.regions, again.ids]).toEqual([list, ids]);
        },
      ),
      { numRuns: 150 },
    );
  });
});
