// Selecting a region shows its trace; the picture moves only when the region is out of sight.
import { mark } from '../../../base/marks.ts';
import type { CalciumDataset } from './datasets.ts';
import type { Selection } from './store.ts';

export function selectRegion(dataset: CalciumDataset, selection: Selection | null): void {
  mark('select-start');
  // Mistakes tells of the selected region what its trace does not: why it counts as it does.
  dataset.store.setState(({ tab }) => ({ selection, tab: tab === 'mistakes' ? tab : 'traces' }));
}
