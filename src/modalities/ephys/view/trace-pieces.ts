// What the picture of the traces is put together from: which strip is drawn over which stretch of the window, what lies on the traces,
// and what a point of them says.
import { getOrMake } from '../../../base/get-or-make.ts';
import type { CodedPlane } from '../../../render/quantise.ts';
import { stepsOn } from '../shared/chain.ts';
import type { EphysState } from './store.ts';
import type { HeldStrip, Picked } from './strips.ts';
import type { TickMark } from './traces-overlay.ts';

export interface UnitSpikes {
  /** Place among the selected units. */
  readonly place: number;
  readonly frames: ArrayLike<number>;
  readonly electrode: number | null;
}

/** What lies on the traces, asked for with each drawing. */
export interface Marks {
  units(from: number, to: number): readonly UnitSpikes[];
  ticks(from: number, to: number): readonly TickMark[];
}

export interface UnderCursor {
  /** s. */
  readonly time: number;
  readonly electrode: number;
  /** µV, or what the chain makes of it; null where nothing is read yet. */
  readonly value: number | null;
}

const ranges = new WeakMap<CodedPlane, number>();

/** Raw samples swing as far as they like: the range in which nearly all of them lie. */
export function rangeOf(plane: CodedPlane | undefined): number {
  if (!plane) return 1;
  return getOrMake(ranges, plane, () => {
    const every = Math.max(1, Math.floor(plane.data.length / 20_000));
    const sizes = Float32Array.from({ length: Math.floor(plane.data.length / every) }, (_, i) =>
      Math.abs(plane.data[i * every]!),
    ).sort();
    return (sizes[Math.floor(0.98 * (sizes.length - 1))] || 1) * plane.scale;
  });
}

/** A stretch of the window and the strip that is drawn there. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly held: HeldStrip;
}

/** The fitting strips, and in the gaps between them what there is of other levels. */
export function piecesOf({ fitting, others }: Picked, { from, span }: Pick<EphysState, 'from' | 'span'>): Piece[] {
  const end = from + span;
  const pieces: Piece[] = [];
  let at = from;
  const fill = (to: number) => {
    if (to <= at) return;
    const held =
      others.findLast(({ strip }) => strip.from <= at && strip.from + strip.columns * strip.step >= to) ?? others.at(-1);
    if (held) pieces.push({ from: at, to, held });
  };
  for (const held of fitting) {
    const { strip } = held;
    const stop = Math.min(end, strip.from + strip.columns * strip.step);
    if (stop <= at) continue;
    fill(Math.min(end, strip.from));
    pieces.push({ from: Math.max(at, strip.from), to: stop, held });
    at = stop;
  }
  fill(end);
  return pieces;
}

/** The value of an electrode at a frame; null outside the strip and where it is missing. */
export function valueAt({ from, step, columns, low, high }: HeldStrip['strip'], electrode: number, frame: number): number | null {
  const column = Math.floor((frame - from) / step);
  if (column < 0 || column >= columns) return null;
  const [down, up] = [low[electrode * columns + column]!, high[electrode * columns + column]!];
  const value = Math.abs(down) > Math.abs(up) ? down : up;
  return Number.isNaN(value) ? null : value;
}

/** µV that fill the distance between two lines at gain 1, and standard deviations where they are whitened. */
const PITCH_UV = 100;
const PITCH_WHITE = 12;

const isWhite = ({ chain, side }: Pick<EphysState, 'chain' | 'side'>) => side !== 'raw' && stepsOn(chain).includes('whitening');

export function pitchOf(state: Pick<EphysState, 'chain' | 'side'>): number {
  return isWhite(state) ? PITCH_WHITE : PITCH_UV;
}

export function unitOf(state: Pick<EphysState, 'chain' | 'side'>, unit: string): string {
  return isWhite(state) ? 'σ' : unit;
}
