import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSomascopeError, type SomascopeError } from '../../base/errors.ts';
import { dataPath, describeWithData, goldenPath } from '../../test/shared-data.ts';
import { type RegionOptions, readRegions } from './regions.ts';

const points = (value: unknown, options?: RegionOptions) =>
  readRegions(value, options).regions.map((region) => [...region.points]);

function refusal(run: () => unknown): SomascopeError {
  try {
    run();
  } catch (error) {
    if (isSomascopeError(error)) return error;
    throw error;
  }
  throw new Error('was read');
}

describe('shapes that hold regions', () => {
  const one = {
    coordinates: [
      [3, 4],
      [5, 6],
    ],
  };

  it.each([
    ['a list', [one, one], 2],
    ['a list under regions', { regions: [one] }, 1],
    ['a list under sources', { sources: [one, one] }, 2],
    ['a single region', one, 1],
    ["Matlab's single region", { regions: one }, 1],
    ["Matlab's wrapper", { results: { regions: [one] } }, 1],
    [
      'bare lists of pixels',
      [
        [
          [3, 4],
          [5, 6],
        ],
        [
          [3, 4],
          [5, 6],
        ],
      ],
      2,
    ],
    [
      'one bare list of pixels',
      [
        [3, 4],
        [5, 6],
      ],
      1,
    ],
  ])('%s', (_name, value, count) => {
    expect(points(value)).toEqual(Array(count).fill([3, 4, 5, 6]));
    expect(points(JSON.stringify(value))).toEqual(points(value));
    expect(points(new TextEncoder().encode(JSON.stringify(value)))).toEqual(points(value));
  });

  it('takes flat pairs as one pixel and keeps ids', () => {
    const { regions, ids, bad } = readRegions(
      '[{"id":9000,"coordinates":[3,4]},{"coordinates":[[1,2]]},{"id":"b","coordinates":[[1,2]]}]',
    );
    expect(regions.map((region) => [...region.points])).toEqual([
      [3, 4],
      [1, 2],
      [1, 2],
    ]);
    expect([ids, bad]).toEqual([[9000, null, 'b'], []]);
  });

  it('takes other numbers of axes, fractions and negatives where no image is known', () => {
    const { regions, bad, warnings } = readRegions([{ coordinates: [[1, 2, 3]] }, { coordinates: [[-0.5, 2, 1]] }]);
    expect(regions.map(({ dims }) => dims)).toEqual([3, 3]);
    expect([bad, warnings]).toEqual([[], ['Fractional coordinates in 1 of 2 regions; the first is region 1.']]);
  });

  it('counts from one or exchanges the axes on request', () => {
    expect(points([one], { oneBased: true })).toEqual([[2, 3, 4, 5]]);
    expect(points([one], { exchanged: true })).toEqual([[4, 3, 6, 5]]);
  });

  it('says that a list is empty', () => {
    for (const value of [[], { regions: [] }]) expect(readRegions(value).warnings).toEqual(['The list of regions is empty.']);
  });
});

describe('bad regions', () => {
  it('are listed with index and reason, the others kept', () => {
    const value = [
      { coordinates: [[1, 1]] },
      { coordinates: [] },
      { pixels: [[1, 2]] },
      { coordinates: [[1, 2], [3]] },
      { coordinates: [[[0, 0]]] },
      { coordinates: [['4', '5']] },
      { coordinates: [[1, Number.NaN]] },
      { coordinates: [[1, null]] },
      { coordinates: 'all' },
      { coordinates: [[0, 0], null] },
      null,
      { coordinates: [[9, 20]] },
      {
        coordinates: [
          [1, 2],
          [10, 3],
        ],
      },
      { coordinates: [[1, 2, 3]] },
      { coordinates: { x: 1 } },
      { coordinates: [[]] },
      { coordinates: [[0, 19]] },
    ];
    const { regions, positions, bad, warnings } = readRegions(value, { height: 10, width: 20 });
    expect(regions).toHaveLength(2);
    expect([...positions]).toEqual([0, 16]);
    expect(bad.map(({ index, reason }) => `${index} ${reason}`)).toEqual([
      '1 has no pixels',
      '2 has no "coordinates": it is an object with the key pixels',
      '3 is ragged: pixel 1 has length 1, pixel 0 length 2',
      '4 is nested once too often at pixel 0',
      '5 has the text "4" instead of a number in pixel 0',
      '6 has NaN in pixel 0',
      '7 has nothing (null) instead of a number in pixel 0',
      '8 has as "coordinates" the text "all" instead of a list of pixels',
      '9 has nothing (null) as pixel 1',
      '10 is nothing (null) instead of an object',
      '11 leaves the image of 10 rows × 20 columns: pixel 0 is at row 9, column 20',
      '12 leaves the image of 10 rows × 20 columns: pixel 1 is at row 10, column 3',
      '13 has 3 numbers a pixel instead of row and column',
      '14 has as "coordinates" an object with the key x instead of a list of pixels',
      '15 has an empty pixel 0',
    ]);
    expect(warnings).toEqual(['15 of 17 regions were left out; the first: region 1 has no pixels.']);
  });

  it("come from Python's NaN too", () => {
    expect(readRegions('[{"coordinates":[[1,NaN]]},{"coordinates":[[1,2]]}]').bad).toHaveLength(1);
  });
});

describe('coordinates that leave the image', () => {
  const frame = { height: 10, width: 20 };

  it('are said to be exchanged where that would fit', () => {
    const exchanged = readRegions(
      [
        {
          coordinates: [
            [15, 3],
            [2, 2],
          ],
        },
      ],
      frame,
    );
    expect([exchanged.looksExchanged, exchanged.looksOneBased, exchanged.bad.length]).toEqual([true, false, 1]);
    expect(
      readRegions(
        [
          {
            coordinates: [
              [15, 3],
              [2, 2],
            ],
          },
        ],
        { ...frame, exchanged: true },
      ),
    ).toMatchObject({ bad: [], looksExchanged: false });
    expect(readRegions([{ coordinates: [[15, 12]] }], frame).looksExchanged).toBe(false);
    expect(readRegions([{ coordinates: [[3, 15]] }], frame).looksExchanged).toBe(false);
  });

  it('are said to count from one where that would fit', () => {
    const matlab = [
      {
        coordinates: [
          [10, 20],
          [1, 1],
        ],
      },
    ];
    expect(readRegions(matlab, frame).looksOneBased).toBe(true);
    expect(readRegions(matlab, { ...frame, oneBased: true })).toMatchObject({ bad: [], looksOneBased: false });
    expect(
      readRegions(
        [
          {
            coordinates: [
              [10, 20],
              [0, 1],
            ],
          },
        ],
        frame,
      ).looksOneBased,
    ).toBe(false);
  });
});

describe('what holds no regions', () => {
  it.each([
    [{ error: 'not found' }, 'found an object with the key error'],
    [{ error: [] }, 'found an object with the key error'],
    [{ a: 1, b: 2 }, 'found an object with the keys a, b'],
    [[1, 2], 'found an array of 2 numbers'],
    [['x'], 'found an array of 1 string'],
    [null, 'found nothing (null)'],
    [7, 'found the number 7'],
    [[{ pixels: [] }], 'region 0 has no "coordinates": it is an object with the key pixels'],
    [{ regions: null }, 'found an object with the key regions'],
  ])('%j', (value, message) => {
    const error = refusal(() => readRegions(JSON.stringify(value), { place: { file: 'r.json' } }));
    expect(error).toMatchObject({ tag: 'Invalid', place: { file: 'r.json' } });
    expect(error.message).toContain(message);
  });

  it('or more than the limits', () => {
    const three = [
      {
        coordinates: [
          [1, 1],
          [2, 2],
          [3, 3],
        ],
      },
      { coordinates: [[1, 1]] },
    ];
    expect(refusal(() => readRegions(three, { regionLimit: 1 })).tag).toBe('Unsafe');
    expect(readRegions(three, { pointLimit: 2 }).bad).toEqual([{ index: 0, reason: 'has 3 pixels; the limit is 2' }]);
  });
});

describeWithData('real and golden files', () => {
  it('reads the regions of 00.00', () => {
    const bytes = readFileSync(dataPath('neurofinder/neurofinder.00.00.regions.json'));
    const { regions, ids, bad, warnings } = readRegions(bytes, { height: 512, width: 512 });
    expect([regions.length, ids[0], ids[329], bad, warnings]).toEqual([330, 9000, 9329, [], []]);
    expect([...regions[0]!.points.slice(0, 4)]).toEqual([293, 213, 294, 213]);
  });

  it('rejects exactly the golden cases whose regions the reference cannot use, naming the region', () => {
    const expected: { name: string; error?: string }[] = JSON.parse(
      readFileSync(goldenPath('neurofinder/expected.json'), 'utf8'),
    );
    const rejected: [string, string, number][] = [];
    for (const { name } of expected) {
      const given = JSON.parse(readFileSync(goldenPath(`neurofinder/cases/${name}.json`), 'utf8'));
      for (const side of ['truth', 'estimate'] as const) {
        if (!Array.isArray(given[side])) continue;
        try {
          for (const { index } of readRegions(given[side]).bad) rejected.push([name, side, index]);
        } catch (error) {
          if (!isSomascopeError(error, 'Invalid')) throw error;
          rejected.push([name, side, error.place.index!]);
        }
      }
    }
    expect(rejected).toEqual([
      ['missing_coordinates_key', 'estimate', 0],
      ['region_without_pixels_in_estimate', 'estimate', 1],
      ['region_without_pixels_in_truth', 'truth', 1],
      ['triple_nested_coordinates', 'estimate', 0],
    ]);
    const failing = expected.filter(({ error }) => error && error !== 'IndexError').map(({ name }) => name);
    expect(rejected.map(([name]) => name)).toEqual(failing);
  });
});
