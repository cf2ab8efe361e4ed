// Repeats tasks in turn, so that a busy spell of the machine hits all of them, and takes the middle time of each.
import { quantile } from '../statistics.ts';

/** Median milliseconds per task, after one unmeasured round. */
export async function timeInTurn<K extends string>(
  tasks: Readonly<Record<K, () => Promise<unknown> | unknown>>,
  rounds: number,
): Promise<Record<K, number>> {
  const names = Object.keys(tasks) as K[];
  const times = new Map<K, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const name of names) {
      const start = performance.now();
      await tasks[name]();
      if (round > 0) times.get(name)!.push(performance.now() - start);
    }
  }
  return Object.fromEntries(names.map((name) => [name, quantile(times.get(name)!, 0.5)])) as Record<K, number>;
}
