// One worker: wrapped once, watched while calls are under way. A call to a dead worker never settles in comlink,
// so every call races against the worker's death.
import { wrap } from 'comlink';
import { SomascopeError } from '../base/errors.ts';
import hostUrl from './host.ts?worker&url';
import type { HostProxy } from './protocol.ts';

/** A worker that does not answer to a ping for so long, while it has work, is taken for dead. */
const SILENT_MS = 20_000;
const PING_EVERY_MS = 2_000;

const HELD = 'alive';

/** `lock` is held by the worker as long as it lives: browsers tell nobody of a worker that ended, but its lock becomes free. */
function startWorker(lock: string): Worker {
  // A worker started from its own address is not bound by the page's policy; one from a blob inherits it.
  const script = `import ${JSON.stringify(new URL(hostUrl, location.href).href)};
navigator.locks?.request(${JSON.stringify(lock)}, () => {
  postMessage(${JSON.stringify(HELD)});
  return new Promise(() => {});
}).catch(() => {});`;
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(address, { type: 'module' });
  worker.addEventListener('message', () => URL.revokeObjectURL(address), { once: true });
  return worker;
}

export class Endpoint {
  readonly host: HostProxy;
  /** Calls under way. */
  busy = 0;
  private readonly worker: Worker;
  private readonly death: Promise<never>;
  private die: (error: SomascopeError) => void = () => {};
  private lastSign = performance.now();
  private watch: ReturnType<typeof setInterval> | undefined;
  private readonly waiting = new AbortController();
  dead = false;

  constructor() {
    const lock = `somascope worker ${performance.timeOrigin} ${Math.random()}`;
    this.worker = startWorker(lock);
    this.death = new Promise((_, reject) => {
      this.die = reject;
    });
    this.death.catch(() => {});
    this.worker.addEventListener('error', (event) => this.kill(event.message || 'the worker stopped'));
    this.worker.addEventListener('messageerror', () => this.kill('a message could not be read'));
    this.worker.addEventListener('message', ({ data }) => {
      this.lastSign = performance.now();
      if (data === HELD) this.awaitEnd(lock);
    });
    this.host = wrap(this.worker) as unknown as HostProxy;
  }

  async call<T>(task: (host: HostProxy) => Promise<T>): Promise<T> {
    this.busy++;
    this.lastSign = performance.now();
    this.watch ??= setInterval(() => this.look(), PING_EVERY_MS);
    try {
      return await Promise.race([task(this.host), this.death]);
    } finally {
      if (--this.busy === 0) {
        clearInterval(this.watch);
        this.watch = undefined;
      }
    }
  }

  /** Ends the worker; calls under way fail with `WorkerDied`. */
  kill(reason: string): void {
    if (this.dead) return;
    this.dead = true;
    clearInterval(this.watch);
    this.waiting.abort();
    this.worker.terminate();
    this.die(
      new SomascopeError(
        'WorkerDied',
        `A background worker ended: ${reason}.`,
        {},
        'Nothing that is open was lost; start the step again.',
      ),
    );
  }

  /** The lock is given to the page when the worker is no more. Where it is refused, silence tells. */
  private awaitEnd(lock: string): void {
    navigator.locks.request(lock, { signal: this.waiting.signal }, () => this.kill('it is gone')).catch(() => {});
  }

  private look(): void {
    if (performance.now() - this.lastSign > SILENT_MS) this.kill('it no longer answers');
    else void this.host.ping();
  }
}
