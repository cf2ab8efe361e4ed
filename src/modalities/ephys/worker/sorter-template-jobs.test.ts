import { expect, it } from 'vitest';
import { probeFrom } from '../../../base/probe.ts';
import { templateOf } from './sorter-template-jobs.ts';

const probe = probeFrom([0, 0, 0, 0], [0, 20, 40, 60]);

it('shows a template on the electrodes around its largest one', () => {
  // [template][sample][channel]: the second is largest on electrode 2.
  const data = Float32Array.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, -9, 2, 0, 1, 3, 2]);
  const { electrodes, mean, samples } = templateOf({ data, shape: [2, 2, 4], channels: undefined }, probe, 1);
  expect([[...electrodes], samples]).toEqual([[2, 1, 3, 0], 2]);
  expect([...mean]).toEqual([-9, 3, 1, 1, 2, 2, 0, 0]);
});

it('knows the electrodes of templates that have a few each, and leaves out those that do not exist', () => {
  const data = Float32Array.from([5, 1, 7]);
  const { electrodes, mean } = templateOf({ data, shape: [1, 1, 3], channels: Int32Array.of(3, 0, 99) }, probe, 0);
  expect([[...electrodes], [...mean]]).toEqual([
    [3, 0],
    [5, 1],
  ]);
});

it('is empty for a unit without a template', () => {
  expect(templateOf({ data: new Float32Array(4), shape: [1, 1, 4], channels: undefined }, probe, 7).mean).toHaveLength(0);
});
