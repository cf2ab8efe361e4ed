// The picture of the traces: lines and heat maps on the graphics card, names, axis and marks on a plain canvas above. It follows the
// store by itself and renders no React.

import { mark } from '../../../base/marks.ts';
import { type CanvasSize, observeCanvasSize } from '../../../render/canvas-size.ts';
import { createGl, type Gl } from '../../../render/context.ts';
import { flatten } from '../../../render/flatten.ts';
import { createFrameLoop, type FrameLoop } from '../../../render/frame-loop.ts';
import { type ChannelLines, createChannelLines } from '../../../render/layers/channel-lines.ts';
import { createHeatMap, type HeatMap } from '../../../render/layers/heat-map.ts';
import type { View } from '../../../render/view.ts';
import { type ChainSettings, RAW_CHAIN, stepsOn } from '../shared/chain.ts';
import type { EphysDataset } from './datasets.ts';
import { rowsOf } from './electrodes.ts';
import { heatPlane } from './heat-plane.ts';
import { showPicture } from './pictures.ts';
import { colourIndex, onTheme, type Palette, readPalette } from './series-colours.ts';
import type { EphysState } from './store.ts';
import { type Picked, StripSource, type Wanted } from './strips.ts';
import { type Marks, type Piece, piecesOf, pitchOf, rangeOf, type UnderCursor, unitOf, valueAt } from './trace-pieces.ts';
import { type Lane, levelsOf } from './trace-points.ts';
import { frameOf, GUTTER, type Pane, panesOf, type TimeMap, xOf } from './traces-layout.ts';
import { type LineBlock, lineBlocks } from './traces-lines.ts';
import { type Overlay, paintOverlay } from './traces-overlay.ts';
import { tracesSvg } from './traces-svg.ts';

export class TracesPicture {
  readonly loop: FrameLoop;
  private readonly dataset: EphysDataset;
  private readonly marks: Marks;
  private readonly gl: Gl;
  private readonly lines: ChannelLines;
  private readonly heat: HeatMap;
  private readonly overlay: HTMLCanvasElement;
  private readonly strips: StripSource;
  private readonly stops: (() => void)[] = [];
  readonly label = 'Traces';
  private readonly onPicked: (picked: Picked) => void;
  private size: CanvasSize | undefined;
  private palette: Palette = readPalette();
  private exact = '';
  private seen = new Set<string>();
  private hover: { x: number; y: number } | null = null;

  constructor(
    canvas: HTMLCanvasElement,
    overlay: HTMLCanvasElement,
    dataset: EphysDataset,
    marks: Marks,
    onPicked: (picked: Picked) => void,
  ) {
    this.dataset = dataset;
    this.marks = marks;
    this.overlay = overlay;
    this.onPicked = onPicked;
    this.gl = createGl(canvas);
    this.lines = createChannelLines(this.gl);
    this.heat = createHeatMap(this.gl);
    this.loop = createFrameLoop(() => this.draw());
    this.strips = new StripSource(dataset, () => this.loop.invalidate());
    this.stops.push(
      observeCanvasSize(canvas, (size) => this.resize(size)),
      this.gl.onLost((lost) => lost || this.loop.invalidate()),
      onTheme(() => {
        this.palette = readPalette();
        this.loop.invalidate();
      }),
      dataset.store.subscribe((now, before) => now !== before && this.follow()),
      showPicture(this),
    );
  }

  get time(): TimeMap {
    const { from, span } = this.dataset.store.getState();
    return { from, span, width: this.size?.width ?? GUTTER + 1 };
  }

  frameAt(x: number): number {
    return frameOf(this.time, x);
  }

  /** Reads all of the window that is on screen, where it was sampled. */
  readAll(): void {
    const { from, span } = this.dataset.store.getState();
    this.exact = `${from} ${span}`;
    this.follow();
  }

  setHover(at: { x: number; y: number } | null): void {
    this.hover = at;
    this.loop.invalidate();
  }

  under(at: { x: number; y: number }): UnderCursor | undefined {
    const { size } = this;
    if (!size || at.x < GUTTER) return undefined;
    const state = this.dataset.store.getState();
    const pane = panesOf(state, size.height).find(({ top, height }) => at.y >= top && at.y < top + height);
    const frame = this.frameAt(at.x);
    if (!pane || frame < 0 || frame >= this.dataset.frames) return undefined;
    const rows =
      pane.kind === 'lines' ? this.lanes(state).map(({ electrode }) => electrode) : rowsOf(this.dataset.electrodes, state.order);
    const electrode = rows[Math.min(rows.length - 1, Math.floor(((at.y - pane.top) / pane.height) * rows.length))];
    if (electrode === undefined) return undefined;
    const { fitting, others } = this.strips.pick(this.wanted(pane.side, state));
    const value = [...others, ...fitting]
      .reverse()
      .map(({ strip }) => valueAt(strip, electrode, frame))
      .find((one) => one !== null);
    return { time: Math.floor(frame) / this.dataset.rate, electrode, value: value ?? null };
  }

  /** The picture as it is on screen, on a canvas of its own. */
  toCanvas(): HTMLCanvasElement {
    this.draw();
    return flatten(this.gl.canvas, this.overlay);
  }

  /** The same as vectors; heat maps as a picture within. */
  toSvg(): string {
    this.draw();
    const state = this.dataset.store.getState();
    const panes = panesOf(state, this.size?.height ?? 0);
    const lanes = this.lanes(state);
    const blocks = (pane: Pane) =>
      piecesOf(this.strips.pick(this.wanted(pane.side, state)), state).flatMap((piece) =>
        this.blocksOf(pane, lanes, piece, state),
      );
    return tracesSvg(this.gl.canvas, this.overlayOf(state, panes, lanes), blocks);
  }

  destroy(): void {
    for (const stop of this.stops) stop();
    this.strips.stop();
    this.loop.destroy();
    this.gl.destroy();
  }

  private resize(size: CanvasSize): void {
    this.size = size;
    this.gl.resize(size.deviceWidth, size.deviceHeight);
    this.overlay.width = size.deviceWidth;
    this.overlay.height = size.deviceHeight;
    this.follow();
    this.draw();
  }

  private chainOf(side: Pane['side'], { chain }: EphysState): ChainSettings {
    return side === 'raw' ? RAW_CHAIN : chain;
  }

  private wanted(side: Pane['side'], state: EphysState): Wanted {
    const { from, span } = state;
    const px = ((this.size?.width ?? 0) - GUTTER) * Math.min(2, this.size?.pixelRatio ?? 1);
    return { chain: this.chainOf(side, state), from, to: from + span, px, exact: this.exact === `${from} ${span}` };
  }

  private follow(): void {
    if (!this.size || !this.dataset.recording) return;
    const state = this.dataset.store.getState();
    const sides = new Set(panesOf(state, this.size.height).map(({ side }) => side));
    this.strips.want([...sides].map((side) => this.wanted(side, state)));
    this.loop.invalidate();
  }

  private lanes({ picked, order, firstRow, rows }: EphysState): Lane[] {
    const shown = rowsOf(this.dataset.electrodes, order);
    if (!picked) return shown.slice(firstRow, firstRow + rows).map((electrode) => ({ electrode, colour: 0 }));
    const chosen = new Set(picked);
    return shown.filter((electrode) => chosen.has(electrode)).map((electrode, i) => ({ electrode, colour: colourIndex(i) }));
  }

  private draw(): void {
    const { size, palette } = this;
    if (!size || !this.gl.regl) return;
    const state = this.dataset.store.getState();
    this.gl.clear(palette.plot);
    this.seen = new Set();
    const panes = panesOf(state, size.height);
    const lanes = this.lanes(state);
    let shown: Picked | undefined;
    for (const pane of panes) {
      const picked = this.strips.pick(this.wanted(pane.side, state));
      shown ??= picked;
      for (const piece of piecesOf(picked, state)) {
        if (pane.kind === 'lines') this.drawLines(pane, lanes, piece, state);
        else this.drawHeat(pane, piece, state);
      }
    }
    this.lines.retain((key) => this.seen.has(key));
    this.heat.retain((key) => this.seen.has(key));
    paintOverlay(this.overlay, this.overlayOf(state, panes, lanes));
    if (shown) {
      this.onPicked(shown);
      if (shown.fitting.length > 0) mark('traces-shown');
    }
  }

  private overlayOf(state: EphysState, panes: readonly Pane[], lanes: readonly Lane[]): Overlay {
    return {
      size: this.size!,
      palette: this.palette,
      state,
      panes,
      lanes: lanes.map(({ electrode }) => electrode),
      electrodes: this.dataset.electrodes,
      time: this.time,
      rate: this.dataset.rate,
      pxPerUnit: (panes[0]!.height / Math.max(1, lanes.length) / pitchOf(state)) * state.gain,
      unit: unitOf(state, this.dataset.electrodes.unit),
      ticks: this.marks.ticks(state.from, state.from + state.span),
      spikes: state.spikesShown ? this.marks.units(state.from, state.from + state.span) : [],
      hover: this.hover,
    };
  }

  /** Raw samples lie anywhere: they are drawn about their own mean. */
  private isCentred(pane: Pane, state: EphysState): boolean {
    const on = stepsOn(this.chainOf(pane.side, state));
    return !on.some((kind) => kind === 'band-pass' || kind === 'high-pass' || kind === 'destripe');
  }

  private viewOf({ top, height }: Pane, left: number, right: number): View {
    const { pixelRatio, deviceHeight } = this.size!;
    return { box: { x: left, y: top, width: right - left, height }, pixelRatio, targetHeight: deviceHeight };
  }

  private edges({ from, to }: Piece): { left: number; right: number } {
    const { width } = this.size!;
    return { left: Math.max(GUTTER, xOf(this.time, from)), right: Math.min(width, xOf(this.time, to)) };
  }

  private blocksOf(pane: Pane, lanes: readonly Lane[], piece: Piece, state: EphysState): LineBlock[] {
    const { time, marks, dataset } = this;
    return lineBlocks(pane, piece, { state, lanes, time, rate: dataset.rate, marks, centred: this.isCentred(pane, state) });
  }

  private drawLines(pane: Pane, lanes: readonly Lane[], piece: Piece, state: EphysState): void {
    for (const { key, points, placement, left, right, width, alpha } of this.blocksOf(pane, lanes, piece, state)) {
      this.seen.add(key);
      if (!this.lines.has(key)) this.lines.setBlock(key, points());
      this.lines.draw(this.viewOf(pane, left, right), key, placement, { colours: this.palette.series, width, alpha });
    }
  }

  private drawHeat(pane: Pane, piece: Piece, state: EphysState): void {
    const { key, strip } = piece.held;
    const { left, right } = this.edges(piece);
    if (right <= left) return;
    const rows = rowsOf(this.dataset.electrodes, state.order);
    const centred = this.isCentred(pane, state);
    const white = unitOf(state, this.dataset.electrodes.unit) === 'σ' && pane.side === 'result';
    const heatKey = `${key}|${state.order}|${centred}`;
    this.seen.add(heatKey);
    if (!this.heat.has(heatKey)) {
      const lanes = rows.map((electrode) => ({ electrode, colour: 0 }));
      this.heat.setBlock(heatKey, heatPlane(strip, rows, levelsOf(strip, lanes, centred), white ? 0.005 : 0.1));
    }
    const pxPerColumn = ((this.size!.width - GUTTER) / state.span) * strip.step;
    const range = (centred ? rangeOf(this.heat.planeOf(heatKey)) : white ? state.range / 12 : state.range) / state.gain;
    this.heat.draw(
      this.viewOf(pane, left, right),
      heatKey,
      { originX: xOf(this.time, strip.from) - left, pxPerColumn, firstRow: 0, rows: rows.length },
      { low: -range, high: range, gamma: 1, map: 'gray' },
    );
  }
}
