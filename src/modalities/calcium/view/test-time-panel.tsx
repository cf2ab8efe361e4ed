// The time strip with a data set of its own, for its tests: 700 frames of 16 × 16 px at 7 Hz, binned by 7, one region that lights up in
// bin 50, a player that only notes what it is asked.
import '../../../ui/styles/index.css';
import './view.css';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { regionFrom } from '../../../base/region.ts';
import { resources } from '../../../state/resources.ts';
import type { Detection } from '../shared/detection.ts';
import type { ProcessedTrace, RawTraces } from '../shared/traces.ts';
import type { BinnedMovie } from './binned.ts';
import type { CalciumDataset } from './datasets.ts';
import type { Player, Shown } from './player.ts';
import { makeStore } from './store.ts';
import { TimePanel } from './time-panel.tsx';

export const FRAMES = 700;
const SIZE = 16;
const FACTOR = 7;

/** Only what the strip asks of a player. */
function fakePlayer() {
  const listeners = new Set<(shown: Shown) => void>();
  const calls: string[] = [];
  let shown: Shown | undefined;
  const go = (what: string) => (frame: number) => {
    const target = Math.max(0, Math.min(FRAMES - 1, Math.round(frame)));
    calls.push(`${what} ${target}`);
    shown = { frame: target, data: null, damaged: '', exact: true, deltaF: false };
    for (const listener of listeners) listener(shown);
  };
  const player = {
    frames: FRAMES,
    get shown() {
      return shown;
    },
    subscribe: (listener: (shown: Shown) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    seek: go('seek'),
    step: (by: number) => go('step')((shown?.frame ?? 0) + by),
  };
  return { player: player as unknown as Player, calls };
}

export function makeDataset(id: string, more: Partial<CalciumDataset> = {}): { dataset: CalciumDataset; calls: string[] } {
  const { player, calls } = fakePlayer();
  const movie = {
    layout: { kind: 'tiff-files', entry: new Int32Array(FRAMES) },
    frames: FRAMES,
    height: SIZE,
    width: SIZE,
    dtype: 'uint16',
    littleEndian: true,
  } as const;
  const files = { movie, listing: { files: [], paths: [], table: new Float64Array(0) } };
  const facts = { rateHz: 7, pixelsPerMicron: null, dimensions: [16, 16, 710], record: { location: 'visual cortex' } };
  const dataset: CalciumDataset = {
    id,
    name: id,
    info: {
      shortName: id,
      kind: 'training',
      movie,
      facts,
      truth: null,
      texts: [{ path: 'a/README.md', entry: 0, size: 1200 }],
      warnings: ['Ten frames are missing.'],
    },
    files,
    fingerprint: '',
    store: makeStore(5),
    player,
    rateHz: 7,
    rateKnown: true,
    ...more,
  };
  return { dataset, calls };
}

const region = regionFrom([
  [3, 3],
  [3, 4],
  [4, 3],
  [4, 4],
]);
export const detection: Detection = { region, row: 3.5, col: 3.5, confidence: 0.9, kind: 'both', evidence: '' };

/** A binned movie whose region lights up in bin 50. */
export function putBins(id: string): void {
  const images = Array.from({ length: FRAMES / FACTOR }, (_, bin) => {
    const image = new Uint16Array(SIZE * SIZE).fill(100);
    if (bin === 50) for (const pixel of [51, 52, 67, 68]) image[pixel] = 1000;
    return image;
  });
  const bins: BinnedMovie = { factor: FACTOR, bins: images.length, scale: 1, offset: 0, height: SIZE, width: SIZE, images };
  resources.put(`${id}/bins`, bins, 0, true);
}

export function putExact(id: string): void {
  const raw = new Float32Array(FRAMES).fill(100);
  const deltaFOverF = new Float32Array(FRAMES);
  const events = new Float32Array(FRAMES);
  for (let t = 350; t < 357; t++) deltaFOverF[t] = 4;
  events[350] = 500;
  const traces: RawTraces = { frames: FRAMES, regions: 1, raw, neuropil: raw.slice() };
  const processed: ProcessedTrace = { corrected: raw.slice(), deltaFOverF, denoised: deltaFOverF.slice(), events, snr: 6.1 };
  resources.put(`${id}/traces/predictions`, traces, 0, true);
  resources.put(`${id}/processed/predictions/0`, { raw: traces.raw, processed }, 0, true);
}

/** A strip 900 × 200 px; gives the page two frames to draw. */
export async function withPanel(dataset: CalciumDataset, body: (host: HTMLElement) => Promise<void>, width = 900): Promise<void> {
  const host = document.createElement('section');
  host.className = 'time';
  host.style.cssText = `width: ${width}px; height: 240px; display: flex; flex-direction: column;`;
  document.body.append(host);
  const root = createRoot(host);
  try {
    flushSync(() => root.render(<TimePanel dataset={dataset} picture={null} />));
    await drawn();
    await body(host);
  } finally {
    flushSync(() => root.unmount());
    host.remove();
    resources.deletePrefix(`${dataset.id}/`);
  }
}

export const drawn = () =>
  new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 0))));
export const canvasIn = (host: HTMLElement) => host.querySelector<HTMLCanvasElement>('canvas[aria-label="Traces"]')!;

/** The CSS columns of the canvas in which any px of rows `top`…`bottom` (shares of the height) is as bright as a trace. */
export async function brightColumns(host: HTMLElement, top: number, bottom: number): Promise<number[]> {
  const canvas = canvasIn(host);
  const copy = document.createElement('canvas');
  copy.width = canvas.width;
  copy.height = canvas.height;
  // A new theme is drawn with the next frame; WebGL drops its buffer after it, so the copy is taken within.
  document.documentElement.dataset.theme = 'dark';
  await Promise.resolve();
  await new Promise((resolve) => requestAnimationFrame(resolve));
  copy.getContext('2d')!.drawImage(canvas, 0, 0);
  const { data } = copy.getContext('2d')!.getImageData(0, 0, copy.width, copy.height);
  const found: number[] = [];
  for (let x = 0; x < copy.width; x++) {
    for (let y = Math.round(top * copy.height); y < bottom * copy.height; y++) {
      if (data[4 * (y * copy.width + x)]! > 180) {
        found.push((x / copy.width) * canvas.clientWidth);
        break;
      }
    }
  }
  return found;
}

export function press(target: Element, type: string, x: number, more: PointerEventInit = {}): void {
  const box = target.getBoundingClientRect();
  target.dispatchEvent(
    new PointerEvent(type, { bubbles: true, pointerId: 1, button: 0, clientX: box.left + x, clientY: box.top + 20, ...more }),
  );
}
