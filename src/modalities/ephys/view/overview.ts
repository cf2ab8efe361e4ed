// The whole recording as one envelope behind the time slider, with the window in it: 200 snippets of 10 ms where it is long. Read when
// nothing else is, and kept.
import { type CanvasSize, observeCanvasSize } from '../../../render/canvas-size.ts';
import { endJob, reportJob, startJob } from '../../../state/jobs.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { runJob } from '../../../workers/client.ts';
import { RAW_CHAIN } from '../shared/chain.ts';
import type { Strip, StripInput } from '../shared/strip.ts';
import type { EphysDataset } from './datasets.ts';
import { onTheme, readPalette } from './series-colours.ts';

const COLUMNS = 200;
const SNIPPET_SECONDS = 0.01;
const WAIT_MS = 1200;

export class OverviewPicture {
  private readonly canvas: HTMLCanvasElement;
  private readonly dataset: EphysDataset;
  private readonly control = new AbortController();
  private readonly stops: (() => void)[];
  private size: CanvasSize | undefined;
  private palette = readPalette();

  constructor(canvas: HTMLCanvasElement, dataset: EphysDataset) {
    this.canvas = canvas;
    this.dataset = dataset;
    // The window that the person looks at comes first.
    const timer = setTimeout(() => void this.read(), WAIT_MS);
    this.stops = [
      () => clearTimeout(timer),
      observeCanvasSize(canvas, (size) => {
        this.size = size;
        canvas.width = size.deviceWidth;
        canvas.height = size.deviceHeight;
        this.draw();
      }),
      dataset.store.subscribe(
        (now, before) => (now.from !== before.from || now.span !== before.span || now.brush !== before.brush) && this.draw(),
      ),
      onTheme(() => {
        this.palette = readPalette();
        this.draw();
      }),
    ];
  }

  destroy(): void {
    this.control.abort();
    for (const stop of this.stops) stop();
  }

  private get key(): string {
    return `${this.dataset.id}/overview/${this.dataset.source.key}`;
  }

  private async read(): Promise<void> {
    const { source, frames, rate, recording, id } = this.dataset;
    if (!recording || frames === 0 || resources.has(this.key)) return;
    const step = Math.max(1, Math.ceil(frames / COLUMNS));
    const sampled = Math.round(SNIPPET_SECONDS * rate);
    const input: StripInput = { source, chain: RAW_CHAIN, from: 0, to: frames, step, sampled: sampled < step ? sampled : null };
    const job = startJob({ label: 'Overview', dataset: id, idle: true }, () => this.control.abort());
    try {
      const onProgress = (share: number) => reportJob(job, share);
      const strip = await runJob<Strip>('ephys', 'strip', input, { signal: this.control.signal, onProgress, priority: 2 });
      resources.put(this.key, envelopeOf(strip), 4 * strip.columns);
      this.draw();
    } catch (error) {
      reportError(error, `${this.dataset.name} could not be read`);
    } finally {
      endJob(job);
    }
  }

  private draw(): void {
    const context = this.canvas.getContext('2d');
    if (!context || !this.size) return;
    const { width, height, pixelRatio } = this.size;
    const { css } = this.palette;
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    const envelope = resources.get<Float32Array>(this.key);
    const middle = height / 2;
    context.fillStyle = css.trace2;
    if (envelope) {
      for (let x = 0; x < width; x++) {
        const share = envelope[Math.min(envelope.length - 1, Math.floor((x / width) * envelope.length))]!;
        context.fillRect(x, middle - share * (middle - 4), 1, 2 * share * (middle - 4));
      }
    } else context.fillRect(0, middle - 0.5, width, 1);
    const { from, span, brush } = this.dataset.store.getState();
    const { frames, rate } = this.dataset;
    if (brush) {
      context.globalAlpha = 0.25;
      context.fillStyle = css.text;
      context.fillRect((brush.from * rate * width) / frames, 0, ((brush.to - brush.from) * rate * width) / frames, height);
      context.globalAlpha = 1;
    }
    const left = (from / frames) * width;
    const wide = Math.max(2, (span / frames) * width);
    context.fillStyle = css.text;
    context.fillRect(left, 0, Math.min(2, wide), height);
    context.fillRect(left + wide - 2, 0, 2, height);
    context.globalAlpha = 0.12;
    context.fillRect(left, 0, wide, height);
    context.globalAlpha = 1;
  }
}

/** Per column the mean over channels of half the height, as a share of the 99th largest. */
export function envelopeOf({ low, high, channels, columns }: Strip): Float32Array<ArrayBuffer> {
  const out = new Float32Array(columns);
  for (let i = 0; i < columns; i++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) {
      // A strip of single samples has no height of its own: its values are taken instead.
      const tall = low === high ? Math.abs(high[c * columns + i]!) : (high[c * columns + i]! - low[c * columns + i]!) / 2;
      if (Number.isFinite(tall)) sum += tall;
    }
    out[i] = sum / Math.max(1, channels);
  }
  const sorted = Float32Array.from(out).sort();
  const most = sorted[Math.floor(0.99 * (columns - 1))] || 1;
  return out.map((value) => Math.min(1, value / most));
}
