// At most `limit` tasks at a time, started in the order they were asked for.

export type Limiter = <T>(task: () => Promise<T>) => Promise<T>;

export function makeLimiter(limit: number): Limiter {
  let running = 0;
  const queue: (() => void)[] = [];
  const release = () => {
    running--;
    queue.shift()?.();
  };
  return async (task) => {
    if (running >= limit) await new Promise<void>((resolve) => queue.push(resolve));
    running++;
    try {
      return await task();
    } finally {
      release();
    }
  };
}
