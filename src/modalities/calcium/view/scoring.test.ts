import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { atRest, latest } from './scoring.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('waits until nobody asks any more, then does it once', () => {
  const task = vi.fn();
  const later = atRest(task);
  for (let move = 0; move < 10; move++) {
    later.ask();
    vi.advanceTimersByTime(50);
  }
  expect(task).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(task).toHaveBeenCalledTimes(1);
});

it('does nothing after it was stopped', () => {
  const task = vi.fn();
  const later = atRest(task);
  later.ask();
  later.stop();
  vi.advanceTimersByTime(1000);
  expect(task).not.toHaveBeenCalled();
});

it('runs once more for all that was asked while it ran', async () => {
  const ends: (() => void)[] = [];
  const task = vi.fn(() => new Promise<void>((end) => ends.push(end)));
  const run = latest(task);
  run();
  run();
  run();
  expect(task).toHaveBeenCalledTimes(1);
  ends[0]!();
  await vi.waitFor(() => expect(task).toHaveBeenCalledTimes(2));
  ends[1]!();
  await vi.advanceTimersByTimeAsync(10);
  expect(task).toHaveBeenCalledTimes(2);
});
