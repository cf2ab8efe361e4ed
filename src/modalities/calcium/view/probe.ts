// The probe: a disc of the soma diameter that is dragged over the picture, with its trace from the binned movie as a lane.
import { useMemo } from 'react';
import { resources } from '../../../state/resources.ts';
import { type BinnedMovie, binnedTrace } from './binned.ts';
import { discPoints } from './binned-window.ts';
import type { CalciumDataset } from './datasets.ts';
import type { Probe } from './edit-state.ts';
import { useCalcium } from './hooks.ts';
import { setEdit } from './selection.ts';
import { somaDiameter } from './soma.ts';
import type { TraceLane } from './trace-lanes.ts';

/** Its trace is what it is for, so the traces are shown. */
export function placeProbe(dataset: CalciumDataset, probe: Probe): void {
  setEdit(dataset, { probe });
  if (dataset.store.getState().tab !== 'traces') dataset.store.setState({ tab: 'traces' });
}

/** With it the tool is put away. */
export function removeProbe(dataset: CalciumDataset): void {
  setEdit(dataset, { probe: null, tool: null });
}

export function useProbeLane(dataset: CalciumDataset, version: number): TraceLane | null {
  const probe = useCalcium(dataset, (state) => state.edit.probe);
  const diameter = useCalcium(dataset, () => somaDiameter(dataset));
  // The version stands for the bins.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  return useMemo(() => probeLane(dataset, probe, diameter), [dataset, probe, diameter, version]);
}

/** Null without a probe, and outside the field; `diameter` in px. */
export function probeLane(dataset: CalciumDataset, probe: Probe | null, diameter: number): TraceLane | null {
  const binned = resources.get<BinnedMovie>(`${dataset.id}/bins`);
  if (!probe || !binned) return null;
  const points = discPoints(probe.row, probe.col, diameter / 2, binned.height, binned.width);
  if (points.length === 0) return null;
  const raw = binnedTrace(binned, points);
  return {
    key: 'probe',
    selection: null,
    title: 'Probe',
    text: `row ${Math.floor(probe.row)}, col ${Math.floor(probe.col)}, ${points.length / 2} px, binned`,
    line: 'trace',
    trace: { step: binned.factor / dataset.rateHz, exact: false, raw, neuropil: null, processed: null },
  };
}
