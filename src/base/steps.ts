// Long computations are generators that yield the share done (0…1) every few milliseconds of work.
// They stay pure and synchronous; whoever drives them decides when to breathe, report and stop.
import { SomascopeError } from './errors.ts';

export type Steps<T> = Generator<number, T, void>;

export interface DriveOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Longest stretch without letting messages in, in milliseconds. */
  readonly slice?: number;
}

/** Runs to the end at once: for tests and scripts. */
export function complete<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Runs in slices, letting messages in between; throws `Aborted` when the signal fires. */
export async function drive<T>(steps: Steps<T>, { signal, onProgress, slice = 30 }: DriveOptions = {}): Promise<T> {
  for (;;) {
    const until = performance.now() + slice;
    let share = 0;
    do {
      const step = steps.next();
      if (step.done) return step.value;
      share = step.value;
    } while (performance.now() < until);
    onProgress?.(share);
    await breathe();
    throwIfAborted(signal);
  }
}

/** Runs `inner` as the part from `from` to `to` of an outer computation. */
export function* within<T>(inner: Steps<T>, from: number, to: number): Steps<T> {
  for (;;) {
    const step = inner.next();
    if (step.done) return step.value;
    yield from + step.value * (to - from);
  }
}

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();
// In Node an open port would keep the process alive.
(channel.port1 as unknown as { unref?: () => void }).unref?.();

/** Lets pending messages be handled; a timer would wait at least 4 ms. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(null);
  });
}

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new SomascopeError('Aborted', 'Cancelled.');
}
