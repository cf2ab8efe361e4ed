// One WebGL context for a view group (views that share textures are boxes of one canvas). regl caches extension objects that
// a lost context invalidates, so a restore makes a new regl and every layer builds its resources again from CPU state.
import type { Regl } from 'regl';
import createREGL from 'regl';
import { SomascopeError } from '../base/errors.ts';
import type { Rgb } from './colour.ts';

/** Browsers drop the oldest of about sixteen contexts without asking; six leaves room for other tabs of the same process. */
export const MAX_CONTEXTS = 6;

/** Resources on the graphics card; `current` is null while the context is lost. */
export interface Held<T> {
  readonly current: T | null;
  release(): void;
}

export interface Gl {
  readonly canvas: HTMLCanvasElement;
  /** Null while the context is lost and after `destroy`. */
  readonly regl: Regl | null;
  /** Calls `build` now and again after every restore. `free` is called on release only: a lost context frees by itself. */
  keep<T>(build: (regl: Regl) => T, free: (resources: T) => void): Held<T>;
  /** Told `true` when the context is lost and `false` once all resources are rebuilt; returns the function that unsubscribes. */
  onLost(listener: (lost: boolean) => void): () => void;
  /** Fills the whole target; `colour` in 0…255. */
  clear(colour: Rgb): void;
  /** Sets the size of the drawing buffer in device px; true when it changed. */
  resize(width: number, height: number): boolean;
  /** Frees the context for good: the canvas element cannot be used again. */
  destroy(): void;
}

interface Entry {
  build(regl: Regl): void;
  drop(): void;
  free(): void;
}

const alive = new Set<HTMLCanvasElement>();
const spent = new WeakSet<HTMLCanvasElement>();

/** Number of contexts that are not destroyed. */
export function liveContexts(): number {
  return alive.size;
}

const HINT =
  'Switch on hardware acceleration in the browser settings, close other tabs that draw in 3-D, or try another browser.';

function startRegl(context: WebGLRenderingContext): Regl {
  try {
    return createREGL({ gl: context, extensions: ['OES_element_index_uint'] });
  } catch (cause) {
    throw new SomascopeError('NoWebGL', 'WebGL is there but lacks large indices, which the outlines need.', {}, HINT, cause);
  }
}

/** Throws `NoWebGL` where the browser gives no context or `MAX_CONTEXTS` are alive, `Bug` for a canvas that was destroyed. */
export function createGl(canvas: HTMLCanvasElement): Gl {
  if (spent.has(canvas) || alive.has(canvas)) {
    throw new SomascopeError(
      'Bug',
      'This canvas already has or had a context.',
      {},
      'Make a new canvas element for each view group.',
    );
  }
  if (alive.size >= MAX_CONTEXTS) {
    throw new SomascopeError(
      'NoWebGL',
      `${MAX_CONTEXTS} pictures are open, more than browsers draw reliably.`,
      {},
      'Close a data set or a view.',
    );
  }
  const context = canvas.getContext('webgl', {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    powerPreference: 'high-performance',
  });
  if (!context)
    throw new SomascopeError('NoWebGL', 'The browser gives this page no WebGL, so pictures cannot be drawn.', {}, HINT);
  let regl: Regl | null = startRegl(context);
  alive.add(canvas);
  const entries = new Set<Entry>();
  const listeners = new Set<(lost: boolean) => void>();

  const lose = (event: Event) => {
    event.preventDefault();
    for (const entry of entries) entry.drop();
    regl?.destroy();
    regl = null;
    for (const listener of listeners) listener(true);
  };
  const restore = () => {
    const fresh = startRegl(context);
    regl = fresh;
    for (const entry of entries) entry.build(fresh);
    for (const listener of listeners) listener(false);
  };
  canvas.addEventListener('webglcontextlost', lose);
  canvas.addEventListener('webglcontextrestored', restore);

  return {
    canvas,
    get regl() {
      return regl;
    },
    keep<T>(build: (regl: Regl) => T, free: (resources: T) => void): Held<T> {
      let current: T | null = regl && build(regl);
      const entry: Entry = {
        build: (fresh) => {
          current = build(fresh);
        },
        drop: () => {
          current = null;
        },
        free: () => {
          if (current !== null) free(current);
          current = null;
        },
      };
      entries.add(entry);
      return {
        get current() {
          return current;
        },
        release: () => {
          entry.free();
          entries.delete(entry);
        },
      };
    },
    onLost: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    clear: ([red, green, blue]) => {
      regl?.clear({ color: [red / 255, green / 255, blue / 255, 1] });
    },
    resize: (width, height) => {
      if (canvas.width === width && canvas.height === height) return false;
      canvas.width = width;
      canvas.height = height;
      regl?.poll();
      return true;
    },
    destroy: () => {
      if (!alive.delete(canvas)) return;
      spent.add(canvas);
      canvas.removeEventListener('webglcontextlost', lose);
      canvas.removeEventListener('webglcontextrestored', restore);
      for (const entry of entries) entry.free();
      entries.clear();
      listeners.clear();
      regl?.destroy();
      regl = null;
      context.getExtension('WEBGL_lose_context')?.loseContext();
    },
  };
}
