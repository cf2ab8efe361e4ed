// Painting off screen that is too slow for a frame, as it is where there is no graphics card: it goes on between frames, in slices
// that leave the page free. How much a slice bears is learnt from the ones before.

/** Painting may take so much of a frame, and so much of the time between two, ms. */
const IN_FRAME = 6;
const IN_SLICE = 12;

/** What is painted, in units of its own: steps, rows. */
export interface PacedWork {
  /** Units of the first slice, when nobody knows how long one takes, and of any slice at least. */
  readonly least: number;
  /** Paints at most so many units more; returns how many it did, and whether that was all. */
  advance(units: number): { readonly taken: number; readonly isDone: boolean };
  /** Waits for what was painted. Drawing is asked for long before it is done: only a pixel that is read back tells how long it took. */
  settle(): void;
  onDone(): void;
}

/** What pacing needs of the browser; replaced in tests. */
export interface PaceHost {
  now(): number;
  /** Runs the task soon, after what the person does; returns what calls it off. */
  later(task: () => void): () => void;
  /** The same, once the frame that is due is on screen. */
  afterFrame(task: () => void): () => void;
}

export interface Paced {
  /** Goes on between frames, until all is painted. */
  start(): void;
  stop(): void;
  readonly isRunning: boolean;
  /** How many units a frame bears; 0 as long as nobody knows. */
  inFrame(): number;
}

function later(task: () => void): () => void {
  const timer = setTimeout(task, 0);
  return () => clearTimeout(timer);
}

function afterFrame(task: () => void): () => void {
  let callOff = () => cancelAnimationFrame(frame);
  const frame = requestAnimationFrame(() => {
    callOff = later(task);
  });
  return () => callOff();
}

const BROWSER: PaceHost = { now: () => performance.now(), later, afterFrame };

export function createPaced(work: PacedWork, host: PaceHost = BROWSER): Paced {
  /** Units that were timed since the start, and milliseconds a unit. */
  let timed = 0;
  let spent = 0;
  let pace = Number.POSITIVE_INFINITY;
  let callOff: (() => void) | null = null;

  const slice = () => {
    callOff = null;
    const begun = host.now();
    const { taken, isDone } = work.advance(Math.max(work.least, Math.floor(IN_SLICE / pace)));
    work.settle();
    timed += taken;
    spent += host.now() - begun;
    if (timed > 0) pace = spent / timed;
    if (isDone) work.onDone();
    else callOff = host.later(slice);
  };

  return {
    start: () => {
      callOff?.();
      timed = 0;
      spent = 0;
      callOff = host.afterFrame(slice);
    },
    stop: () => {
      callOff?.();
      callOff = null;
    },
    get isRunning() {
      return callOff !== null;
    },
    inFrame: () => Math.floor(IN_FRAME / pace),
  };
}
