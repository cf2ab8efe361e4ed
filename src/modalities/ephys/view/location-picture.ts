// Where the spikes of the selected units come from: every spike that was read, and the unit's own place, among the electrodes.
import type { UnitWaveforms } from '../shared/unit-jobs.ts';
import type { EphysDataset } from './datasets.ts';
import type { Painting } from './plain-canvas.ts';
import { extentOf, paintPoints, placeX, placeY, type ScatterBox } from './scatter.ts';
import { colourIndex } from './series-colours.ts';

const LEFT = 36;

export function paintLocations(painting: Painting, { electrodes }: EphysDataset, found: readonly UnitWaveforms[]): void {
  if (found.length === 0) return;
  const { context, width, height, palette } = painting;
  const near = [...new Set(found.flatMap((one) => [...one.electrodes]))];
  const x = extentOf([near.map((electrode) => electrodes.x[electrode]!)]);
  const y = extentOf([near.map((electrode) => electrodes.y[electrode]!)]);
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
