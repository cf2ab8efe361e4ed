// Fetches the strips that the traces need and keeps them in the resource cache: a small window in one question, exactly as far as it is
// seen, so that a jump costs one read; a large one in aligned tiles over the pool, each drawn as it comes.

import { endJob, reportJob, startJob } from '../../../state/jobs.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask, runJob } from '../../../workers/client.ts';
import { type ChainSettings, chainKey } from '../shared/chain.ts';
import {
  coarserStrip,
  PACKED_TILE_FRAMES,
  type Strip,
  type StripInput,
  type StripSpan,
  stepFor,
  TILE_FRAMES,
  tilesOf,
} from '../shared/strip.ts';
import type { EphysDataset } from './datasets.ts';

/** Samples that one question may read. */
const DIRECT_SAMPLES = 6_000_000;
/** Beyond so many samples in the window columns are sampled until somebody asks for all. */
const SAMPLED_SAMPLES = 1_400_000_000;
const SNIPPET_SECONDS = 0.01;

export interface Wanted extends StripSpan {
  readonly chain: ChainSettings;
  /** Device px over which the window is drawn. */
  readonly px: number;
  /** Reads all of a window that would be sampled. */
  readonly exact: boolean;
}

export interface HeldStrip {
  readonly key: string;
  readonly strip: Strip;
}

export interface Picked {
  /** In the level that fits, in order of time. */
  readonly fitting: readonly HeldStrip[];
  /** Of other levels: for where nothing fits yet, the finest last. */
  readonly others: readonly HeldStrip[];
  readonly step: number;
  readonly sampled: boolean;
}

export class StripSource {
  private readonly dataset: EphysDataset;
  private readonly onChange: () => void;
  /** Keys of what is in the cache, newest last. */
  private held: { key: string; group: string; strip: Omit<Strip, 'low' | 'high'> }[] = [];
  private readonly running = new Map<string, AbortController>();
  private job: number | null = null;
  private asked = 0;
  private done = 0;

  constructor(dataset: EphysDataset, onChange: () => void) {
    this.dataset = dataset;
    this.onChange = onChange;
  }

  /** How a window is drawn at that width. */
  levelOf({ from, to, px, exact }: Wanted): { step: number; sampled: number | null } {
    const step = stepFor((to - from) / Math.max(1, px));
    const isLarge = (to - from) * this.dataset.electrodes.count > SAMPLED_SAMPLES;
    const snippet = Math.round(SNIPPET_SECONDS * this.dataset.rate);
    return { step, sampled: isLarge && !exact && snippet < step ? snippet : null };
  }

  /** What there is of a window now. */
  pick(wanted: Wanted): Picked {
    const { step, sampled } = this.levelOf(wanted);
    const group = this.groupOf(wanted.chain);
    const overlapping = this.held.filter(
      (one) =>
        one.group === group && one.strip.from < wanted.to && one.strip.from + one.strip.columns * one.strip.step > wanted.from,
    );
    const load = ({ key }: { key: string }): HeldStrip[] => {
      const strip = resources.get<Strip>(key);
      return strip ? [{ key, strip }] : [];
    };
    const fits = (one: { strip: Omit<Strip, 'low' | 'high'> }) =>
      one.strip.step === step && (sampled !== null || !one.strip.sampled);
    return {
      fitting: overlapping
        .filter(fits)
        .sort((a, b) => a.strip.from - b.strip.from)
        .flatMap(load),
      others: overlapping
        .filter((one) => !fits(one))
        .sort((a, b) => b.strip.step - a.strip.step)
        .flatMap(load),
      step,
      sampled: sampled !== null,
    };
  }

  /** Asks for what is missing of the windows and stops what nobody needs any more. */
  want(windows: readonly Wanted[]): void {
    const needed = windows.flatMap((window) => this.missing(window));
    const keys = new Set(needed.map(({ key }) => key));
    for (const [key, control] of this.running) if (!keys.has(key)) control.abort();
    for (const { key, input, direct } of needed) {
      if (this.running.has(key)) continue;
      const known = input.sampled === null ? this.fromFiner(input) : null;
      if (known) this.keep(key, this.groupOf(input.chain), known);
      else void this.fetch(key, input, direct);
    }
  }

  stop(): void {
    for (const control of this.running.values()) control.abort();
  }

  private groupOf(chain: ChainSettings): string {
    return `${this.dataset.source.key} ${chainKey(chain)}`;
  }

  private missing(wanted: Wanted): { key: string; input: StripInput; direct: boolean }[] {
    const { step, sampled } = this.levelOf(wanted);
    const { source, electrodes, frames } = this.dataset;
    const from = Math.max(0, Math.floor(wanted.from / step) * step);
    const to = Math.min(frames, Math.ceil(wanted.to / step) * step);
    if (to <= from || electrodes.count === 0) return [];
    const direct = (to - from) * electrodes.count <= DIRECT_SAMPLES;
    const group = this.groupOf(wanted.chain);
    const has = (span: StripSpan) =>
      this.held.some(
        ({ key, group: of, strip }) =>
          of === group &&
          strip.step === step &&
          strip.from <= span.from &&
          strip.from + strip.columns * strip.step >= span.to &&
          (sampled !== null || !strip.sampled) &&
          resources.has(key),
      );
    const spans = direct
      ? [{ from, to }]
      : tilesOf(step, { from, to }, frames, source.found?.kind === 'cbin' ? PACKED_TILE_FRAMES : TILE_FRAMES);
    return spans
      .filter((span) => !has(span))
      .map((span) => ({
        key: `${this.dataset.id}/strip/${group}/${step}/${span.from}-${span.to}${sampled === null ? '' : ' sampled'}`,
        input: { source, chain: wanted.chain, from: span.from, to: span.to, step, sampled },
        direct,
      }));
  }

  private async fetch(key: string, input: StripInput, direct: boolean): Promise<void> {
    const control = new AbortController();
    this.running.set(key, control);
    this.begin();
    try {
      const options = { signal: control.signal };
      const strip = await (direct
        ? ask<Strip>('ephys', 'strip', input, options)
        : runJob<Strip>('ephys', 'strip', input, options));
      this.keep(key, this.groupOf(input.chain), strip);
    } catch (error) {
      reportError(error, `${this.dataset.name} could not be read`);
    } finally {
      this.running.delete(key);
      this.end();
      this.onChange();
    }
  }

  private keep(key: string, group: string, strip: Strip): void {
    const { low, high, ...facts } = strip;
    resources.put(key, strip, low === high ? low.byteLength : 2 * low.byteLength);
    this.held = [...this.held.filter((one) => one.key !== key && resources.has(one.key)), { key, group, strip: facts }];
  }

  /** What finer levels know of a stretch, the coarsest of them first; null where none knows all of it. */
  private fromFiner({ chain, from, to, step }: StripInput): Strip | null {
    const group = this.groupOf(chain);
    const finer = this.held
      .filter(({ group: of, strip }) => of === group && strip.step < step && !strip.sampled)
      .filter(({ strip }) => strip.from < to && strip.from + strip.columns * strip.step > from);
    const steps = [...new Set(finer.map(({ strip }) => strip.step))].sort((a, b) => b - a);
    for (const one of steps) {
      const strips = finer.flatMap(({ key, strip }) => (strip.step === one ? (resources.get<Strip>(key) ?? []) : []));
      const made = coarserStrip(
        { from, to, step },
        strips.sort((a, b) => a.from - b.from),
      );
      if (made) return made;
    }
    return null;
  }

  /** What is read for the screen counts as work that was asked for. */
  private begin(): void {
    this.asked++;
    this.job ??= startJob({ label: 'Reading traces', dataset: this.dataset.id }, () => this.stop());
  }

  private end(): void {
    this.done++;
    if (this.job !== null) reportJob(this.job, this.done / this.asked);
    if (this.running.size > 0 || this.job === null) return;
    endJob(this.job);
    this.job = null;
    this.asked = 0;
    this.done = 0;
  }
}
