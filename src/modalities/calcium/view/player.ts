// Which frame is on screen. Playing never renders React: the player tells the stage, and the store a few times a second.
// While a hand drags, the binned movie is shown at once and the exact frame follows when the hand rests.
import { mark } from '../../../base/marks.ts';
import { dtypeOf, makeArray, type NumericArray } from '../../../base/ndarray.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { poolSize } from '../../../workers/client.ts';
import type { MovieFiles } from '../shared/movie.ts';
import { type BinnedMovie, binAt } from './binned.ts';
import { type Frame, FrameSource } from './frame-source.ts';
import type { CalciumStore } from './store.ts';

export interface Shown {
  readonly frame: number;
  /** Raw values, ΔF/F₀, or null for a damaged frame. */
  readonly data: NumericArray | null;
  readonly damaged: string;
  readonly exact: boolean;
  readonly deltaF: boolean;
}

interface PlayerOptions {
  readonly id: string;
  readonly files: MovieFiles;
  readonly store: CalciumStore;
  readonly rateHz: number;
}

const AHEAD_BYTES = 64e6;
const AHEAD_FRAMES = 120;
const STORE_EVERY_MS = 100;

export class Player {
  readonly source: FrameSource;
  private readonly options: PlayerOptions;
  private readonly listeners = new Set<(shown: Shown) => void>();
  private current: Shown | undefined;
  private wanted = 0;
  private chasing = false;
  private animation = 0;
  private position = 0;
  private lastTick = 0;
  private lastStore = 0;

  constructor(options: PlayerOptions) {
    this.options = options;
    this.source = new FrameSource(options.id, options.files);
  }

  get frames(): number {
    return this.options.files.movie.frames;
  }

  get shown(): Shown | undefined {
    return this.current;
  }

  /** Calls back with every frame that is to be drawn, at once with the present one. */
  subscribe(listener: (shown: Shown) => void): () => void {
    this.listeners.add(listener);
    if (this.current) listener(this.current);
    return () => this.listeners.delete(listener);
  }

  /** Begins to read the frame that is to be shown, so that it is on its way while the page is being drawn. */
  expect(): void {
    // Whoever shows it asks again, and tells why it cannot be read.
    this.source.prefetch([this.options.store.getState().frame], 1, () => undefined);
  }

  /** Shows a frame: exact if it is here, else binned at once and exact as soon as it is read. */
  seek(frame: number): void {
    const target = Math.max(0, Math.min(this.frames - 1, Math.round(frame)));
    this.wanted = target;
    this.position = target;
    this.options.store.setState({ frame: target });
    mark(`frame-requested:${target}`);
    if (this.ready(target)) this.show(target);
    else {
      this.showBinned(target);
      void this.chase();
    }
  }

  step(by: number): void {
    this.pause();
    this.seek(this.wanted + by);
  }

  /** Draws the present frame again: smoothing or ΔF/F₀ was switched. */
  refresh(): void {
    if (this.ready(this.wanted)) this.show(this.wanted);
    else void this.chase();
  }

  play(): void {
    const { store } = this.options;
    if (store.getState().playing) return;
    // From the end it begins again, with the first frame on screen.
    if (this.wanted >= this.frames - 1) this.seek(0);
    store.setState({ playing: true });
    this.lastTick = performance.now();
    this.animation = requestAnimationFrame(this.tick);
  }

  pause(): void {
    cancelAnimationFrame(this.animation);
    if (this.options.store.getState().playing) this.options.store.setState({ playing: false, frame: this.wanted });
  }

  toggle(): void {
    if (this.options.store.getState().playing) this.pause();
    else this.play();
  }

  stop(): void {
    this.pause();
    this.listeners.clear();
  }

  private readonly tick = (now: number): void => {
    const { store, rateHz } = this.options;
    const { speed, loop, everyFrame } = store.getState();
    // The first time stamp of an animation may lie before the moment that asked for it.
    const elapsed = Math.max(0, Math.min(0.25, (now - this.lastTick) / 1000));
    this.lastTick = now;
    const due = this.position + elapsed * rateHz * speed;
    const last = this.frames - 1;
    if (due > last + 1 && !loop) {
      this.seek(last);
      this.pause();
      return;
    }
    // Every frame: never skip, wait for the next one. Keep up: the clock decides, frames that are late are left out.
    const goal = everyFrame ? Math.min(due, Math.floor(this.position) + 1) : due;
    const frame = Math.floor(goal) % this.frames;
    if (frame === this.wanted || this.ready(frame)) {
      this.position = goal >= this.frames ? goal - this.frames : goal;
      if (frame !== this.wanted) {
        this.wanted = frame;
        this.show(frame);
        if (now - this.lastStore > STORE_EVERY_MS) {
          this.lastStore = now;
          store.setState({ frame });
        }
      }
    } else if (!everyFrame) {
      this.position = goal % this.frames;
      this.wanted = frame;
      this.showBinned(frame);
    }
    this.readAhead(frame);
    this.animation = requestAnimationFrame(this.tick);
  };

  private readAhead(from: number): void {
    const { movie } = this.options.files;
    const bytes = movie.height * movie.width * 4;
    const count = Math.min(AHEAD_FRAMES, this.frames - 1, Math.max(8, Math.floor(AHEAD_BYTES / bytes)));
    const wanted = Array.from({ length: count }, (_, i) => (from + i) % this.frames);
    this.source.prefetch(wanted, poolSize(), (error) => this.fail(error));
  }

  /** Frames that go into what is shown of `frame`. */
  private parts(frame: number): number[] {
    const half = Math.floor((this.options.store.getState().smoothing - 1) / 2);
    const from = Math.max(0, frame - half);
    const to = Math.min(this.frames - 1, frame + half);
    return Array.from({ length: to - from + 1 }, (_, i) => from + i);
  }

  private ready(frame: number): boolean {
    return this.parts(frame).every((part) => this.source.has(part));
  }

  /** Reads the wanted frame; while a hand drags, one at a time, so that the last one never waits behind a queue. */
  private async chase(): Promise<void> {
    if (this.chasing) return;
    this.chasing = true;
    try {
      for (;;) {
        const target = this.wanted;
        await Promise.all(this.parts(target).map((part) => this.source.read(part)));
        if (target !== this.wanted) continue;
        this.show(target);
        return;
      }
    } catch (error) {
      this.fail(error);
    } finally {
      this.chasing = false;
    }
  }

  /** No frame can be read at present (the file changed, a worker died): the movie stops and says so once. */
  private fail(error: unknown): void {
    this.pause();
    reportError(error, 'The frame could not be read');
  }

  private showBinned(frame: number): void {
    const bins = resources.get<BinnedMovie>(`${this.options.id}/bins`);
    const data = bins && binAt(bins, frame);
    if (data)
      this.emit({ frame, data: this.relative(data), damaged: '', exact: false, deltaF: this.options.store.getState().deltaF });
  }

  private show(frame: number): void {
    this.emit(this.composed(frame, (part) => this.source.peek(part)));
    // Not while playing: thirty names a second would pile up.
    if (!this.options.store.getState().playing) mark(`frame-shown:${frame}`);
  }

  /** A frame as it would be shown, for pictures of frames that are not on screen. */
  async read(frame: number): Promise<Shown> {
    const parts = this.parts(frame);
    const read = new Map(await Promise.all(parts.map(async (part) => [part, await this.source.read(part)] as const)));
    return this.composed(frame, (part) => read.get(part));
  }

  private composed(frame: number, get: (part: number) => Frame | undefined): Shown {
    const { deltaF } = this.options.store.getState();
    const own = get(frame);
    const damaged = own && 'damaged' in own ? own.damaged : '';
    const data = damaged ? null : averaged(this.parts(frame).flatMap((part) => get(part) ?? []));
    return { frame, data: data && this.relative(data), damaged, exact: true, deltaF };
  }

  /** (F − F₀) / F₀ with F₀ the mean image, where ΔF/F₀ is on. */
  private relative(data: NumericArray): NumericArray {
    const mean = this.options.store.getState().deltaF ? resources.get<Float64Array>(`${this.options.id}/mean`) : undefined;
    if (!mean) return data;
    const out = new Float32Array(data.length);
    for (let i = 0; i < out.length; i++) out[i] = mean[i]! > 0 ? (data[i]! - mean[i]!) / mean[i]! : 0;
    return out;
  }

  private emit(shown: Shown): void {
    this.current = shown;
    for (const listener of this.listeners) listener(shown);
  }
}

function averaged(read: readonly Frame[]): NumericArray | null {
  const good = read.flatMap((frame) => ('data' in frame ? [frame.data] : []));
  const first = good[0];
  if (!first) return null;
  if (good.length === 1) return first;
  const sum = new Float64Array(first.length);
  for (const data of good) for (let i = 0; i < sum.length; i++) sum[i]! += data[i]!;
  const out = makeArray(dtypeOf(first), first.length);
  const round = !(first instanceof Float32Array || first instanceof Float64Array);
  for (let i = 0; i < out.length; i++) out[i] = round ? Math.round(sum[i]! / good.length) : sum[i]! / good.length;
  return out;
}
