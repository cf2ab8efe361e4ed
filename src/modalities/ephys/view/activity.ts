// How active each electrode is, for the shading of the probe: root mean square after the chain in a few snippets over the recording.

import { ask } from '../../../workers/client.ts';
import type { BoardInput, DepthBoard } from '../shared/board.ts';
import { chainKey } from '../shared/chain.ts';
import type { EphysDataset } from './datasets.ts';
import { useAnswer, useEphys } from './hooks.ts';

const SNIPPETS = 6;

export function useActivity(dataset: EphysDataset): Float32Array | undefined {
  const chain = useEphys(dataset, (state) => state.chain);
  const key = dataset.recording ? `${dataset.source.key} ${chainKey(chain)}` : '';
  const input: BoardInput = { source: dataset.source, chain, snippets: SNIPPETS, spectrum: false };
  const board = useAnswer(
    (signal) => ask<DepthBoard>('ephys', 'board', input, { signal }),
    key,
    'The activity of the electrodes could not be measured',
  );
  return board?.rms;
}
