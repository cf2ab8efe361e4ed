// Which units are selected: one, or several beside one another; each has the colour of its place.
import type { EphysDataset } from './datasets.ts';
import { peakElectrode } from './unit-facts.ts';
import { unitsOf } from './units.ts';
import { showElectrode } from './window.ts';

const MOST = 12;

/** `add`: the unit joins the others, or leaves them. */
export function selectUnit(dataset: EphysDataset, id: number, add: boolean): void {
  const { store } = dataset;
  const { selected } = store.getState();
  const next = !add ? [id] : selected.includes(id) ? selected.filter((one) => one !== id) : [...selected, id].slice(-MOST);
  store.setState({ selected: next });
  const unit = unitsOf(dataset).units.get(id);
  const peak = unit && !add ? peakElectrode(dataset, unit) : null;
  if (peak !== null) showElectrode(dataset, peak);
}
