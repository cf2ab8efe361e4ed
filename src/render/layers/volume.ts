// Draws a small volume in 3-D: rays through a 2-D atlas of its slices, into pictures of its own that are drawn again only when something
// changed, so that scrubbing through slices costs nothing here: a coarse one at once, a fine one band by band between frames. Arrays are [z, y, x] bytes.
import type { Regl, Texture2D } from 'regl';
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
  /** Where the slices that cut the volume lie, shares 0…1 of x, y, z; null: none are seen. */
  readonly slices: readonly [number, number, number] | null;
}

export interface VolumeLayer {
  setAtlas(atlas: Atlas): void;
  /**
   * Draws the coarse picture anew where the look, the atlas or the size changed, and `rows` more of the fine one (device px); shows
   * the fine one when it is whole. True when it is.
   */
  draw(view: View, look: VolumeLook, rows?: number): boolean;
  /** Draws `rows` more of the fine picture of what was drawn last, and none of it on screen; false once it is whole. */
  refine(rows: number): boolean;
  /** Waits until all of it is drawn. */
  settle(): void;
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
  'whole',
  'band',
  'slices',
  'sliced',
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

/** The coarse picture has so much of the screen's resolution, and of the steps along a ray. */
const COARSE = { size: 0.34, steps: 0.6 } as const;
const FINE = { size: 1, steps: 1.2 } as const;
const MOST_STEPS = 600;

/** A picture that can be drawn into and read as a texture. */
function pictureOf(regl: Regl) {
  const screen = regl.texture({ width: 1, height: 1, min: 'linear', mag: 'linear' });
  const frame = regl.framebuffer({ color: screen, depthStencil: false });
  return { screen, frame, size: { width: 1, height: 1 } };
}
type DrawnPicture = ReturnType<typeof pictureOf>;

function build(regl: Regl) {
  return {
    grey: regl.texture(1),
    labels: regl.texture(1),
    palette: regl.texture(1),
    colours: regl.texture(1),
    coarse: pictureOf(regl),
    fine: pictureOf(regl),
    rays: makeDrawCall<Rays>(regl, { vert: COVER_VERT, frag: VOLUME_FRAG, shape: 'cover', uniforms: RAYS }),
    blit: makeDrawCall<{ picture: Texture2D }>(regl, {
      vert: COVER_VERT,
      frag: BLIT_FRAG,
      shape: 'cover',
      uniforms: ['picture'],
    }),
    /** The atlas that is in the textures, what the pictures are of, and how many rows of the fine one there are. */
    filled: -1,
    drawn: '',
    rows: 0,
  };
}
type Built = ReturnType<typeof build>;

function fill(on: Built, { shape, grey, labels }: Atlas): void {
  const tiles = tilesFor(shape);
  const size = {
    width: tiles.across * shape[2],
    height: tiles.down * shape[1],
    format: 'luminance' as const,
    type: 'uint8' as const,
  };
  if (grey) on.grey({ ...size, data: arrange(grey, shape, tiles), min: 'linear', mag: 'linear' });
  if (labels) on.labels({ ...size, data: arrange(labels, shape, tiles), min: 'nearest', mag: 'nearest' });
}

/** Draws the rows [from, to) of a picture, counted from its top. */
function drawRows(
  on: Built,
  { frame, size }: DrawnPicture,
  { shape, extent, grey }: Atlas,
  { mode, look, turn, slices }: VolumeLook,
  { from, to, steps }: { readonly from: number; readonly to: number; readonly steps: number },
): void {
  const longest = Math.max(...extent);
  const [ez, ey, ex] = extent.map((edge) => edge / longest) as [number, number, number];
  const matrix = turnMatrix(turn);
  const tiles = tilesFor(shape);
  const box = { x: 0, y: size.height - to, width: size.width, height: to - from };
  frame.use(() =>
    on.rays(
      {
        grey: on.grey,
        labels: on.labels,
        palette: on.palette,
        colours: on.colours,
        size: [shape[2], shape[1], shape[0]],
        extent: [ex, ey, ez],
        tiles: [tiles.across, tiles.down, 1],
        backward: matrix.slice(6),
        turn: matrix,
        limits: [look.low / 255, look.high / 255],
        zoom: turn.zoom,
        mode: VOLUME_MODES.indexOf(mode),
        steps: Math.min(MOST_STEPS, Math.hypot(...shape) * steps),
        gamma: look.gamma,
        whole: [size.width, size.height],
        band: from,
        slices: [...(slices ?? [0, 0, 0])],
        sliced: slices && grey ? 1 : 0,
      },
      box,
    ),
  );
}

function begin(regl: Regl, picture: DrawnPicture, box: { readonly width: number; readonly height: number }, share: number) {
  const size = { width: Math.max(1, Math.round(box.width * share)), height: Math.max(1, Math.round(box.height * share)) };
  if (size.width !== picture.size.width || size.height !== picture.size.height) picture.frame.resize(size.width, size.height);
  picture.size = size;
  picture.frame.use(() => regl.clear({ color: [0, 0, 0, 0] }));
}

export function createVolumeLayer(gl: Gl): VolumeLayer {
  let atlas: Atlas | null = null;
  let version = 0;
  let last: { readonly wanted: VolumeLook; readonly box: { readonly width: number; readonly height: number } } | null = null;
  const held = gl.keep(build, ({ grey, labels, palette, colours, coarse, fine }) => {
    for (const one of [grey, labels, palette, colours, coarse.frame, coarse.screen, fine.frame, fine.screen]) one.destroy();
  });
  const refine = (rows: number): boolean => {
    const { regl } = gl;
    const on = held.current;
    if (!regl || !on || !atlas || !last) return false;
    const { wanted, box } = last;
    if (rows > 0 && on.rows < box.height) {
      if (on.rows === 0) begin(regl, on.fine, box, FINE.size);
      const to = Math.min(box.height, on.rows + rows);
      drawRows(on, on.fine, atlas, wanted, { from: on.rows, to, steps: FINE.steps });
      on.rows = to;
    }
    return on.rows < box.height;
  };
  return {
    setAtlas: (next) => {
      atlas = next;
      version++;
    },
    draw: (view, wanted, rows = Number.POSITIVE_INFINITY) => {
      const { regl } = gl;
      const on = held.current;
      if (!on || !atlas || !regl) return true;
      const { mode, look, palette, turn, slices } = wanted;
      const box = viewportOf(view);
      const key = JSON.stringify([
        version,
        mode,
        look,
        turn,
        slices,
        box.width,
        box.height,
        Array.from(palette.subarray(0, 64 * 4)),
      ]);
      if (key !== on.drawn) {
        if (on.filled !== version) fill(on, atlas);
        const nearest = { width: 256, height: 1, type: 'uint8' as const, min: 'nearest' as const, mag: 'nearest' as const };
        on.palette({ ...nearest, format: 'rgba', data: palette });
        on.colours({ ...nearest, format: 'rgb', data: colormapTable(look.map) });
        Object.assign(on, { filled: version, drawn: key, rows: 0 });
        if (rows < box.height) {
          begin(regl, on.coarse, box, COARSE.size);
          drawRows(on, on.coarse, atlas, wanted, { from: 0, to: on.coarse.size.height, steps: COARSE.steps });
        }
      }
      last = { wanted, box };
      const isWhole = !refine(rows);
      on.blit({ picture: isWhole ? on.fine.screen : on.coarse.screen }, box);
      return isWhole;
    },
    refine,
    settle: () => {
      const { regl } = gl;
      const on = held.current;
      if (regl && on) regl.read({ x: 0, y: 0, width: 1, height: 1, framebuffer: on.fine.frame });
    },
    destroy: () => held.release(),
  };
}
