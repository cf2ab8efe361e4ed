// Begins and ends blind labelling: a second person draws what they see, with truth, predictions and scores out of sight.
import { SomascopeError } from '../../../base/errors.ts';
import { dismiss, log } from '../../../state/log.ts';
import { enterBlind, leaveBlind } from './blind-set.ts';
import { type CalciumDataset, layersOf } from './datasets.ts';
import { commit, newLayerId } from './history.ts';

export function startBlind(dataset: CalciumDataset, name: string): void {
  const who = name.trim();
  if (who === '' || dataset.store.getState().blind !== null) return;
  // "35 neurons found" is no longer for the one who labels.
  for (const { id, open, kind } of log.getState().notices) if (open && kind === 'success') dismiss(id);
  commit(dataset, `Label blind as ${who}`, enterBlind(layersOf(dataset), who, newLayerId(dataset)));
  dataset.store.setState(({ show }) => ({ tab: 'traces', difference: null, show: { ...show, predictions: true } }));
}

export function endBlind(dataset: CalciumDataset): void {
  const set = layersOf(dataset);
  if (set.blind) commit(dataset, `Leave blind labelling, ${set.blind.name}`, leaveBlind(set));
}

/** What others found would end the blindness; throws Invalid. */
export function refuseWhileBlind({ name, store }: CalciumDataset): void {
  const { blind } = store.getState();
  if (blind === null) return;
  const message = `${blind} labels ${name} blind, so nothing that others found is shown.`;
  throw new SomascopeError('Invalid', message, {}, 'Press Leave first.');
}
