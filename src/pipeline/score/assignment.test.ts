import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeRng } from '../../base/rng.ts';
import { assign, packCandidates } from './assignment.ts';

type Lists = [number, number][][];

/** Every way to pair rows with columns; the best by number of pairs, then by cost. */
function bruteForce(lists: Lists): { pairs: number; cost: number } {
  const best = { pairs: 0, cost: 0 };
  const taken = new Set<number>();
  const walk = (row: number, pairs: number, cost: number) => {
    if (row === lists.length) {
      if (pairs > best.pairs || (pairs === best.pairs && cost < best.cost)) Object.assign(best, { pairs, cost });
      return;
    }
    walk(row + 1, pairs, cost);
    for (const [column, price] of lists[row]!) {
      if (taken.has(column)) continue;
      taken.add(column);
      walk(row + 1, pairs + 1, cost + price);
      taken.delete(column);
    }
  };
  walk(0, 0, 0);
  return best;
}

function outcome(lists: Lists, columns: number): { pairs: number; cost: number } {
  const columnOf = assign(packCandidates(columns, lists));
  const used = [...columnOf].filter((column) => column >= 0);
  expect(new Set(used).size).toBe(used.length);
  let cost = 0;
  columnOf.forEach((column, row) => {
    if (column < 0) return;
    const candidate = lists[row]!.find(([one]) => one === column);
    expect(candidate, 'a pair that is no candidate').toBeDefined();
    cost += candidate![1];
  });
  return { pairs: used.length, cost };
}

describe('assignment', () => {
  it('equals brute force on small cases', () => {
    const columns = 6;
    const cell = fc.tuple(fc.integer({ min: 0, max: columns - 1 }), fc.integer({ min: 0, max: 12 }));
    const row = fc.uniqueArray(cell, { maxLength: 5, selector: ([column]) => column });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (lists: Lists) => {
        expect(outcome(lists, columns)).toEqual(bruteForce(lists));
      }),
      { numRuns: 2000 },
    );
  });

  it('prefers two dear pairs to one cheap one', () => {
    const lists: Lists = [
      [
        [0, 0],
        [1, 9],
      ],
      [[0, 9]],
    ];
    expect([...assign(packCandidates(2, lists))]).toEqual([1, 0]);
  });

  it('leaves alone who has no candidate', () => {
    expect([...assign(packCandidates(1, [[], [[0, 3]], []]))]).toEqual([-1, 0, -1]);
    expect([...assign(packCandidates(0, [[]]))]).toEqual([-1]);
    expect([...assign(packCandidates(4, []))]).toEqual([]);
  });

  it('finds the planted pairs among 500 × 500 candidates', () => {
    const rng = makeRng(7);
    const size = 500;
    const order = Array.from({ length: size }, (_, i) => (i * 181 + 7) % size);
    const lists: Lists = order.map((own) =>
      Array.from({ length: size }, (_, j): [number, number] => [j, j === own ? 0 : 1 + rng.uniform()]),
    );
    expect([...assign(packCandidates(size, lists))]).toEqual(order);
  });
});
