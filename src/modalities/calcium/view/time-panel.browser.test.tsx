import '../../../ui/styles/index.css';
import './view.css';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { expect, it } from 'vitest';
import { regionFrom } from '../../../base/region.ts';
import { liveContexts } from '../../../render/context.ts';
import { resources } from '../../../state/resources.ts';
import { session } from '../../../state/session.ts';
import type { Detection } from '../shared/detection.ts';
import type { ProcessedTrace, RawTraces } from '../shared/traces.ts';
import type { BinnedMovie } from './binned.ts';
import type { CalciumDataset } from './datasets.ts';
import type { Player, Shown } from './player.ts';
import { selectRegion } from './selection.ts';
import { bump, makeStore } from './store.ts';
import { TimePanel } from './time-panel.tsx';

const FRAMES = 700;
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

function makeDataset(id: string, more: Partial<CalciumDataset> = {}): { dataset: CalciumDataset; calls: string[] } {
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
const detection: Detection = { region, row: 3.5, col: 3.5, confidence: 0.9, kind: 'both', evidence: '' };

/** A binned movie whose region lights up in bin 50. */
function putBins(id: string): void {
  const images = Array.from({ length: FRAMES / FACTOR }, (_, bin) => {
    const image = new Uint16Array(SIZE * SIZE).fill(100);
    if (bin === 50) for (const pixel of [51, 52, 67, 68]) image[pixel] = 1000;
    return image;
  });
  const bins: BinnedMovie = { factor: FACTOR, bins: images.length, scale: 1, offset: 0, height: SIZE, width: SIZE, images };
  resources.put(`${id}/bins`, bins, 0, true);
}

function putExact(id: string): void {
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
async function withPanel(dataset: CalciumDataset, body: (host: HTMLElement) => Promise<void>, width = 900): Promise<void> {
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

const drawn = () =>
  new Promise<void>((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 0))));
const canvasIn = (host: HTMLElement) => host.querySelector<HTMLCanvasElement>('canvas[aria-label="Traces"]')!;

/** The CSS columns of the canvas in which any px of rows `top`…`bottom` (shares of the height) is as bright as a trace. */
async function brightColumns(host: HTMLElement, top: number, bottom: number): Promise<number[]> {
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

function press(target: Element, type: string, x: number, more: PointerEventInit = {}): void {
  const box = target.getBoundingClientRect();
  target.dispatchEvent(
    new PointerEvent(type, { bubbles: true, pointerId: 1, button: 0, clientX: box.left + x, clientY: box.top + 20, ...more }),
  );
}

it('asks for a region while none is selected, above the mean of the field', async () => {
  const { dataset } = makeDataset('empty');
  putBins('empty');
  await withPanel(dataset, async (host) => {
    await expect.poll(() => host.textContent).toContain('Whole field');
    expect(host.textContent).toContain('Click a region to see its trace.');
    expect(host.querySelector<HTMLSelectElement>('select[aria-label="Trace"]')?.value).toBe('raw');
  });
});

it('shows the binned trace at once, and the exact one with SNR and events when it is there', async () => {
  const { dataset } = makeDataset('instant');
  putBins('instant');
  resources.put('instant/predictions', [detection], 0, true);
  await withPanel(dataset, async (host) => {
    performance.clearMarks('trace-shown');
    flushSync(() => selectRegion(dataset, { layer: 'predictions', index: 0 }));
    expect(host.textContent).toContain('Region 1');
    expect(host.textContent).toContain('binned, exact when read');
    await drawn();
    expect(performance.getEntriesByName('trace-shown')).toHaveLength(1);
    expect(canvasIn(host).getAttribute('aria-description')).toBe(
      'Region 1, 4 px: Raw F, binned, peak 1,000 grey values at 50.4 s.',
    );
    putExact('instant');
    flushSync(() => bump(dataset.store, 'traces'));
    expect(host.textContent).not.toContain('binned, exact when read');
    expect(host.textContent).toContain('4 px · SNR 6.1');
    expect(host.querySelector<HTMLSelectElement>('select[aria-label="Trace"]')?.value).toBe('dff');
    expect(canvasIn(host).getAttribute('aria-description')).toBe(
      'Region 1, 4 px: ΔF/F, peak 4.00 ΔF/F at 50.0 s, SNR 6.1, 1 event.',
    );
    expect(host.textContent).toContain('ΔF/F');
    await drawn();
    expect(performance.getEntriesByName('trace-shown')).toHaveLength(1);
  });
});

it('draws the transient where it is', async () => {
  const { dataset } = makeDataset('pixels');
  putBins('pixels');
  putExact('pixels');
  resources.put('pixels/predictions', [detection], 0, true);
  dataset.store.setState({ selection: { layer: 'predictions', index: 0 } });
  await withPanel(dataset, async (host) => {
    // The playhead is as bright as a trace; it stands at the left edge, at frame 0.
    const width = canvasIn(host).clientWidth;
    const x = ((353 + 0.5) / FRAMES) * width;
    const columns = (await brightColumns(host, 0.05, 0.5)).filter((at) => at > 5);
    expect(columns.length).toBeGreaterThan(2);
    for (const at of columns) expect(Math.abs(at - x)).toBeLessThan(10);
  });
});

it('moves the movie on click, drag and keys, and zooms by buttons, keys and double-click', async () => {
  const { dataset, calls } = makeDataset('hands');
  putBins('hands');
  await withPanel(dataset, async (host) => {
    const plot = host.querySelector('.trace-plot')!;
    plot.setPointerCapture = () => {};
    const width = plot.clientWidth;
    press(plot, 'pointerdown', 0.5 * width);
    press(plot, 'pointermove', 0.75 * width);
    press(plot, 'pointerup', 0.75 * width);
    press(plot, 'pointermove', 0.1 * width);
    expect(calls).toEqual(['seek 350', 'seek 525', 'seek 525']);
    await drawn();
    const slider = host.querySelector<HTMLElement>('[role="slider"]')!;
    expect(slider.getAttribute('aria-valuetext')).toBe('75.0 s');
    expect(host.querySelector('.time-playhead')?.textContent).toBe('75.0 s');
    // A label that the playhead's time covers would read as another time.
    const shownTicks = () =>
      [...host.querySelectorAll<HTMLElement>('.time-tick')].filter((one) => one.style.visibility !== 'hidden');
    const named = shownTicks().map((one) => one.textContent);
    press(plot, 'pointerdown', (212 / FRAMES) * width);
    press(plot, 'pointerup', (212 / FRAMES) * width);
    await drawn();
    expect(named).toContain('30 s');
    expect(shownTicks().map((one) => one.textContent)).not.toContain('30 s');
    calls.splice(3);
    press(plot, 'pointerdown', 0.75 * width);
    press(plot, 'pointerup', 0.75 * width);
    calls.splice(3);
    for (const key of ['ArrowRight', 'ArrowLeft', 'Home', 'End', 'x']) {
      slider.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
    }
    expect(calls.slice(3)).toEqual(['step 526', 'step 525', 'seek 0', 'seek 699']);

    const ticks = () => [...host.querySelectorAll('.time-tick')].map((one) => one.textContent);
    const all = ticks();
    expect(all[0]).toBe('0 s');
    const button = (name: string) => host.querySelector<HTMLButtonElement>(`button[aria-label="${name}"]`)!;
    expect(button('Show all time').disabled).toBe(true);
    flushSync(() => button('Show less time').click());
    expect(ticks()).not.toEqual(all);
    flushSync(() => button('Show all time').click());
    expect(ticks()).toEqual(all);
    flushSync(() => slider.dispatchEvent(new KeyboardEvent('keydown', { key: '+', bubbles: true })));
    expect(ticks()).not.toEqual(all);
    flushSync(() => plot.dispatchEvent(new MouseEvent('dblclick', { bubbles: true })));
    expect(ticks()).toEqual(all);
    const wheel = new WheelEvent('wheel', {
      deltaY: -600,
      clientX: plot.getBoundingClientRect().left,
      bubbles: true,
      cancelable: true,
    });
    flushSync(() => plot.dispatchEvent(wheel));
    expect(wheel.defaultPrevented).toBe(true);
    expect(ticks()[0]).toMatch(/^0(\.0)? s$/);
    expect(ticks()).not.toEqual(all);
  });
});

it('tells of the data set, counts the open ones, and lets go of its context', async () => {
  const { dataset } = makeDataset('about');
  session.setState({ datasets: [{ id: 'about', modality: 'calcium', name: 'about', note: '' }] });
  const before = liveContexts();
  await withPanel(dataset, async (host) => {
    expect(liveContexts()).toBe(before + 1);
    expect(host.querySelector('#time-tab-scores')?.textContent).toBe('Scores 1');
    flushSync(() => host.querySelector<HTMLElement>('#time-tab-about')!.click());
    expect(liveContexts()).toBe(before);
    for (const text of ['visual cortex', 'Ten frames are missing.', 'README.md', '1.20 kB', '710'])
      expect(host.textContent).toContain(text);
    flushSync(() => host.querySelector<HTMLElement>('#time-tab-scores')!.click());
    expect(host.querySelector('table[aria-label="Scores"]')).not.toBeNull();
    flushSync(() => host.querySelector<HTMLElement>('#time-tab-traces')!.click());
  });
  expect(liveContexts()).toBe(before);
  session.setState({ datasets: [] });
});

it('does not overflow a narrow window', async () => {
  const { dataset } = makeDataset('narrow');
  putExact('narrow');
  resources.put('narrow/predictions', [detection], 0, true);
  dataset.store.setState({ selection: { layer: 'predictions', index: 0 } });
  await withPanel(
    dataset,
    async (host) => {
      for (const tab of ['traces', 'about', 'scores'] as const) {
        flushSync(() => dataset.store.setState({ tab }));
        expect(host.scrollWidth).toBeLessThanOrEqual(390);
        for (const part of host.querySelectorAll('.time-head, .time-body, .trace-grid, .about')) {
          expect(part.scrollWidth, part.className).toBeLessThanOrEqual(part.clientWidth);
        }
      }
    },
    390,
  );
});
