import { expect, it } from 'vitest';
import { ByteLru } from './lru.ts';

it('drops what was used least, keeps what is pinned, and knows what room that leaves', () => {
  const lru = new ByteLru(100);
  lru.put('pinned', 1, 40, true);
  lru.put('a', 2, 30);
  lru.put('b', 3, 30);
  expect([lru.bytes, lru.room]).toEqual([100, 60]);
  lru.get('a');
  lru.put('c', 4, 10);
  expect(['pinned', 'a', 'b', 'c'].map((key) => lru.has(key))).toEqual([true, true, false, true]);
  lru.put('pinned', 5, 70, true);
  expect([lru.has('a'), lru.room]).toEqual([false, 30]);
  lru.put('pinned', 6, 5);
  expect(lru.room).toBe(100);
  lru.budget = 4;
  expect([lru.bytes, lru.room, lru.has('pinned')]).toEqual([0, 4, false]);
});
