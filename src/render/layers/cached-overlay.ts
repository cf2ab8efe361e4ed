// Keeps what lies over a movie in an off-screen picture and lays that over each frame: outlines cost a hundred times more than
// a frame where there is no graphics card, and they change seldom. A new picture is drawn a few steps a frame; until it is
// complete the one before is shown, moved along with the camera.
import type { Framebuffer2D, Regl, Texture2D } from 'regl';
import type { Steps } from '../../base/steps.ts';
import { type Camera, type Placement, placementOf } from '../camera.ts';
import type { Gl } from '../context.ts';
import type { View } from '../view.ts';
import { viewportOf } from '../view.ts';
import { COVER_VERT, makeDrawCall } from './draw-call.ts';

export interface CachedOverlay {
  /** The content changed: it is painted again at the next draw. */
  invalidate(): void;
  /** Lays the overlay over `view`. `paint` draws it in steps into the view that it is given, on a transparent ground. Returns
   *  false while steps are left for the next frames. */
  draw(view: View, camera: Camera, paint: (view: View) => Steps<void>): boolean;
  destroy(): void;
}

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

/** A frame shorter than the first leaves room for more steps, one longer than the second took too many; ms. */
const FAST = 30;
const SLOW = 60;
const MOST_STEPS = 4096;

export function createCachedOverlay(gl: Gl, now: () => number = () => performance.now()): CachedOverlay {
  let stale = true;
  let painting: Steps<void> | null = null;
  let key = '';
  let steps = 2;
  let painted = Number.NaN;
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

  /** How many steps a frame bears is learned from how long the frames with steps took. */
  const learn = () => {
    const took = now() - painted;
    if (took < FAST) steps = Math.min(MOST_STEPS, steps * 2);
    else if (took > SLOW && took < 10 * SLOW) steps = Math.max(1, steps >> 1);
    painted = Number.NaN;
  };

  const begin = (regl: Regl, surface: Surface, view: View, placement: Placement, paint: (view: View) => Steps<void>) => {
    const { width, height } = viewportOf(view);
    if (surface.width !== width || surface.height !== height) surface.target.resize(width, height);
    Object.assign(surface, { width, height, placement });
    regl({ framebuffer: surface.target })(() => regl.clear({ color: [0, 0, 0, 0] }));
    const { box, pixelRatio } = view;
    painting = paint({ box: { x: 0, y: 0, width: box.width, height: box.height }, pixelRatio, targetHeight: height });
  };

  return {
    invalidate: () => {
      stale = true;
    },
    draw: (view, camera, paint) => {
      const { regl } = gl;
      const box = viewportOf(view);
      if (!held.current || !regl || box.width <= 0 || box.height <= 0) return true;
      const { surfaces, lay } = held.current;
      const placement = placementOf(camera, view);
      const wanted = [box.width, box.height, view.pixelRatio, placement.scale, placement.left, placement.top].join();
      if (!Number.isNaN(painted)) learn();
      if (stale || wanted !== key) begin(regl, surfaces[1], view, placement, paint);
      stale = false;
      key = wanted;
      if (painting) {
        painted = now();
        const work = painting;
        let done = false;
        regl({ framebuffer: surfaces[1].target })(() => {
          for (let step = 0; step < steps && !done; step++) done = work.next().done === true;
        });
        if (done) {
          painting = null;
          surfaces.reverse();
        }
      }
      const [front] = surfaces;
      if (front.placement) {
        const factor = front.placement.scale / placement.scale;
        const move = [factor, front.placement.left - placement.left * factor, front.placement.top - placement.top * factor];
        lay({ overlay: front.texture, extent: [front.width, front.height], move }, box);
      }
      return painting === null;
    },
    destroy: () => held.release(),
  };
}
