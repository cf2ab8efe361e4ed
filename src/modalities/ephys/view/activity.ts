// How active each electrode is, for the shading of the probe: root mean square after the chain in a few snippets over the recording.
import { useEffect, useState } from 'react';
import { runJob } from '../../../workers/client.ts';
import type { BoardInput, DepthBoard } from '../shared/board.ts';
import { chainKey } from '../shared/chain.ts';
import type { EphysDataset } from './datasets.ts';
import { useAnswer, useEphys } from './hooks.ts';

const SNIPPETS = 6;
const WAIT_MS = 800;

export function useActivity(dataset: EphysDataset): Float32Array | undefined {
  const chain = useEphys(dataset, (state) => state.chain);
  const [late, setLate] = useState(false);
  useEffect(() => {
    // The traces come first.
    const timer = setTimeout(() => setLate(true), WAIT_MS);
    return () => clearTimeout(timer);
  }, []);
  const key = dataset.recording && late ? `${dataset.source.key} ${chainKey(chain)}` : '';
  const input: BoardInput = { source: dataset.source, chain, snippets: SNIPPETS, spectrum: false };
  const board = useAnswer(
    (signal) => runJob<DepthBoard>('ephys', 'board', input, { signal, priority: 2 }),
    key,
    'The activity of the electrodes could not be measured',
  );
  return board?.rms;
}
