// The picture of the drift map: points on the graphics card, axes, motion and playhead on a plain canvas above.

import { correctDepths, displacementAt, type Motion } from '../../../base/motion.ts';
import { type CanvasSize, observeCanvasSize } from '../../../render/canvas-size.ts';
import { parseColour, type Rgb } from '../../../render/colour.ts';
import { createGl, type Gl } from '../../../render/context.ts';
import { flatten } from '../../../render/flatten.ts';
import { createFrameLoop, type FrameLoop } from '../../../render/frame-loop.ts';
import { createPointCloud, type PointCloud } from '../../../render/layers/points.ts';
import { token } from '../../../ui/css-vars.ts';
import type { Pen } from '../../../ui/pen.ts';
import type { SpikePlaces } from '../shared/drift.ts';
import type { EphysDataset } from './datasets.ts';
import { middleDepth, motionOf, placesOf } from './drift.ts';
import { cutOut, showPicture, svgFor } from './pictures.ts';
import { quantile } from './probe-picture.ts';
import { onTheme, type Palette, readPalette } from './series-colours.ts';
import { tickStep } from './traces-layout.ts';
import { secondsOf } from './units.ts';

const LEFT = 60;
const FOOT = 20;
const MOTION_SHARE = 0.3;
const GAP = 14;

interface Map {
  readonly left: number;
  readonly width: number;
  readonly top: number;
  readonly height: number;
}

export class DriftPicture {
  readonly label = 'Drift map';
  private readonly dataset: EphysDataset;
  private readonly gl: Gl;
  private readonly loop: FrameLoop;
  private readonly overlay: HTMLCanvasElement;
  private readonly points: PointCloud;
  private readonly corrected: PointCloud;
  private readonly stops: (() => void)[];
  private size: CanvasSize | undefined;
  private palette: Palette = readPalette();
  private places: SpikePlaces | null = null;
  private motion: Motion | null = null;
  private depth = { low: 0, high: 1 };

  constructor(canvas: HTMLCanvasElement, overlay: HTMLCanvasElement, dataset: EphysDataset) {
    this.dataset = dataset;
    this.overlay = overlay;
    this.gl = createGl(canvas);
    this.points = createPointCloud(this.gl);
    this.corrected = createPointCloud(this.gl);
    this.loop = createFrameLoop(() => this.draw());
    this.stops = [
      observeCanvasSize(canvas, (size) => {
        this.size = size;
        this.gl.resize(size.deviceWidth, size.deviceHeight);
        overlay.width = size.deviceWidth;
        overlay.height = size.deviceHeight;
        this.draw();
      }),
      this.gl.onLost((lost) => lost || this.loop.invalidate()),
      onTheme(() => {
        this.palette = readPalette();
        this.loop.invalidate();
      }),
      dataset.store.subscribe(
        (now, before) => (now.from !== before.from || now.brush !== before.brush) && this.loop.invalidate(),
      ),
      showPicture(this),
    ];
    this.refresh();
  }

  /** Takes the spikes and the motion as they are now. */
  refresh(): void {
    const places = placesOf(this.dataset);
    const motion = motionOf(this.dataset);
    if (places !== this.places || motion !== this.motion) {
      this.places = places;
      this.motion = motion;
      this.points.setPoints(places ? pointsOf(places, null) : new Float32Array(0));
      this.corrected.setPoints(places && motion ? pointsOf(places, motion) : new Float32Array(0));
      const { y } = this.dataset.electrodes;
      const depths = y.length > 0 ? y : (places?.depths ?? new Float64Array(1));
      this.depth = { low: quantile(depths, 0) - 10, high: quantile(depths, 1) + 10 };
    }
    this.loop.invalidate();
  }

  secondsAt(x: number): number | null {
    for (const map of this.maps())
      if (x >= map.left && x <= map.left + map.width) return ((x - map.left) / map.width) * this.length;
    return null;
  }

  toCanvas(): HTMLCanvasElement {
    this.draw();
    return flatten(this.gl.canvas, this.overlay);
  }

  /** Points as a picture, axes and motion as vectors. */
  toSvg(): string {
    this.draw();
    const size = this.size ?? { width: 0, height: 0, pixelRatio: 1 };
    const svg = svgFor(this.label, size, this.palette);
    const box = { x: 0, y: 0, width: size.width, height: size.height };
    svg.image(cutOut(this.gl.canvas, box, size.pixelRatio), box);
    this.paintOver(svg.pen);
    return svg.toString();
  }

  destroy(): void {
    for (const stop of this.stops) stop();
    this.loop.destroy();
    this.gl.destroy();
  }

  private get length(): number {
    return secondsOf(this.dataset) || (this.places?.seconds.at(-1) ?? 1);
  }

  /** One map, or two beside one another once there is something to correct by. */
  private maps(): Map[] {
    if (!this.size) return [];
    const { width, height } = this.size;
    const hasCurve = this.motion !== null || this.dataset.info.motion !== null;
    const tall = (height - FOOT) * (hasCurve ? 1 - MOTION_SHARE : 1);
    const one = { top: 0, height: tall };
    if (!this.motion) return [{ ...one, left: LEFT, width: width - LEFT }];
    const each = (width - LEFT - GAP) / 2;
    return [
      { ...one, left: LEFT, width: each },
      { ...one, left: LEFT + each + GAP, width: each },
    ];
  }

  private draw(): void {
    const { size, palette } = this;
    if (!size || !this.gl.regl) return;
    this.gl.clear(palette.plot);
    const low: Rgb = parseColour(token('--line-3'));
    const high: Rgb = parseColour(token('--text'));
    const placement = { left: 0, right: this.length, bottom: this.depth.low, top: this.depth.high };
    this.maps().forEach(({ left, width, top, height }, i) => {
      // As many points as px would hide the paths of single units.
      const alpha = Math.max(0.12, Math.min(0.85, (0.25 * width * height) / Math.max(1, this.places?.seconds.length ?? 0)));
      const view = { box: { x: left, y: top, width, height }, pixelRatio: size.pixelRatio, targetHeight: size.deviceHeight };
      (i === 0 ? this.points : this.corrected).draw(view, placement, { low, high, size: 1.6, alpha });
    });
    this.paint();
  }

  private paint(): void {
    const context = this.overlay.getContext('2d');
    const { size } = this;
    if (!context || !size) return;
    context.setTransform(size.pixelRatio, 0, 0, size.pixelRatio, 0, 0);
    context.clearRect(0, 0, size.width, size.height);
    context.font = `11px ${getComputedStyle(this.overlay).fontFamily}`;
    context.textBaseline = 'middle';
    this.paintOver(context);
  }

  private paintOver(context: Pen): void {
    // Nothing to see has no axes: the words in its place say what to do.
    const isEmpty = !this.places || this.places.seconds.length === 0;
    if (isEmpty && !this.dataset.info.motion) return;
    const { css } = this.palette;
    const maps = this.maps();
    const foot = (this.size?.height ?? 0) - FOOT;
    context.textAlign = 'right';
    context.fillStyle = css.text3;
    const [first] = maps;
    if (!first) return;
    for (let i = 0; i <= 2 && !isEmpty; i++) {
      const depth = this.depth.low + 10 + ((this.depth.high - this.depth.low - 20) * i) / 2;
      const y = first.top + first.height * (1 - (depth - this.depth.low) / (this.depth.high - this.depth.low));
      context.fillText(
        `${Math.round(depth).toLocaleString('en-US')}${i === 0 ? ' µm' : ''}`,
        LEFT - 8,
        Math.max(8, Math.min(first.height - 7, y)),
      );
    }
    for (const map of maps) this.paintTime(context, map, foot);
    if (maps.length > 1) {
      context.textAlign = 'left';
      context.fillStyle = css.text2;
      maps.forEach(({ left }, i) => {
        context.fillText(i === 0 ? 'As recorded' : 'Corrected', left + 8, 10);
      });
    }
    this.paintMotion(context, first, maps.at(-1)!, foot);
  }

  private paintTime(context: Pen, { left, width }: Map, foot: number): void {
    const { css } = this.palette;
    const { from, brush } = this.dataset.store.getState();
    const x = (seconds: number) => left + (seconds / this.length) * width;
    context.fillStyle = css.line2;
    context.fillRect(left - 1, 0, 1, foot);
    context.fillRect(left, foot, width, 1);
    const step = tickStep(this.length, width / 90);
    const inMinutes = this.length > 300;
    context.textAlign = 'left';
    context.fillStyle = css.text3;
    for (let at = 0; at < this.length; at += step)
      context.fillText(
        inMinutes ? `${Number((at / 60).toFixed(1))} min` : `${Number(at.toFixed(2))} s`,
        x(at) + 2,
        foot + FOOT / 2,
      );
    context.fillStyle = css.text;
    if (brush) {
      context.globalAlpha = 0.14;
      context.fillRect(x(brush.from), 0, x(brush.to) - x(brush.from), foot);
      context.globalAlpha = 1;
    }
    context.fillRect(x(from / this.dataset.rate), 0, 1, foot);
  }

  private paintMotion(context: Pen, first: Map, last: Map, foot: number): void {
    const imposed = this.dataset.info.motion;
    const curves = [
      ...(imposed ? [{ motion: imposed, colour: this.palette.css.trace2, dash: [4, 3] }] : []),
      ...(this.motion ? [{ motion: this.motion, colour: this.palette.css.trace, dash: [] }] : []),
    ];
    if (curves.length === 0) return;
    const { css } = this.palette;
    const top = first.height;
    const tall = foot - top;
    // Each curve about its own middle: where zero lies is nobody's choice.
    const depth = middleDepth(this.dataset);
    const centred = curves.map(({ motion, ...look }) => {
      const steps = 400;
      const values = Array.from({ length: steps + 1 }, (_, i) => displacementAt(motion, (i / steps) * this.length, depth));
      const middle = quantile(values, 0.5);
      return { ...look, values: values.map((value) => value - middle) };
    });
    const most = Math.max(5, ...centred.flatMap(({ values }) => values.map(Math.abs))) * 1.15;
    context.fillStyle = css.plot;
    context.fillRect(0, top, this.size!.width, tall);
    context.fillStyle = css.line2;
    context.fillRect(0, top, this.size!.width, 1);
    const y = (value: number) => top + tall / 2 - (value / most) * (tall / 2 - 3);
    context.fillRect(LEFT, y(0), first.width, 1);
    context.fillStyle = css.text3;
    context.textAlign = 'right';
    const label = Math.round(most * 0.7);
    context.fillText(`+${label}`, LEFT - 8, y(label));
    context.fillText('0 µm', LEFT - 8, y(0));
    context.fillText(`−${label}`, LEFT - 8, y(-label));
    for (const map of first === last ? [first] : [first, last]) {
      for (const { values, colour, dash } of centred) {
        context.strokeStyle = colour;
        context.lineWidth = 1.4;
        context.setLineDash(dash);
        context.beginPath();
        values.forEach((value, i) => {
          // Beside the map that was corrected: what remains of the imposed motion.
          const rest = map === first || !imposed || !this.motion ? value : centred[0]!.values[i]! - centred[1]!.values[i]!;
          context.lineTo(map.left + (i / (values.length - 1)) * map.width, y(rest));
        });
        context.stroke();
        if (map !== first && imposed) break;
      }
      context.setLineDash([]);
      this.paintTime(context, map, foot);
    }
    context.textAlign = 'left';
    context.fillStyle = css.text2;
    context.fillText('Motion', first.left + 8, top + 10);
    if (first !== last) context.fillText(imposed ? 'What remains' : 'Motion', last.left + 8, top + 10);
  }
}

function pointsOf({ seconds, depths, amplitudes }: SpikePlaces, motion: Motion | null): Float32Array<ArrayBuffer> {
  const out = new Float32Array(3 * seconds.length);
  const shown = motion ? correctDepths(seconds, depths, motion) : depths;
  const every = Math.max(1, Math.floor(amplitudes.length / 20_000));
  const sampled = amplitudes.filter((_, i) => i % every === 0);
  const [low, high] = [quantile(sampled, 0.05), quantile(sampled, 0.98)];
  for (let i = 0; i < seconds.length; i++) {
    out[3 * i] = seconds[i]!;
    out[3 * i + 1] = shown[i]!;
    out[3 * i + 2] = Math.max(0, Math.min(1, (amplitudes[i]! - low) / (high - low || 1)));
  }
  return out;
}
