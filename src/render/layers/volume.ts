// Draws a small volume in 3-D: rays through a 2-D atlas of its slices, into a picture of its own that is drawn again only when
// something changed, so that scrubbing through slices costs nothing here. Arrays are [z, y, x] bytes.
import type { Texture2D } from 'regl';
import { colormapTable, type Look } from '../colormap.ts';
import type { Gl } from '../context.ts';
import type { View } from '../view.ts';
import { viewportOf } from '../view.ts';
import { COVER_VERT, makeDrawCall } from './draw-call.ts';
import { BLIT_FRAG, VOLUME_FRAG } from './volume-shader.ts';

export interface Atlas {
  /** Voxels: z, y, x. */
  readonly shape: readonly [number, number, number];
  /** Edges in any unit, for the proportions: z, y, x. */
  readonly extent: readonly [number, number, number];
  /** Grey values as bytes; null where there is no image. */
  readonly grey: Uint8Array<ArrayBuffer> | null;
  readonly labels: Uint8Array<ArrayBuffer> | null;
}

export const VOLUME_MODES = ['maximum', 'surfaces', 'cloud'] as const;
export type VolumeMode = (typeof VOLUME_MODES)[number];

export interface Turn {
  /** Radians about the vertical axis, then about the horizontal one. */
  readonly yaw: number;
  readonly pitch: number;
  /** The longest edge of the box as a share of the view's shorter side. */
  readonly zoom: number;
}

export interface VolumeLook {
  readonly mode: VolumeMode;
  /** Limits as bytes of the atlas. */
  readonly look: Look;
  /** 256 × RGBA; alpha 0 hides the class. */
  readonly palette: Uint8Array<ArrayBuffer>;
  readonly turn: Turn;
  /** Share of the screen's resolution that is drawn, 0…1. */
  readonly quality: number;
}

export interface VolumeLayer {
  setAtlas(atlas: Atlas): void;
  /** Draws the rays anew where the look, the atlas or the size changed, then shows the picture. */
  draw(view: View, look: VolumeLook): void;
  destroy(): void;
}

/** Columns (x axis in the world), row by row: world = turn × screen. */
export function turnMatrix({ yaw, pitch }: Turn): number[] {
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  // Screen axes in world coordinates: right, down, away.
  const right = [cy, 0, sy];
  const down = [sy * sp, cp, -cy * sp];
  const away = [-sy * cp, sp, cy * cp];
  return [...right, ...down, ...away];
}

/** Where a point of the box (shares 0…1 of x, y, z) lies in the view, in CSS px, and how far away. */
export function projectPoint(
  at: readonly [number, number, number],
  extent: readonly [number, number, number],
  turn: Turn,
  box: { readonly width: number; readonly height: number },
): { x: number; y: number; depth: number } {
  const longest = Math.max(...extent);
  const [ez, ey, ex] = extent.map((edge) => edge / longest) as [number, number, number];
  const world = [(at[0] - 0.5) * ex, (at[1] - 0.5) * ey, (at[2] - 0.5) * ez] as const;
  const m = turnMatrix(turn);
  const dot = (i: number) => m[i]! * world[0] + m[i + 1]! * world[1] + m[i + 2]! * world[2];
  const scale = Math.min(box.width, box.height) * turn.zoom;
  return { x: box.width / 2 + dot(0) * scale, y: box.height / 2 + dot(3) * scale, depth: dot(6) };
}

const RAYS = [
  'grey',
  'labels',
  'palette',
  'colours',
  'size',
  'extent',
  'tiles',
  'backward',
  'turn',
  'limits',
  'zoom',
  'mode',
  'steps',
  'gamma',
] as const;
type Rays = Record<(typeof RAYS)[number], Texture2D | number[] | number>;

interface Tiles {
  readonly across: number;
  readonly down: number;
}

/** A nearly square arrangement. */
export function tilesFor([depth, height, width]: readonly [number, number, number]): Tiles {
  const across = Math.max(1, Math.min(depth, Math.round(Math.sqrt((depth * height) / width))));
  return { across, down: Math.ceil(depth / across) };
}

function arrange(data: Uint8Array, [depth, height, width]: Atlas['shape'], { across, down }: Tiles): Uint8Array<ArrayBuffer> {
  const stride = across * width;
  const out = new Uint8Array(stride * down * height);
  for (let z = 0; z < depth; z++) {
    const start = Math.floor(z / across) * height * stride + (z % across) * width;
    for (let y = 0; y < height; y++)
      out.set(data.subarray((z * height + y) * width, (z * height + y + 1) * width), start + y * stride);
  }
  return out;
}

/** A picture that can be drawn into and read as a texture. */
function pictureOf<T, F>(screen: T, frame: (color: T) => F): { screen: T; picture: F } {
  return { screen, picture: frame(screen) };
}

export function createVolumeLayer(gl: Gl): VolumeLayer {
  let atlas: Atlas | null = null;
  let drawn = '';
  let version = 0;
  const held = gl.keep(
    (regl) => ({
      grey: regl.texture(1),
      labels: regl.texture(1),
      palette: regl.texture(1),
      colours: regl.texture(1),
      ...pictureOf(regl.texture({ width: 1, height: 1, min: 'linear', mag: 'linear' }), (color) =>
        regl.framebuffer({ color, depthStencil: false }),
      ),
      rays: makeDrawCall<Rays>(regl, { vert: COVER_VERT, frag: VOLUME_FRAG, shape: 'cover', uniforms: RAYS }),
      blit: makeDrawCall<{ picture: Texture2D }>(regl, {
        vert: COVER_VERT,
        frag: BLIT_FRAG,
        shape: 'cover',
        uniforms: ['picture'],
      }),
      filled: '',
      size: '',
    }),
    ({ grey, labels, palette, colours, screen, picture }) => {
      for (const one of [grey, labels, palette, colours, screen, picture]) one.destroy();
    },
  );

  const fill = (next: Atlas) => {
    const on = held.current;
    if (!on) return;
    const { shape } = next;
    const tiles = tilesFor(shape);
    const size = {
      width: tiles.across * shape[2],
      height: tiles.down * shape[1],
      format: 'luminance' as const,
      type: 'uint8' as const,
    };
    if (next.grey) on.grey({ ...size, data: arrange(next.grey, shape, tiles), min: 'linear', mag: 'linear' });
    if (next.labels) on.labels({ ...size, data: arrange(next.labels, shape, tiles), min: 'nearest', mag: 'nearest' });
  };

  return {
    setAtlas: (next) => {
      atlas = next;
      version++;
      drawn = '';
      if (held.current) held.current.filled = '';
    },
    draw: (view, { mode, look, palette, turn, quality }) => {
      const { regl } = gl;
      if (!held.current || !atlas || !regl) return;
      const on = held.current;
      if (on.filled !== String(version)) {
        fill(atlas);
        on.filled = String(version);
        drawn = '';
      }
      const box = viewportOf(view);
      const [width, height] = [Math.max(1, Math.round(box.width * quality)), Math.max(1, Math.round(box.height * quality))];
      const wanted = JSON.stringify([version, mode, look, turn, width, height, Array.from(palette.subarray(0, 64 * 4))]);
      if (wanted !== drawn) {
        drawn = wanted;
        if (on.size !== `${width} ${height}`) on.picture.resize(width, height);
        on.size = `${width} ${height}`;
        const nearest = { width: 256, height: 1, type: 'uint8' as const, min: 'nearest' as const, mag: 'nearest' as const };
        on.palette({ ...nearest, format: 'rgba', data: palette });
        on.colours({ ...nearest, format: 'rgb', data: colormapTable(look.map) });
        const { shape, extent } = atlas;
        const longest = Math.max(...extent);
        const [ez, ey, ex] = extent.map((edge) => edge / longest) as [number, number, number];
        const m = turnMatrix(turn);
        const tiles = tilesFor(shape);
        regl({ framebuffer: on.picture })(() => {
          regl.clear({ color: [0, 0, 0, 0] });
          on.rays(
            {
              grey: on.grey,
              labels: on.labels,
              palette: on.palette,
              colours: on.colours,
              size: [shape[2], shape[1], shape[0]],
              extent: [ex, ey, ez],
              tiles: [tiles.across, tiles.down, 1],
              backward: m.slice(6),
              turn: m,
              limits: [look.low / 255, look.high / 255],
              zoom: turn.zoom,
              mode: VOLUME_MODES.indexOf(mode),
              steps: Math.min(600, Math.hypot(...shape) * (quality < 0.5 ? 0.6 : 1.2)),
              gamma: look.gamma,
            },
            { x: 0, y: 0, width, height },
          );
        });
      }
      on.blit({ picture: on.screen }, box);
    },
    destroy: () => held.release(),
  };
}
