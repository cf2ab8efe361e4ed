// Entering leaves one layer in sight, leaving brings all others back; what was drawn is kept, whoever was current stays so.
import { expect, it } from 'vitest';
import { regionFrom } from '../../../base/region.ts';
import type { Detection } from '../shared/detection.ts';
import { enterBlind, isLabelSource, leaveBlind } from './blind-set.ts';
import { type LayerSet, NO_LAYERS, withLayer, withList } from './layer-set.ts';

const detection = (at: number): Detection => ({
  region: regionFrom([[at, at]]),
  row: at,
  col: at,
  confidence: 1,
  kind: 'imported',
  evidence: '',
});
const DETECTED = { name: 'Detected', source: 'Detected', confidence: 0.4, foundDiameter: 9 };
const before = (): LayerSet => withLayer(NO_LAYERS, 'l1', DETECTED, [detection(1), detection(2)]);

it('shows one empty layer, with no cut and no diameter that others found', () => {
  const blind = enterBlind(before(), 'Anna', 'l2');
  expect(blind.layers).toMatchObject([
    { id: 'l2', name: 'Anna', source: 'Labels of Anna', confidence: 0, foundDiameter: null, visible: true },
  ]);
  expect(blind.current).toBe('l2');
  expect(blind.lists).toEqual({ l2: [] });
});

it('leaving restores the former set and adds the labels behind it', () => {
  const set = before();
  const drawn = withList(enterBlind(set, 'Anna', 'l2'), 'l2', [detection(7)]);
  const left = leaveBlind(drawn);
  expect(left.blind).toBeUndefined();
  expect(left.current).toBe('l1');
  expect(left.layers[0]).toEqual(set.layers[0]);
  expect(left.lists['l1']).toBe(set.lists['l1']);
  expect(left.lists['l2']).toEqual([detection(7)]);
  expect(isLabelSource(left.layers[1]!.source)).toBe(true);
});

it('who comes back goes on with their own labels; another person begins anew', () => {
  const left = leaveBlind(withList(enterBlind(before(), 'Anna', 'l2'), 'l2', [detection(7)]));
  const again = enterBlind(left, 'Anna', 'l3');
  expect(again.lists).toEqual({ l2: [detection(7)] });
  const more = leaveBlind(withList(again, 'l2', [detection(7), detection(8)]));
  expect(more.layers).toHaveLength(2);
  expect(more.lists['l2']).toHaveLength(2);
  expect(enterBlind(left, 'Ben', 'l3').lists).toEqual({ l3: [] });
});

it('where there was no layer, the labels become current; a layer that was deleted stays away', () => {
  const drawn = withList(enterBlind(NO_LAYERS, 'Anna', 'l1'), 'l1', [detection(7)]);
  expect(leaveBlind(drawn)).toMatchObject({ current: 'l1', layers: [{ id: 'l1' }] });
  expect(leaveBlind({ ...drawn, layers: [], lists: {}, current: null })).toBe(NO_LAYERS);
  expect(leaveBlind(before()).blind).toBeUndefined();
});
