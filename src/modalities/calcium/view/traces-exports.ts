// Saves the traces that the time strip shows as a figure, PNG or SVG. Loaded when one is asked for.
import { SomascopeError } from '../../../base/errors.ts';
import { provenanceLine, provenanceText } from '../../../base/provenance.ts';
import { saveBytes } from '../../../ui/download.ts';
import { makeSvgPen } from '../../../ui/svg-pen.ts';
import { ask } from '../../../workers/client.ts';
import type { CalciumDataset } from './datasets.ts';
import { drawnLane, snrText } from './drawn-lane.ts';
import { exportName } from './export-names.ts';
import { KIND_TITLES } from './lane-curves.ts';
import { provenanceOf } from './provenance.ts';
import { attempt, saveEncoded, tell } from './saving.ts';
import { wholeRange } from './time-range.ts';
import { lanesNow } from './trace-lanes.ts';
import { FIGURE_PAPER, paintTraces, type TracesFigure, tracesFigureSize } from './traces-figure.ts';

const FAMILY = 'Arial, Helvetica, sans-serif';
/** Pixels of the PNG for a CSS px. */
const SHARPNESS = 2;

export function saveTracesFigure(dataset: CalciumDataset, format: 'png' | 'svg'): Promise<void> {
  const file = exportName(dataset.info.shortName, `traces.${format}`);
  return attempt(file, async () => {
    const provenance = provenanceOf(dataset, { time: new Date() });
    const figure = await figureOf(dataset, provenanceLine(provenance));
    const bytes = format === 'svg' ? tracesSvg(figure, provenanceText(provenance)) : await tracesPng(figure);
    const facts = figure.lanes.map(({ title }) => title).join(', ');
    if (typeof bytes === 'string') return tell(file, saveEncoded(file, bytes, 'image/svg+xml'), facts);
    const marked = await ask<Uint8Array<ArrayBuffer>>('calcium', 'png-text', { png: bytes, text: provenanceText(provenance) });
    saveBytes(file, marked, 'image/png');
    tell(file, marked.byteLength, facts);
  });
}

async function figureOf(dataset: CalciumDataset, source: string): Promise<TracesFigure> {
  const { store, player, rateHz, rateKnown, info } = dataset;
  const { traceKind, timeRange } = store.getState();
  const drawn = (await lanesNow(dataset)).map((lane) => drawnLane(lane, traceKind, rateHz));
  const lanes = drawn.flatMap(({ lane, curves }) => {
    const binned = lane.trace?.exact === false && lane.selection ? ', binned' : '';
    return curves ? [{ title: lane.title, text: `${lane.text}${binned}${snrText(lane)}`, curves }] : [];
  });
  const first = lanes[0];
  if (!first) throw new SomascopeError('Invalid', 'No trace is read yet.', {}, 'Wait until the movie is read, then save again.');
  return {
    title: `${info.shortName}, ${KIND_TITLES[first.curves.kind]}`,
    lanes,
    range: timeRange ?? wholeRange(player.frames),
    rateHz: rateKnown ? rateHz : null,
    source,
  };
}

function tracesSvg(figure: TracesFigure, metadata: string): string {
  const ruler = document.createElement('canvas').getContext('2d')!;
  const measureText = (text: string) => {
    ruler.font = `11px ${FAMILY}`;
    return ruler.measureText(text);
  };
  const size = tracesFigureSize(figure);
  const svg = makeSvgPen({ ...size, family: FAMILY, title: figure.title, background: FIGURE_PAPER, metadata, measureText });
  paintTraces(svg.pen, figure, FAMILY);
  return svg.toString();
}

async function tracesPng(figure: TracesFigure): Promise<Uint8Array<ArrayBuffer>> {
  const { width, height } = tracesFigureSize(figure);
  const canvas = document.createElement('canvas');
  canvas.width = width * SHARPNESS;
  canvas.height = height * SHARPNESS;
  const context = canvas.getContext('2d')!;
  context.scale(SHARPNESS, SHARPNESS);
  context.fillStyle = FIGURE_PAPER;
  context.fillRect(0, 0, width, height);
  paintTraces(context, figure, FAMILY);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!blob) throw new SomascopeError('OutOfMemory', `The browser made no picture of ${canvas.width} × ${canvas.height} px.`);
  return new Uint8Array(await blob.arrayBuffer());
}
