// Mean waveforms of the selected units where their electrodes are, each over the spikes it was made of.
import type { UnitWaveforms } from '../shared/unit-jobs.ts';
import type { Electrodes } from './electrodes.ts';
import type { Painting } from './plain-canvas.ts';
import { colourIndex } from './series-colours.ts';

/** Of a recording, or a sorter's templates, which have no spikes. */
type Waveforms = Pick<UnitWaveforms, 'electrodes' | 'samples' | 'mean' | 'spray' | 'frames'>;

const SHOWN = 8;
const SPRAY = 30;
const PAD = 6;
/** Width of an electrode's number, px. */
const LABEL = 26;

export function paintWaveforms(
  { context, width, height, palette }: Painting,
  { electrodes }: { readonly electrodes: Pick<Electrodes, 'x' | 'y' | 'ids'> },
  found: readonly Waveforms[],
): void {
  const first = found.find(({ mean }) => mean.length > 0);
  if (!first) return;
  const near = Array.from(first.electrodes.subarray(0, SHOWN));
  const columns = [...new Set(near.map((electrode) => electrodes.x[electrode]!))].sort((a, b) => a - b);
  const depths = [...new Set(near.map((electrode) => electrodes.y[electrode]!))].sort((a, b) => b - a);
  // On a staggered probe every second column is free at a depth: a waveform may reach into it.
  const abreast = Math.max(...depths.map((depth) => near.filter((electrode) => electrodes.y[electrode] === depth).length));
  const room = Math.max(1, Math.floor(columns.length / abreast));
  const cell = { width: (width - 2 * PAD) / (columns.length + room - 1), height: (height - 2 * PAD) / depths.length };
  const wide = room * cell.width - LABEL;
  let tallest = 1e-6;
  for (const { mean } of found) for (const value of mean) tallest = Math.max(tallest, Math.abs(value));
  const gain = Math.max(cell.height * 0.8, height / 5) / tallest;
  const line = (unit: Waveforms, values: Float32Array, at: number, electrode: number) => {
    const left = PAD + columns.indexOf(electrodes.x[electrode]!) * cell.width + 2;
    const middle = PAD + (depths.indexOf(electrodes.y[electrode]!) + 0.45) * cell.height;
    context.beginPath();
    for (let i = 0; i < unit.samples; i++)
      context.lineTo(left + (i / (unit.samples - 1)) * wide, middle - values[at + i]! * gain);
    context.stroke();
  };
  context.lineJoin = 'round';
  found.forEach((unit, place) => {
    context.strokeStyle = palette.css.series[colourIndex(place)]!;
    unit.electrodes.forEach((electrode, e) => {
      if (!near.includes(electrode)) return;
      const spikes = Math.min(SPRAY, unit.frames.length);
      context.globalAlpha = Math.max(0.05, 0.5 / Math.sqrt(spikes || 1));
      context.lineWidth = 0.8;
      for (let k = 0; k < spikes; k++) {
        const spike = Math.floor((k * unit.frames.length) / spikes);
        line(unit, unit.spray, (spike * unit.electrodes.length + e) * unit.samples, electrode);
      }
      context.globalAlpha = 1;
      context.lineWidth = 1.6;
      line(unit, unit.mean, e * unit.samples, electrode);
    });
  });
  context.fillStyle = palette.css.text3;
  context.textAlign = 'right';
  for (const electrode of near) {
    const right = PAD + (columns.indexOf(electrodes.x[electrode]!) + room) * cell.width - 4;
    const middle = PAD + (depths.indexOf(electrodes.y[electrode]!) + 0.5) * cell.height;
    context.fillText(electrodes.ids[electrode]!.replace(/^\D+/, ''), right, middle + 7);
  }
}
