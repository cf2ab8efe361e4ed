// More like this: places of the field that look like the selected region, on the mean image or, for one that activity found, on the
// correlation image; each is added as a region of the same shape, all as one step of Undo.
import { centre, translated } from '../../../base/region.ts';
import { notify, reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { Detection } from '../shared/detection.ts';
import type { AlikeInput, AlikeOutput } from '../shared/tools.ts';
import { type CalciumDataset, chosenDetections, detectionsOf } from './datasets.ts';
import { byHand, install } from './edit-actions.ts';
import { markRegions, selectedPredictions, selectRegion } from './selection.ts';
import { somaDiameter } from './soma.ts';
import { summaryDone } from './summary.ts';

export async function moreLikeThis(dataset: CalciumDataset): Promise<void> {
  const [index, ...others] = selectedPredictions(dataset);
  const one = index === undefined ? undefined : detectionsOf(dataset)[index];
  if (index === undefined || !one || others.length > 0) {
    notify('warning', 'Select one region', 'Click the one that others should look like.');
    return;
  }
  if (!summaryDone(dataset)) {
    notify('warning', 'The movie is still being read', 'Places are compared on the whole movie. Try again when it is read.');
    return;
  }
  try {
    const found = await askAlike(dataset, one);
    const all = detectionsOf(dataset);
    if (all[index] !== one) return;
    if (found.length === 0) {
      notify('warning', 'Nothing else looks like it', 'Lower the confidence, grow a region by a click, or draw it.');
      return;
    }
    const [row, col] = centre(one.region);
    const { height, width } = dataset.files.movie;
    const made = found.map(({ row: r, col: c, similarity }) => {
      const region = translated(one.region, r - Math.round(row), c - Math.round(col), { height, width });
      return byHand(region, 'drawn', `like region ${index + 1}, similarity ${similarity.toFixed(2)}`);
    });
    install(dataset, `More like region ${index + 1}`, [...all, ...made]);
    selectRegion(dataset, { layer: 'predictions', index: all.length });
    markRegions(
      dataset,
      Array.from({ length: made.length }, (_, i) => all.length + i),
    );
    notify(
      'success',
      `${made.length} more like region ${index + 1}`,
      'They are selected: Delete removes them, Undo takes it back.',
    );
  } catch (error) {
    reportError(error, `${dataset.name}: no regions could be compared`);
  }
}

function askAlike(dataset: CalciumDataset, { region, kind }: Detection): Promise<AlikeOutput> {
  const { id, files } = dataset;
  const { height, width } = files.movie;
  const on = kind === 'activity' ? 'correlation' : 'mean';
  const images = [Float64Array.from(resources.get<ArrayLike<number>>(`${id}/${on}`)!)];
  const taken = Float64Array.from(chosenDetections(dataset).flatMap(({ row, col }) => [row, col]));
  const own = Float64Array.from([...taken, ...centre(region)]);
  const input: AlikeInput = { images, height, width, region, taken: own, radius: somaDiameter(dataset) / 2 };
  return ask<AlikeOutput>('calcium', 'alike', input);
}
