// Runs the calcium modality's jobs in this process, part after part, as the page's workers do in parallel: the result is the same.
import type { AnyJob, Job, JobContext } from '../../src/base/job.ts';
import type { FindRunner } from '../../src/modalities/calcium/shared/find-regions.ts';
import { calciumWorker } from '../../src/modalities/calcium/worker/index.ts';

const context: JobContext = { signal: new AbortController().signal, progress: () => {} };

/** `attach` makes the payload of a part. */
export async function runJob<O>(name: string, input: unknown, attach?: (part: never) => Promise<unknown>): Promise<O> {
  const job = jobOf(name);
  const merger = job.merger(input);
  for (const [i, part] of job.split(input).entries()) {
    const payload = await attach?.(part as never);
    merger.add(await job.run(input, part, context, payload), i);
  }
  return (await merger.finish()) as O;
}

function jobOf(name: string): Job {
  const job: AnyJob | undefined = calciumWorker.jobs[name];
  if (!job) throw new Error(`There is no job "${name}".`);
  return job as unknown as Job;
}

/** Opens a set of a listing as the page does. */
export const openSet = calciumWorker.open;
export const openContext = context;

/** A runner for one movie that remembers answers by their name and plain parameters, so that another choice of labels costs little;
 *  `seconds` is what the jobs of the last detection cost, remembered ones included. */
export function makeRunner(): FindRunner & { takeSeconds(): number } {
  const known = new Map<string, { answer: unknown; seconds: number }>();
  let seconds = 0;
  // One after the other, so that each one's seconds are its own.
  let before: Promise<unknown> = Promise.resolve();
  const remembered = async (key: string, work: () => Promise<unknown>) => {
    let entry = known.get(key);
    if (!entry) {
      const started = performance.now();
      const answer = await work();
      entry = { answer, seconds: (performance.now() - started) / 1000 };
      known.set(key, entry);
    }
    seconds += entry.seconds;
    return entry.answer;
  };
  return {
    run: <O>(job: string, input: unknown, _share: unknown, attach?: (part: never) => Promise<unknown>) => {
      const work = before.then(() => remembered(keyOf(job, input), () => runJob(job, input, attach)));
      before = work.catch(() => null);
      return work as Promise<O>;
    },
    ask: <O>(job: string, input: unknown) => runJob<O>(job, input),
    takeSeconds() {
      const taken = seconds;
      seconds = 0;
      return taken;
    },
  };
}

/** A movie's planes are the same each time: its numbers and words tell questions apart. */
function keyOf(job: string, input: unknown): string {
  const plain = Object.entries(input as object).filter(([, value]) => typeof value !== 'object');
  return JSON.stringify([job, ...plain]);
}

/** Runs a script to its end. The pauses of long computations (base/steps.ts) do not keep a Node process alive, so a timer does. */
export function runScript(main: () => Promise<void>): void {
  const alive = setInterval(() => {}, 60_000);
  main()
    .catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error);
      process.exitCode = 1;
    })
    .finally(() => clearInterval(alive));
}
