// Plays the recording: the window moves on with the clock at 0.01 to 1 times real time, and stops at the end.
import type { EphysDataset } from './datasets.ts';
import { setWindow } from './window.ts';

/** Starts or stops with the store's `playing`; returns what ends it. */
export function followPlaying(dataset: EphysDataset): () => void {
  let handle = 0;
  let last = 0;
  const step = (time: number) => {
    const { playing, speed, from, span } = dataset.store.getState();
    if (!playing) return;
    const passed = Math.min(0.25, (time - last) / 1000);
    last = time;
    const next = from + passed * speed * dataset.rate;
    if (next + span >= dataset.frames) dataset.store.setState({ playing: false });
    setWindow(dataset, { from: next });
    handle = requestAnimationFrame(step);
  };
  const stop = dataset.store.subscribe((now, before) => {
    if (now.playing === before.playing) return;
    cancelAnimationFrame(handle);
    last = performance.now();
    if (now.playing) handle = requestAnimationFrame(step);
  });
  return () => {
    cancelAnimationFrame(handle);
    stop();
  };
}

export function togglePlay(dataset: EphysDataset): void {
  dataset.store.setState(({ playing }) => ({ playing: !playing }));
}
