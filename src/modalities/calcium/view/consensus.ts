// The consensus of several sets of labels as a new layer.
import type { Region } from '../../../base/region.ts';
import { reportError } from '../../../state/log.ts';
import { ask } from '../../../workers/client.ts';
import type { ConsensusInput } from '../shared/agreement.ts';
import type { CalciumDataset } from './datasets.ts';
import { addLayer } from './layer-actions.ts';
import { importedDetection } from './layers.ts';

export const CONSENSUS_RULES = ['everybody', 'most', 'anybody'] as const;
export type ConsensusRule = (typeof CONSENSUS_RULES)[number];

/** How many of `people` must have drawn a cell. */
export function votesOf(rule: ConsensusRule, people: number): number {
  return rule === 'everybody' ? people : rule === 'most' ? Math.floor(people / 2) + 1 : 1;
}

interface Labels {
  readonly name: string;
  readonly regions: readonly Region[];
}

/** Adds it as the current layer; false where it could not be made, which was told. */
export async function makeConsensus(dataset: CalciumDataset, sets: readonly Labels[], rule: ConsensusRule): Promise<boolean> {
  const input: ConsensusInput = {
    sets: sets.map(({ regions }) => regions),
    votes: votesOf(rule, sets.length),
    pixels: rule === 'anybody' ? 'any' : 'most',
  };
  try {
    const regions = await ask<Region[]>('calcium', 'consensus', input);
    const what = { everybody: 'all', most: 'most', anybody: 'any' }[rule];
    const name = `Consensus, ${what} of ${sets.length}`;
    const source = `${name}: ${sets.map((set) => set.name).join(', ')}`;
    const layer = { name, source, confidence: 0, foundDiameter: null };
    addLayer(dataset, `Make ${name}`, layer, regions.map(importedDetection));
    return true;
  } catch (error) {
    reportError(error, 'The consensus could not be made');
    return false;
  }
}
