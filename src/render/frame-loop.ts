// Draws on request only: any number of `invalidate` calls give one frame at the next screen refresh. A player that wants the
// frame after this one calls `invalidate` from its `onFrame` listener. Nothing runs while the page is hidden.

export interface FrameLoop {
  /** Asks for one frame. */
  invalidate(): void;
  /** Called before each drawing with the time in ms; returns the function that unsubscribes. */
  onFrame(listener: (time: number) => void): () => void;
  /** Frames a second, smoothed over about ten frames; 0 when nothing has moved for half a second. */
  fps(): number;
  destroy(): void;
}

/** What the loop needs of the browser; replaced in tests. */
export interface FrameHost {
  request(callback: (time: number) => void): number;
  cancel(handle: number): void;
  now(): number;
  hidden(): boolean;
  onVisibility(listener: () => void): () => void;
}

const BROWSER: FrameHost = {
  request: (callback) => requestAnimationFrame(callback),
  cancel: (handle) => cancelAnimationFrame(handle),
  now: () => performance.now(),
  hidden: () => document.hidden,
  onVisibility: (listener) => {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
};

const SMOOTHING = 0.1;
/** A longer pause is idling, not a slow frame, in ms. */
const IDLE = 500;

export function createFrameLoop(draw: (time: number) => void, host: FrameHost = BROWSER): FrameLoop {
  const listeners = new Set<(time: number) => void>();
  let handle: number | null = null;
  let wanted = false;
  let destroyed = false;
  let last = Number.NEGATIVE_INFINITY;
  let interval = 0;

  const run = (time: number) => {
    handle = null;
    wanted = false;
    const gap = time - last;
    if (gap >= IDLE) interval = 0;
    else if (gap > 0) interval = interval === 0 ? gap : interval + SMOOTHING * (gap - interval);
    last = time;
    for (const listener of listeners) listener(time);
    if (!destroyed) draw(time);
  };
  const schedule = () => {
    if (wanted && handle === null && !destroyed && !host.hidden()) handle = host.request(run);
  };
  const stop = () => {
    if (handle !== null) host.cancel(handle);
    handle = null;
  };
  const unsubscribe = host.onVisibility(() => (host.hidden() ? stop() : schedule()));

  return {
    invalidate: () => {
      wanted = true;
      schedule();
    },
    onFrame: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    fps: () => (interval > 0 && host.now() - last < IDLE ? 1000 / interval : 0),
    destroy: () => {
      destroyed = true;
      stop();
      unsubscribe();
      listeners.clear();
    },
  };
}
