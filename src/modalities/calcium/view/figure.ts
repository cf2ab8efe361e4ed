// The parts of a figure, from what is on stage: the picture without its outlines, the outlines as vectors, legend and scores.
import { fixed } from '../../../base/number-format.ts';
import { type Provenance, provenanceLine, provenanceText } from '../../../base/provenance.ts';
import { formatScore } from '../../../base/rounding.ts';
import { parseColour } from '../../../render/colour.ts';
import { CLASS, type RegionStyle } from '../../../render/layers/region-style.ts';
import { encodePng, readPicture } from '../../../render/read-pixels.ts';
import { token } from '../../../ui/css-vars.ts';
import { ask } from '../../../workers/client.ts';
import type { OutlinesInput, OutlinesOutput } from '../shared/score.ts';
import { type CalciumDataset, chosenDetections, detectionsOf, truthOf } from './datasets.ts';
import { type FigureOutlines, type FigureParts, pathData } from './figure-svg.ts';
import { classesFor } from './overlay-classes.ts';
import { captionOf, legendOf, scaleBarOf } from './picture-notes.ts';
import type { Drawn } from './picture-png.ts';
import type { LayerName, ScoreNumbers } from './store.ts';

/** Throws as `readPicture` where the stage cannot be drawn. */
export async function figureParts(dataset: CalciumDataset, picture: Drawn, provenance: Provenance): Promise<FigureParts> {
  const { info, files, store, player, rateKnown, rateHz } = dataset;
  const { height, width } = files.movie;
  const state = store.getState();
  const counts = { truth: truthOf(dataset)?.regions.length ?? 0, predictions: chosenDetections(dataset).length };
  const legend = legendOf(state, counts).map((entry) => ({ ...entry, colour: token(entry.colour) }));
  const title = captionOf(info.shortName, state, player.shown?.frame ?? state.frame, rateKnown ? rateHz : null);
  const outlines = [
    ...(state.show.truth ? await outlinesOf(dataset, 'truth') : []),
    ...(state.show.predictions ? await outlinesOf(dataset, 'predictions') : []),
  ];
  return {
    width,
    height,
    png: await plainPicture(dataset, picture),
    title,
    outlines,
    legend,
    scaleBar: scaleBarOf(width, 1, info.facts.pixelsPerMicron),
    notes: state.score ? [scoreLine(state.score, state.threshold)] : [],
    source: provenanceLine(provenance),
    metadata: provenanceText(provenance),
  };
}

/** `Combined 0.9000: recall 0.8800, precision 0.9200 …, threshold 6 px`. */
export function scoreLine({ recall, precision, combined, inclusion, exclusion }: ScoreNumbers, threshold: number): string {
  const parts = { recall, precision, inclusion, exclusion };
  const texts = Object.entries(parts).map(([name, value]) => `${name} ${formatScore(value)}`);
  return `Combined ${formatScore(combined)}: ${texts.join(', ')}, threshold ${fixed(threshold, Number.isInteger(threshold) ? 0 : 1)} px`;
}

async function plainPicture(dataset: CalciumDataset, picture: Drawn): Promise<string> {
  const { height, width } = dataset.files.movie;
  const background = parseColour(token('--well'));
  const camera = { row: height / 2, col: width / 2, zoom: 1 };
  const read = readPicture(picture.gl, { width, height, pixelRatio: 1, background }, (target) =>
    picture.drawInto({ box: { x: 0, y: 0, width, height }, ...target }, camera, { overlays: false }),
  );
  const bytes = new Uint8Array(await (await encodePng(read)).arrayBuffer());
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += PIECE) pieces.push(String.fromCharCode(...bytes.subarray(at, at + PIECE)));
  return `data:image/png;base64,${btoa(pieces.join(''))}`;
}

/** Bytes that become one call's arguments. */
const PIECE = 8192;

const LOOKS: readonly { readonly name: string; readonly colour: `--${string}`; readonly dash: RegionStyle['dash'] }[] = [
  { name: 'matched', colour: '--tp', dash: 'solid' },
  { name: 'extra', colour: '--fp', dash: 'dashed' },
  { name: 'missed', colour: '--fn', dash: 'dotted' },
  { name: 'all', colour: '--on-data', dash: 'solid' },
];
const CLASSES = [CLASS.matched, CLASS.extra, CLASS.missed, CLASS.plain];

async function outlinesOf(dataset: CalciumDataset, layer: LayerName): Promise<FigureOutlines[]> {
  const { height, width } = dataset.files.movie;
  const regions = layer === 'truth' ? (truthOf(dataset)?.regions ?? []) : detectionsOf(dataset).map(({ region }) => region);
  const { classes } = classesFor(dataset, layer);
  const contours = await ask<OutlinesOutput>('calcium', 'outlines', { regions, height, width } satisfies OutlinesInput);
  return LOOKS.flatMap(({ name, colour, dash }, i) => {
    const paths = pathData(contours, (region) => classes[region] === CLASSES[i]);
    if (paths.length === 0) return [];
    return [{ name: `${layer}-${name}`, colour: token(colour), dash, thin: layer === 'truth', paths }];
  });
}
