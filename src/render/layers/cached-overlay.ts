// Keeps what lies over a movie in an off-screen picture and lays that over each frame: outlines cost a hundred times more than
// a frame where there is no graphics card, and they change seldom. What does not fit into a frame is painted between frames, in
// slices that leave the page free; until it is complete the picture before is shown, moved along with the camera.
import type { Framebuffer2D, Regl, Texture2D } from 'regl';
import type { Steps } from '../../base/steps.ts';
import { type Camera, type Placement, placementOf } from '../camera.ts';
import type { Gl } from '../context.ts';
import { createPaced, type PaceHost } from '../paced.ts';
import type { View } from '../view.ts';
import { viewportOf } from '../view.ts';
import { COVER_VERT, makeDrawCall } from './draw-call.ts';

export interface CachedOverlay {
  /** The content changed: it is painted again, and the frame after that asked for. */
  invalidate(): void;
  /** Lays the overlay over `view`. `paint` draws it in steps into the view that it is given, on a transparent ground. */
  draw(view: View, camera: Camera, paint: Paint): void;
  destroy(): void;
}

type Paint = (view: View) => Steps<void>;

/** `move`: factor and offset (device px, y down) from a place on screen to its place in the kept picture. */
const FRAG = `
precision highp float;
uniform sampler2D overlay;
uniform vec2 extent;
uniform vec3 move;
varying vec2 at;
void main() {
  vec2 from = at * move.x + move.yz;
  if (from.x < 0. || from.y < 0. || from.x > extent.x || from.y > extent.y) discard;
  gl_FragColor = texture2D(overlay, vec2(from.x, extent.y - from.y) / extent);
}`;

type Uniforms = { overlay: Texture2D; extent: number[]; move: number[] };

interface Surface {
  readonly texture: Texture2D;
  readonly target: Framebuffer2D;
  width: number;
  height: number;
  placement: Placement | null;
}

function makeSurface(regl: Regl): Surface {
  const texture = regl.texture({ width: 1, height: 1, min: 'nearest', mag: 'nearest' });
  return { texture, target: regl.framebuffer({ color: texture, depthStencil: false }), width: 1, height: 1, placement: null };
}

const FIRST_STEPS = 1;

interface Sight {
  readonly key: string;
  readonly view: View;
  readonly placement: Placement;
  readonly paint: Paint;
}

/** `redraw` asks for a frame; it is called when there is something new to lay. */
export function createCachedOverlay(gl: Gl, redraw: () => void, host?: PaceHost): CachedOverlay {
  let stale = true;
  let sight: Sight | null = null;
  let painting: Steps<void> | null = null;
  /** Steps of the painting under way, and of the last one that was completed. */
  let taken = 0;
  let usual = Number.POSITIVE_INFINITY;
  const held = gl.keep(
    (regl) => {
      stale = true;
      painting = null;
      const uniforms = ['overlay', 'extent', 'move'] as const;
      return {
        /** On screen, and the one that is being painted. */
        surfaces: [makeSurface(regl), makeSurface(regl)] as [Surface, Surface],
        lay: makeDrawCall<Uniforms>(regl, { vert: COVER_VERT, frag: FRAG, shape: 'cover', uniforms }),
      };
    },
    ({ surfaces }) => {
      for (const { target, texture } of surfaces) {
        target.destroy();
        texture.destroy();
      }
    },
  );

  const begin = ({ view, placement, paint }: Sight) => {
    const { regl } = gl;
    const surface = held.current?.surfaces[1];
    if (!regl || !surface) return;
    const { width, height } = viewportOf(view);
    if (surface.width !== width || surface.height !== height) surface.target.resize(width, height);
    Object.assign(surface, { width, height, placement });
    regl({ framebuffer: surface.target })(() => regl.clear({ color: [0, 0, 0, 0] }));
    const { box, pixelRatio } = view;
    painting = paint({ box: { x: 0, y: 0, width: box.width, height: box.height }, pixelRatio, targetHeight: height });
    taken = 0;
    stale = false;
  };

  /** Takes up to `steps` of the painting. */
  const advance = (steps: number): { taken: number; isDone: boolean } => {
    const { regl } = gl;
    const surfaces = held.current?.surfaces;
    // A context that was lost begins anew with the next frame.
    if (!regl || !surfaces || !painting) return { taken: 0, isDone: true };
    const work = painting;
    let isDone = false;
    let step = 0;
    regl({ framebuffer: surfaces[1].target })(() => {
      for (; step < steps && !isDone; step++) isDone = work.next().done === true;
    });
    taken += step;
    if (isDone) {
      painting = null;
      usual = taken;
      surfaces.reverse();
    }
    return { taken: step, isDone };
  };

  const paced = createPaced(
    {
      least: FIRST_STEPS,
      advance: (steps) => {
        if (sight && (stale || !painting)) begin(sight);
        return advance(steps);
      },
      settle: () => {
        const framebuffer = held.current?.surfaces[1].target;
        if (framebuffer) gl.regl?.read({ x: 0, y: 0, width: 1, height: 1, framebuffer });
      },
      onDone: redraw,
    },
    host,
  );

  return {
    invalidate: () => {
      stale = true;
      if (sight && usual > paced.inFrame()) paced.start();
      else redraw();
    },
    draw: (view, camera, paint) => {
      const { regl } = gl;
      const box = viewportOf(view);
      if (!held.current || !regl || box.width <= 0 || box.height <= 0) return;
      const { surfaces, lay } = held.current;
      const placement = placementOf(camera, view);
      const key = [box.width, box.height, view.pixelRatio, placement.scale, placement.left, placement.top].join();
      if (stale || key !== sight?.key) {
        sight = { key, view, placement, paint };
        begin(sight);
        if (advance(paced.inFrame()).isDone) paced.stop();
        else paced.start();
      }
      const [front] = surfaces;
      if (front.placement) {
        const factor = front.placement.scale / placement.scale;
        const move = [factor, front.placement.left - placement.left * factor, front.placement.top - placement.top * factor];
        lay({ overlay: front.texture, extent: [front.width, front.height], move }, box);
      }
    },
    destroy: () => {
      paced.stop();
      held.release();
    },
  };
}
