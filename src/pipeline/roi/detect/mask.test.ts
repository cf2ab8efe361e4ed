import { expect, it } from 'vitest';
import { partAround } from './mask.ts';

const draw = (...rows: string[]) => Uint8Array.from(rows.join(''), (sign) => (sign === '#' ? 1 : 0));

it('keeps the part with the seed, fills its holes, and joins at edges only', () => {
  const mask = draw('.####..', '.#..#.#', '.#.#.##', '.####..', '#......');
  const part = partAround(mask, 5, 7, 1)!;
  expect([...part]).toEqual([...draw('.####..', '.####..', '.###...', '.####..', '.......')]);
});

it('says null for a seed outside', () => {
  expect(partAround(draw('#.'), 1, 2, 1)).toBeNull();
});
