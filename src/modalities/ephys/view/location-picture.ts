// Where the spikes of the selected units come from: every spike that was read, and the unit's own place, among the electrodes; where no
// recording is open, the places that the sorter saved.
import type { UnitWaveforms } from '../shared/unit-jobs.ts';
import type { EphysDataset } from './datasets.ts';
import type { Painting } from './plain-canvas.ts';
import { quantile } from './probe-picture.ts';
import { extentOf, paintPoints, placeX, placeY, type ScatterBox } from './scatter.ts';
import { colourIndex } from './series-colours.ts';
import { brushedPlaces } from './spike-planes.ts';
import { sortingOf, type Unit } from './units.ts';

/** Spikes of a unit by their places, its own place, and the electrodes around it. */
type Located = Pick<UnitWaveforms, 'electrodes' | 'places' | 'location'>;

const LEFT = 36;
/** Spikes of a unit that are drawn: more only hide one another. */
const MOST_SPIKES = 2000;

/** Null where the sorter saved none. */
export function savedLocations(dataset: EphysDataset, units: readonly Unit[]): Located[] | null {
  const positions = sortingOf(dataset)?.positions;
  if (!positions) return null;
  return units.map((unit) => {
    const all = brushedPlaces(dataset, unit);
    const every = Math.max(1, Math.ceil(all.length / MOST_SPIKES));
    const spikes = all.filter((_, i) => i % every === 0).map((place) => unit.spikes[place]!);
    const places = Float32Array.from({ length: 2 * spikes.length }, (_, i) => positions[2 * spikes[i >> 1]! + (i % 2)]!);
    const middle = (axis: 0 | 1) =>
      quantile(
        places.filter((_, i) => i % 2 === axis),
        0.5,
      );
    return { electrodes: new Int32Array(0), places, location: [middle(0), middle(1)] };
  });
}

export function paintLocations(painting: Painting, { electrodes }: EphysDataset, found: readonly Located[]): void {
  if (found.length === 0) return;
  const { context, width, height, palette } = painting;
  const near = [...new Set(found.flatMap((one) => [...one.electrodes]))];
  const along = (axis: 0 | 1, places: Float64Array) =>
    near.length > 0
      ? [near.map((electrode) => places[electrode]!)]
      : found.map((one) => one.places.filter((_, i) => i % 2 === axis));
  const x = extentOf(along(0, electrodes.x));
  const y = extentOf(along(1, electrodes.y));
  const box: ScatterBox = {
    left: LEFT,
    top: 4,
    width: width - LEFT - 4,
    height: height - 8,
    x: { low: x.low - 8, high: x.high + 8 },
    y: { low: y.low - 8, high: y.high + 8 },
  };
  context.fillStyle = palette.css.line2;
  for (const electrode of near)
    context.fillRect(placeX(box, electrodes.x[electrode]!) - 4, placeY(box, electrodes.y[electrode]!) - 3, 8, 6);
  found.forEach(({ places, location }, place) => {
    const colour = palette.css.series[colourIndex(place)]!;
    paintPoints(
      painting,
      box,
      places.filter((_, i) => i % 2 === 0),
      places.filter((_, i) => i % 2 === 1),
      colour,
    );
    context.strokeStyle = colour;
    context.lineWidth = 2;
    context.beginPath();
    context.arc(placeX(box, location[0]), placeY(box, location[1]), 5, 0, 7);
    context.stroke();
  });
  context.fillStyle = palette.css.text3;
  context.textAlign = 'right';
  for (const depth of [y.low, y.high]) context.fillText(depth.toFixed(0), LEFT - 4, placeY(box, depth));
}
