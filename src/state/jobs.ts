// What runs. The pool's client writes, the top bar and the status bar read.
import { createStore } from 'zustand/vanilla';

export interface RunningJob {
  readonly id: number;
  /** "Correlation image". */
  readonly label: string;
  /** The data set it belongs to; '' for none. */
  readonly dataset: string;
  /** Share done, 0…1. */
  readonly share: number;
  /** Units done per second, with the unit ("frames"), where the job counts. */
  readonly rate: number | null;
  readonly unit: string;
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
  /** Idle work (prefetch, pyramids) does not count as the user's. */
  readonly idle: boolean;
}

export const jobs = createStore<{ running: readonly RunningJob[] }>(() => ({ running: [] }));

const cancels = new Map<number, () => void>();
const started = new Map<number, number>();
let nextId = 1;

export interface JobLabel {
  readonly label: string;
  readonly dataset?: string;
  readonly unit?: string;
  readonly total?: number;
  readonly idle?: boolean;
}

export function startJob({ label, dataset = '', unit = '', total = 1, idle = false }: JobLabel, cancel: () => void): number {
  const id = nextId++;
  cancels.set(id, cancel);
  started.set(id, performance.now());
  const job: RunningJob = { id, label, dataset, unit, total, idle, share: 0, rate: null, done: 0, secondsLeft: null };
  jobs.setState(({ running }) => ({ running: [...running, job] }));
  return id;
}

export function reportJob(id: number, share: number): void {
  const seconds = (performance.now() - (started.get(id) ?? 0)) / 1000;
  jobs.setState(({ running }) => ({
    running: running.map((job) => {
      if (job.id !== id) return job;
      const done = share * job.total;
      return {
        ...job,
        share,
        done,
        rate: job.unit && seconds > 0.5 ? done / seconds : null,
        secondsLeft: share > 0.02 && seconds > 1 ? (seconds / share) * (1 - share) : null,
      };
    }),
  }));
}

export function endJob(id: number): void {
  cancels.delete(id);
  started.delete(id);
  jobs.setState(({ running }) => ({ running: running.filter((job) => job.id !== id) }));
}

export function cancelJob(id: number): void {
  cancels.get(id)?.();
}

export function cancelDatasetJobs(dataset: string): void {
  for (const job of jobs.getState().running) if (job.dataset === dataset) cancelJob(job.id);
}

/** Runs a task as a job that the screen shows and Cancel can stop. */
export async function tracked<T>(
  label: JobLabel,
  task: (options: { signal: AbortSignal; onProgress: (share: number) => void }) => Promise<T>,
): Promise<T> {
  const control = new AbortController();
  const id = startJob(label, () => control.abort());
  try {
    return await task({ signal: control.signal, onProgress: (share) => reportJob(id, share) });
  } finally {
    endJob(id);
  }
}
