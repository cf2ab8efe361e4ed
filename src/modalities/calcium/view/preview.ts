// Parameter preview: while Soma diameter or Sensitivity moves, a quick shape search on the part in view shows what they would find.
// The latest move counts; earlier questions are given up. It goes when a detection is done, or by Esc and by its button.
import { isSomascopeError } from '../../../base/errors.ts';
import { mark } from '../../../base/marks.ts';
import { reportError } from '../../../state/log.ts';
import { resources } from '../../../state/resources.ts';
import { ask } from '../../../workers/client.ts';
import type { PreviewInput, PreviewOutput } from '../shared/tools.ts';
import type { CalciumDataset } from './datasets.ts';
import { cutPlane, type Rectangle, widened } from './find-input.ts';
import { somaDiameter } from './soma.ts';

/** Side of the part that is searched at a soma of 10 px; larger cells need a larger part to learn from. */
const SIDE = 128;
const SIDE_SOMATA = 12.8;
/** So much of a slider's way is passed over. */
const WAIT_MS = 30;

/** What is on screen of it; the places are in the resource cache as `<id>/preview`. */
export interface Preview {
  readonly count: number;
  readonly radius: number;
  /** The part of the field that was searched. */
  readonly area: Rectangle;
  /** From the move to the answer. */
  readonly milliseconds: number;
}

const latest = new Map<string, AbortController>();

/** Asks for a preview with the parameters of the store. Nothing happens before the mean image is there, or while somebody labels
 *  blind. */
export function preview(dataset: CalciumDataset): void {
  begin(dataset, WAIT_MS, (side) => areaInView(dataset, side));
}

/** The same on the whole field: the first regions on screen while a detection runs. */
export function previewField(dataset: CalciumDataset): void {
  const { height, width } = dataset.files.movie;
  begin(dataset, 0, () => ({ top: 0, left: 0, height, width }));
}

/** `areaOf` gives the part that is searched, from the side that it should have. */
function begin(dataset: CalciumDataset, wait: number, areaOf: (side: number) => Rectangle): void {
  const { id, store } = dataset;
  latest.get(id)?.abort();
  if (!resources.has(`${id}/mean`) || store.getState().blind !== null) return;
  const control = new AbortController();
  latest.set(id, control);
  const started = performance.now();
  setTimeout(() => {
    if (control.signal.aborted) return;
    look(dataset, areaOf, control.signal, started).catch((error) => {
      if (!isSomascopeError(error, 'Aborted')) reportError(error, `${dataset.name}: the preview stopped`);
    });
  }, wait);
}

async function look(
  dataset: CalciumDataset,
  areaOf: (side: number) => Rectangle,
  signal: AbortSignal,
  started: number,
): Promise<void> {
  const { id, store, files } = dataset;
  const { sensitivity } = store.getState();
  const mean = resources.get<Float64Array<ArrayBuffer>>(`${id}/mean`)!;
  const radius = somaDiameter(dataset) / 2;
  const area = areaOf(Math.max(SIDE, Math.round(SIDE_SOMATA * 2 * radius)));
  const data = cutPlane(mean, files.movie.width, area);
  const input: PreviewInput = { data, height: area.height, width: area.width, radius, sensitivity };
  const found = await ask<PreviewOutput>('calcium', 'preview', input, { signal });
  if (signal.aborted) return;
  resources.put(`${id}/preview`, found, found.row.byteLength * 2, true);
  store.setState({ preview: { count: found.row.length, radius, area, milliseconds: performance.now() - started } });
  // By the next frame the rings are drawn.
  requestAnimationFrame(() => mark('preview-shown'));
}

export function endPreview({ id, store }: CalciumDataset): void {
  latest.get(id)?.abort();
  resources.delete(`${id}/preview`);
  store.setState({ preview: null });
}

/** `side` px around the middle of what is on screen, moved into the field. */
function areaInView({ files, store }: CalciumDataset, side: number): Rectangle {
  const { height, width } = files.movie;
  const { row, col } = store.getState().camera ?? { row: height / 2, col: width / 2 };
  const start = (middle: number, length: number) =>
    Math.round(Math.min(Math.max(0, length - side), Math.max(0, middle - side / 2)));
  return widened({ top: start(row, height), left: start(col, width), height: side, width: side }, 0, { height, width })!;
}
