// Keeps what lies over a movie in an off-screen picture and lays that over each frame: outlines cost a hundred times more than
// a frame where there is no graphics card, and they change seldom.
import type { Framebuffer2D, Texture2D } from 'regl';
import type { Gl } from '../context.ts';
import type { View } from '../view.ts';
import { viewportOf } from '../view.ts';
import { COVER_VERT, makeDrawCall } from './draw-call.ts';

export interface CachedOverlay {
  /** Camera or content changed: `paint` is called at the next draw. */
  invalidate(): void;
  /** Lays the overlay over `view`; `paint` draws it into the view that it is given, on a transparent ground. */
  draw(view: View, paint: (view: View) => void): void;
  destroy(): void;
}

const FRAG = `
precision highp float;
uniform sampler2D overlay;
uniform vec2 extent;
varying vec2 at;
void main() {
  gl_FragColor = texture2D(overlay, vec2(at.x, extent.y - at.y) / extent);
}`;

type Uniforms = { overlay: Texture2D; extent: number[] };

export function createCachedOverlay(gl: Gl): CachedOverlay {
  let stale = true;
  let size = { width: 1, height: 1 };
  const held = gl.keep(
    (regl) => {
      stale = true;
      size = { width: 1, height: 1 };
      const texture = regl.texture({ width: 1, height: 1, min: 'nearest', mag: 'nearest' });
      const target: Framebuffer2D = regl.framebuffer({ color: texture, depthStencil: false });
      return {
        texture,
        target,
        lay: makeDrawCall<Uniforms>(regl, { vert: COVER_VERT, frag: FRAG, shape: 'cover', uniforms: ['overlay', 'extent'] }),
      };
    },
    ({ texture, target }) => {
      target.destroy();
      texture.destroy();
    },
  );
  return {
    invalidate: () => {
      stale = true;
    },
    draw: (view, paint) => {
      const { regl } = gl;
      if (!held.current || !regl) return;
      const { texture, target, lay } = held.current;
      const box = viewportOf(view);
      if (box.width <= 0 || box.height <= 0) return;
      if (size.width !== box.width || size.height !== box.height) {
        size = { width: box.width, height: box.height };
        target.resize(box.width, box.height);
        stale = true;
      }
      if (stale) {
        stale = false;
        const { width, height } = view.box;
        regl({ framebuffer: target })(() => {
          regl.clear({ color: [0, 0, 0, 0] });
          paint({ box: { x: 0, y: 0, width, height }, pixelRatio: view.pixelRatio, targetHeight: box.height });
        });
      }
      lay({ overlay: texture, extent: [box.width, box.height] }, box);
    },
    destroy: () => held.release(),
  };
}
