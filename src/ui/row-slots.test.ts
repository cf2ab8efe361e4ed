// Slots of rows: each row its own, kept while the row exists, and no more of them than rows were ever there at once.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { assignSlots } from './row-slots.ts';

it('a row keeps its element, one that comes takes that of one that went', () => {
  const first = assignSlots(new Map(), ['a', 'b', 'c']);
  expect([...first]).toEqual([
    ['a', 0],
    ['b', 1],
    ['c', 2],
  ]);
  const second = assignSlots(first, ['b', 'c', 'd']);
  expect([...second]).toEqual([
    ['b', 1],
    ['c', 2],
    ['d', 0],
  ]);
  expect([...assignSlots(second, ['x', 'c', 'y', 'z']).values()]).toEqual([1, 2, 0, 3]);
});

it('whatever is scrolled: every slot once, kept where the row stays, never more than needed', () => {
  const window = fc.record({ from: fc.nat(200), count: fc.integer({ min: 0, max: 30 }) });
  fc.assert(
    fc.property(fc.array(window), (windows) => {
      let slots = new Map<string, number>();
      let most = 0;
      for (const { from, count } of windows) {
        const keys = Array.from({ length: count }, (_, i) => `row ${from + i}`);
        const next = assignSlots(slots, keys);
        expect([...next.keys()]).toEqual(keys);
        expect(new Set(next.values()).size).toBe(count);
        for (const [key, slot] of next) if (slots.has(key)) expect(slot).toBe(slots.get(key));
        most = Math.max(most, count);
        for (const slot of next.values()) expect(slot).toBeLessThan(most);
        slots = next;
      }
    }),
  );
});
