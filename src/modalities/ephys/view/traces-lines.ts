// The lines of the traces as blocks of points, for the graphics card and for SVG: what each strip gives of the shown lanes, and over
// it the spikes of the selected units in their colours.
import type { LinePlacement } from '../../../render/layers/channel-lines.ts';
import { colourIndex } from './series-colours.ts';
import type { EphysState } from './store.ts';
import type { HeldStrip } from './strips.ts';
import { type Marks, type Piece, pitchOf } from './trace-pieces.ts';
import { type Lane, levelsOf, linePoints, type SpikeMark, spikePoints } from './trace-points.ts';
import { GUTTER, type Pane, type TimeMap, xOf } from './traces-layout.ts';

/** Spikes that are drawn in colour at most; beyond, the window is too wide to tell them apart. */
const MOST_SPIKES = 1500;
const SPIKE_BEFORE_S = 0.0005;
const SPIKE_AFTER_S = 0.001;
/** How many rows around its electrode a spike colours, to each side. */
const SPIKE_REACH = 5;

export interface LineBlock {
  /** The same for the same points. */
  readonly key: string;
  /** CSS px within which it is seen; `placement` counts from the left one and from the pane's top. */
  readonly left: number;
  readonly right: number;
  readonly placement: LinePlacement;
  /** (sample, value, lane, colour) a point; a value that is no number, and another lane, begin a new line. */
  readonly points: () => Float32Array<ArrayBuffer>;
  readonly width: number;
  readonly alpha: number;
}

export interface LineScene {
  readonly state: EphysState;
  readonly lanes: readonly Lane[];
  readonly time: TimeMap;
  readonly rate: number;
  readonly marks: Marks;
  /** Whether each lane is drawn about its own mean. */
  readonly centred: boolean;
}

export function lineBlocks(pane: Pane, piece: Piece, { state, lanes, time, rate, marks, centred }: LineScene): LineBlock[] {
  const { key, strip } = piece.held;
  const left = Math.max(GUTTER, xOf(time, piece.from));
  const right = Math.min(time.width, xOf(time, piece.to));
  if (right <= left || lanes.length === 0) return [];
  const pitch = pane.height / lanes.length;
  const placement = {
    pxPerSample: (time.width - GUTTER) / state.span,
    originX: xOf(time, strip.from) - left,
    firstY: pitch / 2,
    pitch,
    gain: (pitch / pitchOf(state)) * state.gain,
  };
  const lineKey = `${key}|${lanes.map(({ electrode, colour }) => `${electrode}.${colour}`).join(' ')}|${centred}`;
  const levels = () => levelsOf(strip, lanes, centred);
  const all: LineBlock = {
    key: lineKey,
    left,
    right,
    placement,
    points: () => linePoints(strip, lanes, levels()),
    width: 1,
    alpha: strip.step > 1 ? 0.62 : 0.8,
  };
  const spikes = state.spikesShown ? spikeMarks(strip, lanes, state, marks) : [];
  if (spikes.length === 0) return [all];
  return [
    all,
    {
      ...all,
      key: `${lineKey}|spikes ${spikes.map(({ frame, colour }) => `${frame}.${colour}`).join(' ')}`,
      points: () => spikePoints(strip, lanes, levels(), spikes, SPIKE_BEFORE_S * rate, SPIKE_AFTER_S * rate),
      width: 1.4,
      alpha: 1,
    },
  ];
}

function spikeMarks(
  { from, step, columns }: HeldStrip['strip'],
  lanes: readonly Lane[],
  state: EphysState,
  marks: Marks,
): SpikeMark[] {
  const found: SpikeMark[] = [];
  const end = Math.min(from + step * columns, state.from + state.span);
  for (const { place, frames, electrode } of marks.units(Math.max(from, state.from), end)) {
    const at = lanes.findIndex((lane) => lane.electrode === electrode);
    if (at < 0) continue;
    const near = lanes.map((_, i) => i).slice(Math.max(0, at - SPIKE_REACH), at + SPIKE_REACH + 1);
    for (let i = 0; i < frames.length; i++) {
      if (found.length === MOST_SPIKES) return [];
      found.push({ frame: frames[i]!, colour: colourIndex(place), lanes: near });
    }
  }
  return found;
}
