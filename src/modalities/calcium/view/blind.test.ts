// Blind labelling as the page does it: nothing of others is left to be read, undo crosses both doors, imports are refused.
import { expect, it } from 'vitest';
import { regionFrom } from '../../../base/region.ts';
import { dismiss, log, notify } from '../../../state/log.ts';
import type { CalciumInfo } from '../shared/info.ts';
import { endBlind, refuseWhileBlind, startBlind } from './blind.ts';
import { type CalciumDataset, detectionsOf, ensureDataset, layerList, truthOf } from './datasets.ts';
import { redo, setPredictions, undo } from './history.ts';
import { keptEdits } from './kept-edits.ts';
import { addLayer } from './layer-actions.ts';
import { importedDetection } from './layers.ts';
import { regionRows } from './region-rows.ts';

const region = (at: number) => regionFrom([[at, at]]);

let opened = 0;

function open(): CalciumDataset {
  const layout = { kind: 'tiff-files', entry: new Int32Array(0) } as const;
  const info: CalciumInfo = {
    shortName: '00.00',
    kind: 'training',
    movie: { layout, frames: 0, height: 40, width: 60, dtype: 'uint16', littleEndian: true },
    facts: { rateHz: 7, pixelsPerMicron: 1, dimensions: null, record: {} },
    truth: { regions: [region(3)], ids: [0], bad: [], warnings: [] },
    texts: [],
    warnings: [],
  };
  const listing = { files: [], paths: [], table: new Float64Array(0) };
  return ensureDataset({ id: `set ${++opened}`, modality: 'calcium', name: '00.00', listing, root: '', info });
}

it('takes what was told of others off the screen', () => {
  const dataset = open();
  notify('success', '35 neurons found');
  const failed = notify('failure', 'regions.json could not be opened');
  startBlind(dataset, 'Anna');
  const shown = log.getState().notices.filter((notice) => notice.open);
  expect(shown.map(({ id }) => id)).toEqual([failed]);
  dismiss(failed);
});

it('hides truth and layers, brings them back, and can be undone on either side', () => {
  const dataset = open();
  const { store } = dataset;
  const detected = [importedDetection(region(10)), importedDetection(region(11))];
  const layer = addLayer(dataset, 'Detect', { name: 'D', source: 'D', confidence: 0, foundDiameter: 9 }, detected);
  startBlind(dataset, '  Anna ');
  expect(store.getState()).toMatchObject({ blind: 'Anna', foundDiameter: null, difference: null });
  expect(truthOf(dataset)).toBeUndefined();
  expect(detectionsOf(dataset)).toEqual([]);
  expect(layerList(dataset, layer)).toEqual([]);
  expect(regionRows(dataset)).toEqual([]);
  expect(() => refuseWhileBlind(dataset)).toThrow(/Anna labels 00\.00 blind/);

  const { confidence, predictionSource, foundDiameter } = store.getState();
  setPredictions(dataset, 'Draw', [importedDetection(region(20))], { confidence, predictionSource, foundDiameter });
  expect(store.getState().blind).toBe('Anna');
  endBlind(dataset);
  expect(store.getState().blind).toBeNull();
  expect(truthOf(dataset)?.regions).toHaveLength(1);
  expect(detectionsOf(dataset)).toBe(detected);
  const anna = store.getState().layers.find(({ name }) => name === 'Anna');
  expect(layerList(dataset, anna!.id)).toHaveLength(1);
  expect(() => refuseWhileBlind(dataset)).not.toThrow();

  undo(dataset);
  expect(store.getState().blind).toBe('Anna');
  expect(truthOf(dataset)).toBeUndefined();
  expect(detectionsOf(dataset)).toHaveLength(1);
  undo(dataset);
  undo(dataset);
  expect(store.getState().blind).toBeNull();
  expect(detectionsOf(dataset)).toBe(detected);
  redo(dataset);
  expect(store.getState().blind).toBe('Anna');
  expect(layerList(dataset, layer)).toEqual([]);
});

it('remembers the layers of others with those that are drawn, should the page be left', () => {
  const dataset = open();
  addLayer(dataset, 'Detect', { name: 'D', source: 'D', confidence: 0.4, foundDiameter: 9 }, [importedDetection(region(10))]);
  startBlind(dataset, 'Anna');
  expect(keptEdits(dataset).layers.map(({ name, confidence }) => [name, confidence])).toEqual([
    ['D', 0.4],
    ['Anna', 0],
  ]);
});

it('needs a name, and one person at a time', () => {
  const dataset = open();
  startBlind(dataset, ' ');
  expect(dataset.store.getState().blind).toBeNull();
  startBlind(dataset, 'Anna');
  startBlind(dataset, 'Ben');
  expect(dataset.store.getState().blind).toBe('Anna');
});
