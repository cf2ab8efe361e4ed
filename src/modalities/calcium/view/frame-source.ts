// Reads raw frames through the workers, a few at a time, each asked for once, and keeps them in the frame cache.
import { SomascopeError } from '../../../base/errors.ts';
import type { NumericArray } from '../../../base/ndarray.ts';
import { frames } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { FrameResult } from '../shared/images.ts';
import { type MovieFiles, sliceMovie } from '../shared/movie.ts';

/** A frame as it was read, or why it could not be. */
export type Frame = { readonly data: NumericArray } | { readonly damaged: string };

const BATCH = 8;

export class FrameSource {
  private readonly id: string;
  private readonly files: MovieFiles;
  private readonly asked = new Map<number, Promise<void>>();

  constructor(id: string, files: MovieFiles) {
    this.id = id;
    this.files = files;
  }

  peek(frame: number): Frame | undefined {
    return frames.get<Frame>(this.key(frame));
  }

  has(frame: number): boolean {
    return frames.has(this.key(frame));
  }

  /** Requests under way. */
  get pending(): number {
    return this.asked.size;
  }

  async read(frame: number): Promise<Frame> {
    const found = this.peek(frame);
    if (found) return found;
    await (this.asked.get(frame) ?? this.fetch([frame]));
    const got = this.peek(frame);
    if (!got) throw new SomascopeError('Aborted', 'The frame was dropped from the cache before it was shown.');
    return got;
  }

  /** Asks for those of `wanted` that are neither here nor on their way, in batches. */
  prefetch(wanted: readonly number[], limit: number, onError: (error: unknown) => void): void {
    const missing = wanted.filter((frame) => !this.has(frame) && !this.asked.has(frame));
    for (let i = 0; i < missing.length && this.pending < limit * BATCH; i += BATCH)
      this.fetch(missing.slice(i, i + BATCH)).catch(onError);
  }

  private key(frame: number): string {
    return `${this.id}/${frame}`;
  }

  private fetch(wanted: readonly number[]): Promise<void> {
    const promise = this.load(wanted).finally(() => {
      for (const frame of wanted) this.asked.delete(frame);
    });
    for (const frame of wanted) this.asked.set(frame, promise);
    return promise;
  }

  private async load(wanted: readonly number[]): Promise<void> {
    const results = await ask<FrameResult[]>('calcium', 'frames', sliceMovie(this.files, wanted));
    wanted.forEach((frame, i) => {
      const result = results[i]!;
      if (result.ok) frames.put(this.key(frame), { data: result.data } satisfies Frame, result.data.byteLength);
      else frames.put(this.key(frame), { damaged: result.reason } satisfies Frame, 0);
    });
  }
}
