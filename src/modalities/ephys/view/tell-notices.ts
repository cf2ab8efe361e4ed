// What is odd with the files of a data set, told once: what its recording and its first sorting say stands in one alert.
import { getOrMake } from '../../../base/get-or-make.ts';
import { notify } from '../../../state/log.ts';
import type { EphysDataset } from './datasets.ts';

const told = new Map<string, Set<string>>();

export function tellNotices({ id, name }: Pick<EphysDataset, 'id' | 'name'>, notices: readonly string[]): void {
  const known = getOrMake(told, id, () => new Set<string>());
  const fresh = [...new Set(notices)].filter((notice) => !known.has(notice));
  if (fresh.length === 0) return;
  for (const notice of fresh) known.add(notice);
  notify('failure', `${name}: what is odd with its files`, fresh.join(' '));
}

export function forgetNotices(id: string): void {
  told.delete(id);
}
