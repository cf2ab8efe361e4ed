// Which frames a clip shows, when, and how large: pure arithmetic behind the dialog and the writers. Times in ms.
import { fixed, grouped } from '../../../base/number-format.ts';
import type { PictureOptions } from './picture-png.ts';

export type ClipFormat = 'webm' | 'png';

export interface ClipOptions {
  readonly format: ClipFormat;
  /** First and last frame, both shown. */
  readonly from: number;
  readonly to: number;
  /** Every n-th frame of them. */
  readonly every: number;
  /** Times the recording rate. */
  readonly speed: number;
  readonly magnification: PictureOptions['magnification'];
  readonly overlays: boolean;
  readonly scaleBar: boolean;
  readonly timeStamp: boolean;
}

export interface ClipPlan {
  /** Frames of the movie, in order. */
  readonly frames: readonly number[];
  /** How long each is shown. */
  readonly frameMs: number;
  readonly durationMs: number;
  /** Picture px. */
  readonly width: number;
  readonly height: number;
}

interface Source {
  readonly frames: number;
  readonly height: number;
  readonly width: number;
  readonly rateHz: number;
}

export function planClip({ from, to, every, speed, magnification }: ClipOptions, movie: Source): ClipPlan {
  const first = Math.max(0, Math.min(from, to));
  const last = Math.min(movie.frames - 1, Math.max(from, to));
  const count = Math.max(0, Math.floor((last - first) / every) + 1);
  const frameMs = (1000 * every) / (movie.rateHz * speed);
  return {
    frames: Array.from({ length: count }, (_, i) => first + i * every),
    frameMs,
    durationMs: count * frameMs,
    width: movie.width * magnification,
    height: movie.height * magnification,
  };
}

/** When the i-th picture of the clip appears: rounded each for itself, so that errors do not add up. */
export function startOf({ frameMs }: ClipPlan, i: number): number {
  return Math.round(i * frameMs);
}

/** A key frame at least this often: where a player can jump to. */
const KEY_EVERY_MS = 2000;
const KEY_EVERY_FRAMES = 60;

export function isKeyFrame({ frameMs }: ClipPlan, i: number): boolean {
  const every = Math.max(1, Math.min(KEY_EVERY_FRAMES, Math.round(KEY_EVERY_MS / frameMs)));
  return i % every === 0;
}

/** Bits a pixel and frame: recordings are noise to a codec, and what is noise to it may be a cell. */
const BITS_A_PIXEL = 0.25;
const BITRATE = { min: 500_000, max: 80_000_000 };

/** Bits a second. */
export function bitrateOf({ width, height, frameMs }: ClipPlan): number {
  const wanted = (BITS_A_PIXEL * width * height * 1000) / frameMs;
  return Math.round(Math.min(BITRATE.max, Math.max(BITRATE.min, wanted)));
}

/** `300 pictures, 1,024 × 1,024 px, 28 a second, 10.7 s`. */
export function describePlan({ frames, width, height, frameMs, durationMs }: ClipPlan, format: ClipFormat): string {
  const count = frames.length === 1 ? '1 picture' : `${grouped(frames.length)} pictures`;
  const rate = 1000 / frameMs;
  const time = `, ${rate >= 10 ? grouped(rate) : fixed(rate, rate >= 1 ? 1 : 2)} a second, ${fixed(durationMs / 1000, 1)} s`;
  return `${count}, ${grouped(width)} × ${grouped(height)} px${format === 'webm' ? time : ''}`;
}

/** The stamp on each picture: `frame 907, 129.6 s`; without seconds where the rate is not known. */
export function stampOf(frame: number, rateHz: number | null): string {
  return rateHz === null ? `frame ${grouped(frame)}` : `frame ${grouped(frame)}, ${fixed(frame / rateHz, 1)} s`;
}
