// The regions that RoiSet ZIP, the label masks and the traces hold: the chosen predictions where there are any, else the truth.
import type { Region } from '../../../base/region.ts';
import { type CalciumDataset, chosenDetections, detectionsOf, truthOf } from './datasets.ts';
import type { LayerName } from './store.ts';

export interface ExportedRegions {
  readonly layer: LayerName;
  readonly regions: readonly Region[];
  /** Per region its number in the table Regions, from 1; of truth, its place in the file. */
  readonly numbers: readonly number[];
  /** Names that sort in this order: `0001`; of truth, `T9000` after its id. */
  readonly names: readonly string[];
}

export function exportedRegions(dataset: CalciumDataset): ExportedRegions {
  const chosen = new Set(chosenDetections(dataset));
  if (chosen.size > 0) {
    const numbers = detectionsOf(dataset).flatMap((one, index) => (chosen.has(one) ? [index + 1] : []));
    const digits = Math.max(4, String(numbers.at(-1)).length);
    const names = numbers.map((number) => String(number).padStart(digits, '0'));
    return { layer: 'predictions', regions: [...chosen].map(({ region }) => region), numbers, names };
  }
  const { regions = [], ids = [] } = truthOf(dataset) ?? {};
  const seen = new Set<string>();
  const names = regions.map((_, index) => {
    // An id that comes twice, or that is no file name, gives way to the place in the file.
    const id = `T${ids[index] ?? index}`;
    const name = /^[\w.-]+$/.test(id) && !seen.has(id) ? id : `T${index}-${regions.length}`;
    seen.add(name);
    return name;
  });
  return { layer: 'truth', regions, numbers: regions.map((_, index) => index + 1), names };
}
