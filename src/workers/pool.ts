// The pool: bulk workers that run parts of jobs, and one desk worker that lists, opens, merges and answers quick questions,
// so that a click never waits behind a movie.
import { SomascopeError } from '../base/errors.ts';
import { Endpoint } from './endpoint.ts';

/** A bulk worker with nothing to do for so long is ended: that frees, at once, all that its last job left behind. */
const IDLE_MS = 10_000;
/** A worker that does not answer a cancel within this time is ended. */
const CANCEL_MS = 200;

export class Pool {
  readonly size: number;
  private desk = new Endpoint();
  private bulk: Endpoint[] = [];
  private readonly queue: { priority: number; start: (endpoint: Endpoint) => void }[] = [];
  private readonly reserved = new Set<Endpoint>();
  private idle: ReturnType<typeof setTimeout> | undefined;

  constructor(size: number = Math.max(2, (navigator.hardwareConcurrency || 2) - 1)) {
    this.size = Math.min(size, 16);
  }

  /** The desk worker, a new one if the last has died. */
  theDesk(): Endpoint {
    if (this.desk.dead) this.desk = new Endpoint();
    return this.desk;
  }

  /** The desk, or a bulk worker with nothing to do: for quick questions that may come in numbers. */
  leastBusy(): Endpoint {
    const desk = this.theDesk();
    if (desk.busy === 0) return desk;
    const idle = this.living().find((endpoint) => endpoint.busy === 0 && !this.reserved.has(endpoint));
    return idle ?? desk;
  }

  /** Waits for a bulk worker of one's own; lower numbers go first. Give it back with `release`. */
  acquire(priority: number): Promise<Endpoint> {
    return new Promise((start) => {
      const at = this.queue.findIndex((waiting) => waiting.priority > priority);
      this.queue.splice(at < 0 ? this.queue.length : at, 0, { priority, start });
      this.serve();
    });
  }

  release(endpoint: Endpoint): void {
    this.reserved.delete(endpoint);
    this.serve();
    clearTimeout(this.idle);
    this.idle = setTimeout(() => this.endIdle(), IDLE_MS);
  }

  /** Asks a worker to stop a call; one that stays silent is ended and replaced. */
  async cancel(endpoint: Endpoint, call: number): Promise<void> {
    if (endpoint.dead) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const silence = new Promise<'silent'>((resolve) => {
      timer = setTimeout(() => resolve('silent'), CANCEL_MS);
    });
    const answer = await Promise.race([endpoint.call((host) => host.cancel(call)).catch(() => 'dead' as const), silence]);
    clearTimeout(timer);
    if (answer === 'silent') endpoint.kill('it did not answer to Cancel');
  }

  private endIdle(): void {
    for (const endpoint of this.living())
      if (!this.reserved.has(endpoint) && endpoint.busy === 0) endpoint.kill('it had nothing to do');
  }

  /** Ends every worker; calls under way fail. New ones start when they are needed. */
  endAll(): void {
    for (const endpoint of [this.desk, ...this.bulk]) endpoint.kill('the pool was closed');
  }

  private living(): Endpoint[] {
    this.bulk = this.bulk.filter(({ dead }) => !dead);
    return this.bulk;
  }

  private serve(): void {
    while (this.queue.length > 0) {
      const living = this.living();
      let free = living.find((endpoint) => !this.reserved.has(endpoint));
      if (!free && living.length < this.size) {
        free = new Endpoint();
        this.bulk.push(free);
      }
      if (!free) return;
      const next = this.queue.shift();
      if (!next) throw new SomascopeError('Bug', 'The queue changed while it was served.');
      this.reserved.add(free);
      next.start(free);
    }
  }
}
