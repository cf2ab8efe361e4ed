// Judging, walking and selecting on a data set without a page: what they do to the predictions, the history and the selection.
import { afterEach, describe, expect, it } from 'vitest';
import { regionFrom } from '../../../base/region.ts';
import { resources } from '../../../state/resources.ts';
import type { OpenDataset } from '../../modality.ts';
import type { Detection } from '../shared/detection.ts';
import type { CalciumInfo } from '../shared/info.ts';
import { judge, markListed, nextUncertain, removeSelected, walk } from './curate.ts';
import { type CalciumDataset, chosenDetections, detectionsOf, ensureDataset, forget } from './datasets.ts';
import { nameRegions, setStatus } from './edit-actions.ts';
import { forgetHistory, redo, setPredictions, undo } from './history.ts';
import { listedRows } from './region-list.ts';
import { markWithin, selectedPredictions, selectRegion, setEdit, toggleMarked } from './selection.ts';

let made = 0;
const ids: string[] = [];

/** Regions of 1, 2, 3 … pixels with these confidences; the cut is 0.5. */
function withRegions(confidences: readonly number[]): CalciumDataset {
  const id = `set ${++made}`;
  ids.push(id);
  const layout = { kind: 'tiff-files', entry: new Int32Array(4) } as const;
  const movie = { layout, frames: 4, height: 40, width: 50, dtype: 'uint16', littleEndian: true } as const;
  const facts = { rateHz: 4, pixelsPerMicron: 1, dimensions: null, record: {} };
  const info: CalciumInfo = { shortName: id, kind: 'movie', movie, facts, truth: null, texts: [], warnings: [] };
  const listing = { files: [], paths: [] } as unknown as OpenDataset['listing'];
  const dataset = ensureDataset({ id, modality: 'calcium', name: id, listing, root: '', info });
  const detections = confidences.map(
    (confidence, i): Detection => ({
      region: regionFrom(Array.from({ length: i + 1 }, (_, k) => [2 * i, k])),
      row: 2 * i,
      col: i / 2,
      confidence,
      kind: 'both',
      evidence: '',
    }),
  );
  setPredictions(dataset, 'Detect neurons', detections, { confidence: 0.5, predictionSource: 'Detected', foundDiameter: 8 });
  return dataset;
}

afterEach(() => {
  for (const id of ids.splice(0)) {
    forgetHistory(id);
    forget(id);
  }
});

const selected = ({ store }: CalciumDataset) => store.getState().selection?.index ?? null;
const select = (dataset: CalciumDataset, index: number) => selectRegion(dataset, { layer: 'predictions', index });
const listed = (dataset: CalciumDataset) => listedRows(dataset).map(({ index }) => index);
const steps = ({ store }: CalciumDataset) => store.getState().undo;

describe('judging', () => {
  it('goes on in the list as it stood, and what is judged counts or does not', () => {
    const dataset = withRegions([0.9, 0.8, 0.7, 0.3]);
    select(dataset, 0);
    judge(dataset, 'rejected');
    expect([listed(dataset), selected(dataset)]).toEqual([[1, 2], 1]);
    setEdit(dataset, { scope: 'below' });
    select(dataset, 3);
    judge(dataset, 'accepted');
    expect(chosenDetections(dataset).map(({ confidence }) => confidence)).toEqual([0.8, 0.7, 0.3]);
    expect(listed(dataset)).toEqual([]);
    setEdit(dataset, { scope: 'all' });
    expect(listed(dataset)).toEqual([0, 1, 2, 3]);
    setEdit(dataset, { scope: 'rejected' });
    expect(listedRows(dataset)).toMatchObject([{ index: 0, leftOut: 'rejected' }]);
    expect(steps(dataset)).toEqual(['Detect neurons', 'Reject region 1', 'Accept region 4']);
  });

  it('is undone and done again, and keeps the exact traces', () => {
    const dataset = withRegions([0.9, 0.8]);
    const traces = {};
    resources.put(`${dataset.id}/traces/predictions`, traces, 0, true);
    setStatus(dataset, [0, 1], 'rejected');
    expect(resources.get(`${dataset.id}/traces/predictions`)).toBe(traces);
    undo(dataset);
    expect(chosenDetections(dataset)).toHaveLength(2);
    redo(dataset);
    expect(chosenDetections(dataset)).toHaveLength(0);
    setStatus(dataset, [0, 1], null);
    expect(detectionsOf(dataset).map((one) => 'status' in one)).toEqual([false, false]);
    select(dataset, 0);
    removeSelected(dataset);
    expect(resources.has(`${dataset.id}/traces/predictions`)).toBe(false);
  });

  it('makes no step where nothing changes', () => {
    const dataset = withRegions([0.9]);
    setStatus(dataset, [0], null);
    setStatus(dataset, [7], 'accepted');
    judge(dataset, 'accepted');
    expect(steps(dataset)).toEqual(['Detect neurons']);
  });

  it('of several keeps them selected', () => {
    const dataset = withRegions([0.9, 0.8, 0.7]);
    select(dataset, 0);
    toggleMarked(dataset, 2);
    judge(dataset, 'accepted');
    expect(selectedPredictions(dataset)).toEqual([0, 2]);
    expect(steps(dataset).at(-1)).toBe('Accept regions 1 and 3');
  });
});

describe('the next most uncertain', () => {
  it('is nearest to the cut on either side, then the next nearest; judged ones are left out', () => {
    const dataset = withRegions([0.95, 0.62, 0.45, 0.1, 0.51]);
    const order = Array.from({ length: 6 }, () => {
      nextUncertain(dataset);
      return selected(dataset);
    });
    expect(order).toEqual([4, 2, 1, 3, 0, 4]);
    setStatus(dataset, [4], 'rejected');
    setStatus(dataset, [2], 'accepted');
    nextUncertain(dataset);
    expect(selected(dataset)).toBe(1);
  });
});

describe('the list', () => {
  it('is walked in its order and ends at its ends', () => {
    const dataset = withRegions([0.6, 0.9, 0.8]);
    setEdit(dataset, { sort: { column: 'confidence', descending: false } });
    expect(listed(dataset)).toEqual([0, 2, 1]);
    walk(dataset, 1);
    walk(dataset, 1);
    expect(selected(dataset)).toBe(2);
    walk(dataset, 1);
    walk(dataset, 1);
    expect(selected(dataset)).toBe(1);
  });

  it('holds what is within the thresholds; what cannot be measured passes', () => {
    const dataset = withRegions([0.9, 0.8, 0.7, 0.6]);
    setEdit(dataset, { ranges: { area: [2, 3], snr: [5, 6] } });
    expect(listed(dataset)).toEqual([1, 2]);
    markListed(dataset);
    expect(selectedPredictions(dataset)).toEqual([1, 2]);
  });
});

describe('selecting', () => {
  it('marks hold for one version of the predictions', () => {
    const dataset = withRegions([0.9, 0.8, 0.7]);
    const pixels = new Set([0, 2 * 50 + 1]);
    expect(markWithin(dataset, pixels, () => true)).toBe(2);
    expect(selectedPredictions(dataset)).toEqual([0, 1]);
    expect(markWithin(dataset, pixels, (index) => index > 0)).toBe(1);
    undo(dataset);
    expect(selectedPredictions(dataset)).toEqual([]);
  });

  it('after a removal goes on to the next', () => {
    const dataset = withRegions([0.9, 0.8, 0.7]);
    select(dataset, 1);
    removeSelected(dataset);
    expect(detectionsOf(dataset).map(({ confidence }) => confidence)).toEqual([0.9, 0.7]);
    expect(selected(dataset)).toBe(1);
  });
});

it('regions are named as the table numbers them', () => {
  expect([[3], [3, 5], [0, 1, 2], [0, 1, 2, 9]].map(nameRegions)).toEqual([
    'region 4',
    'regions 4 and 6',
    'regions 1, 2 and 3',
    'regions 1, 2 and 2 others',
  ]);
});
