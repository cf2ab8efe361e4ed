// The picture of the traces: one canvas, a strip for each lane, grid lines and one playhead through all. It follows the player
// by itself and renders no React. Time runs in frames along x.
import { mark } from '../../../base/marks.ts';
import { type CanvasSize, observeCanvasSize } from '../../../render/canvas-size.ts';
import { parseColour, type Rgb } from '../../../render/colour.ts';
import { createGl, type Gl } from '../../../render/context.ts';
import { createFrameLoop, type FrameLoop } from '../../../render/frame-loop.ts';
import { createTraceLayer, type Lane, type TraceLayer, type TraceSeries } from '../../../render/layers/trace.ts';
import type { View } from '../../../render/view.ts';
import { token } from '../../../ui/css-vars.ts';
import type { LaneCurves } from './lane-curves.ts';
import type { ValueRange } from './lane-scale.ts';
import type { Player } from './player.ts';
import { type TimeRange, xOfFrame } from './time-range.ts';

export interface LanePicture {
  readonly curves: LaneCurves;
  readonly range: ValueRange;
}

/** A strip is one lane, or empty. */
export type Strip = LanePicture | null;

interface Listeners {
  readonly onWidth: (width: number) => void;
  /** Where the playhead is, CSS px; told with every drawing. */
  readonly onPlayhead: (frame: number, x: number) => void;
  /** The player has moved to another frame. */
  readonly onFrame: (frame: number) => void;
}

export const MAX_STRIPS = 2;
const FOOT_PX = 8;
const TICK_PX = 5;

export class TracesPicture {
  private readonly gl: Gl;
  private readonly loop: FrameLoop;
  private readonly listeners: Listeners;
  private readonly grid: TraceLayer;
  /** A layer for each strip, because a layer clips at its own box: a spike never reaches into the lane above. */
  private readonly layers: readonly TraceLayer[];
  private readonly stops: (() => void)[] = [];
  private size: CanvasSize | undefined;
  private strips: readonly Strip[] = [];
  private headroom = 0;
  private range: TimeRange = { from: 0, to: 1 };
  private ticks: readonly number[] = [];
  private frame: number;
  private colours = readColours();
  private mark = false;

  constructor(canvas: HTMLCanvasElement, player: Player, frame: number, listeners: Listeners) {
    this.listeners = listeners;
    this.frame = frame;
    this.gl = createGl(canvas);
    this.grid = createTraceLayer(this.gl);
    this.layers = Array.from({ length: MAX_STRIPS }, () => createTraceLayer(this.gl));
    this.loop = createFrameLoop(() => this.draw());
    const theme = new MutationObserver(() => {
      this.colours = readColours();
      this.place();
    });
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    this.stops.push(
      () => theme.disconnect(),
      observeCanvasSize(canvas, (size) => this.resize(size)),
      this.gl.onLost((lost) => lost || this.place()),
      player.subscribe((shown) => this.follow(shown.frame)),
    );
  }

  /** What the strips show, from the top; `headroom` CSS px stay free at the head of each. `fresh`: the answer to a selection. */
  show(strips: readonly Strip[], headroom: number, fresh: boolean): void {
    this.strips = strips.slice(0, MAX_STRIPS);
    this.headroom = headroom;
    this.mark ||= fresh;
    this.place();
  }

  setTime(range: TimeRange, ticks: readonly number[]): void {
    this.range = range;
    this.ticks = ticks;
    this.place();
  }

  destroy(): void {
    for (const stop of this.stops) stop();
    this.loop.destroy();
    this.gl.destroy();
  }

  private resize(size: CanvasSize): void {
    this.size = size;
    this.gl.resize(size.deviceWidth, size.deviceHeight);
    this.listeners.onWidth(size.width);
    this.place();
    // A canvas that was resized is empty: it must not reach the screen before it is drawn.
    this.draw();
  }

  private follow(frame: number): void {
    const moved = frame !== this.frame;
    this.frame = frame;
    if (moved) this.listeners.onFrame(frame);
    this.loop.invalidate();
  }

  private stripHeight(): number {
    return this.size ? this.size.height / Math.max(1, this.strips.length) : 0;
  }

  /** Hands the layers what they draw: after new strips, sizes, colours or grid lines. */
  private place(): void {
    if (!this.size) return;
    const { line, trace, companion, event } = this.colours;
    const height = this.stripHeight();
    const whole: Lane = { top: 0, height: this.size.height, low: 0, high: 1 };
    this.grid.setEvents([{ times: this.ticks, lane: whole, colour: line, length: this.size.height }]);
    this.layers.forEach((layer, i) => {
      const strip = this.strips[i];
      layer.setSeries(strip ? seriesOf(strip, this.laneOf(strip, height), trace, companion) : []);
      const times = strip?.curves.eventFrames;
      const foot: Lane = { top: 0, height: height - 2, low: 0, high: 1 };
      layer.setEvents(times ? [{ times, lane: foot, colour: event, length: TICK_PX }] : []);
    });
    this.loop.invalidate();
  }

  private laneOf({ range }: LanePicture, height: number): Lane {
    return { top: this.headroom, height: Math.max(1, height - this.headroom - FOOT_PX), ...range };
  }

  private draw(): void {
    const { size, range } = this;
    if (!size || !this.gl.regl) return;
    const { from, to } = range;
    const height = this.stripHeight();
    const target = { pixelRatio: size.pixelRatio, targetHeight: size.deviceHeight };
    const view = (y: number, tall: number): View => ({ box: { x: 0, y, width: size.width, height: tall }, ...target });
    this.gl.clear(this.colours.plot);
    this.grid.draw(view(0, size.height), from, to);
    const count = Math.max(1, this.strips.length);
    for (let i = 0; i < count; i++) {
      const layer = this.layers[i]!;
      layer.setPlayhead({ time: this.frame, colour: this.colours.playhead });
      layer.draw(view(i * height, height), from, to);
    }
    this.listeners.onPlayhead(this.frame, xOfFrame(range, this.frame, size.width));
    if (this.mark && this.strips.some(Boolean)) {
      this.mark = false;
      mark('trace-shown');
    }
  }
}

function seriesOf({ curves }: LanePicture, lane: Lane, trace: Rgb, companion: Rgb): TraceSeries[] {
  const { main, neuropil, step, start } = curves;
  const common = { step, start, lane };
  const beside = neuropil ? [{ ...common, values: neuropil, colour: companion, width: 1, dashed: true }] : [];
  return [...beside, { ...common, values: main, colour: trace, width: 1.25, dashed: false }];
}

function readColours() {
  const colour = (name: `--${string}`): Rgb => parseColour(token(name));
  return {
    plot: colour('--plot'),
    line: colour('--line'),
    trace: colour('--trace'),
    companion: colour('--trace-2'),
    event: colour('--text-2'),
    playhead: colour('--text'),
  };
}
