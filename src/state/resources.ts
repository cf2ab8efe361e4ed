// The one home of arrays on the main thread: frames, planes, movies, regions, by key `dataset/what`. Stores hold the keys.
import { createStore } from 'zustand/vanilla';
import { ByteLru } from '../base/lru.ts';

const MEGA = 1e6;

/** 512 MB, 128 on phones: what the page keeps decoded. */
export function defaultBudget(): number {
  const small = typeof matchMedia === 'function' && matchMedia('(pointer: coarse) and (max-width: 900px)').matches;
  return (small ? 128 : 512) * MEGA;
}

export const cacheStats = createStore<{ bytes: number; budget: number }>(() => ({ bytes: 0, budget: defaultBudget() }));

/** Raw frames are many and cheap to read again: an eighth of the budget, so never more than 64 MB by default. */
function frameBudget(): number {
  return Math.min(128 * MEGA, resources.budget / 8);
}

let scheduled = false;

function report(): void {
  // Many puts a second while a movie plays: the status bar needs one figure now and then.
  if (scheduled) return;
  scheduled = true;
  setTimeout(() => {
    scheduled = false;
    cacheStats.setState({ bytes: resources.bytes + frames.bytes, budget: resources.budget });
  }, 250);
}

export const resources: ByteLru = new ByteLru(defaultBudget(), report);
export const frames: ByteLru = new ByteLru(frameBudget(), report);

export function setCacheBudget(bytes: number): void {
  resources.budget = bytes || defaultBudget();
  frames.budget = frameBudget();
}
