// The page of the rivals: works on the zip in its one file input and is called by the bench.
import { contestListing } from './listing.ts';
import { timeScoring } from './scoring.ts';
import { contestTiff } from './tiff.ts';
import type { UsualWayResult } from './types.ts';

function chosen(): File {
  const file = document.querySelector<HTMLInputElement>('#zip')?.files?.[0];
  if (!file) throw new Error('no zip was chosen');
  return file;
}

function usualWay(frames: number): Promise<UsualWayResult> {
  const worker = new Worker(new URL('./usual-way.worker.ts', import.meta.url), { type: 'module' });
  return new Promise<UsualWayResult>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<UsualWayResult | { error: string }>) =>
      'error' in data ? reject(new Error(data.error)) : resolve(data);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ file: chosen(), frames });
  }).finally(() => worker.terminate());
}

window.rivals = {
  listing: () => contestListing(chosen()),
  tiff: (frames) => contestTiff(chosen(), frames),
  scoring: timeScoring,
  usualWay,
};
