// The classes that the scores are of, in their order.
import type { LabelClass } from '../shared/label-conventions.ts';
import type { ScoreSummary } from '../shared/score-types.ts';
import type { VolumeDataset } from './datasets.ts';
import { classesOf } from './palette.ts';
import { shownLayer } from './store.ts';

export function scoredClasses({ store }: VolumeDataset, { classes, task }: ScoreSummary): readonly LabelClass[] {
  const layer = shownLayer(store.getState(), 'truth');
  const all = classesOf(
    { kind: layer?.kind ?? 'other' },
    Array.from({ length: classes }, (_, id) => id),
  ).slice(0, classes);
  return task === '3-class'
    ? all.map((one) => (one.id === 0 ? { ...one, name: 'background and axon', short: 'bg + axon' } : one))
    : all;
}
