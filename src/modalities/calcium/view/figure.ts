// The parts of a figure, from what is on stage: the picture without its outlines, the outlines as vectors, legend and scores.
import { fixed } from '../../../base/number-format.ts';
import { type Provenance, provenanceLine, provenanceText } from '../../../base/provenance.ts';
import type { Region } from '../../../base/region.ts';
import { formatScore } from '../../../base/rounding.ts';
import { parseColour, type Rgb } from '../../../render/colour.ts';
import { CLASS, type RegionStyle } from '../../../render/layers/region-style.ts';
import { encodePng, readPicture } from '../../../render/read-pixels.ts';
import { token } from '../../../ui/css-vars.ts';
import { ask } from '../../../workers/client.ts';
import type { Detection } from '../shared/detection.ts';
import type { OutlinesInput, OutlinesOutput } from '../shared/score.ts';
import { type CalciumDataset, detectionsOf, layerList, truthOf } from './datasets.ts';
import { type FigureOutlines, type FigureParts, pathData } from './figure-svg.ts';
import { stylesOf } from './layer-looks.ts';
import { layerOf } from './layer-set.ts';
import { legendLayers } from './legend-layers.ts';
import { classesFor } from './overlay-classes.ts';
import { captionOf, legendOf, scaleBarOf } from './picture-notes.ts';
import type { Drawn } from './picture-png.ts';
import { shownBeside } from './stage-overlays.ts';
import type { ScoreNumbers } from './store.ts';

/** Throws as `readPicture` where the stage cannot be drawn. */
export async function figureParts(dataset: CalciumDataset, picture: Drawn, provenance: Provenance): Promise<FigureParts> {
  const { info, files, store, player, rateKnown, rateHz } = dataset;
  const { height, width } = files.movie;
  const state = store.getState();
  const legend = legendOf(state, legendLayers(dataset)).map((entry) => ({ ...entry, colour: token(entry.colour) }));
  const title = captionOf(info.shortName, state, player.shown?.frame ?? state.frame, rateKnown ? rateHz : null);
  return {
    width,
    height,
    png: await plainPicture(dataset, picture),
    title,
    outlines: (await Promise.all(shownLists(dataset).map((list) => outlinesOf(dataset, list)))).flat(),
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

interface ShownList {
  readonly name: string;
  readonly regions: readonly Region[];
  /** As `classesFor` names lists. */
  readonly id: string | null;
  readonly styles: readonly RegionStyle[];
}

/** What lies over the picture on stage, from below to above. */
function shownLists(dataset: CalciumDataset): ShownList[] {
  const state = dataset.store.getState();
  const { show, difference, currentLayer } = state;
  const colourOf = (id: string | null) => layerOf(state, id)?.colour ?? 'white';
  const of = (list: readonly Detection[]) => list.map(({ region }) => region);
  const lists: ShownList[] = [];
  if (show.truth || difference) {
    const regions = truthOf(dataset)?.regions ?? [];
    lists.push({ name: 'truth', id: 'truth', regions, styles: stylesOf('white', difference ? 2 : 1) });
  }
  for (const id of shownBeside(state)) {
    lists.push({ name: id, id, regions: of(layerList(dataset, id)), styles: stylesOf(colourOf(id), 2) });
  }
  if (show.predictions || difference) {
    const styles = stylesOf(colourOf(currentLayer), 2);
    lists.push({ name: 'predictions', id: null, regions: of(detectionsOf(dataset)), styles });
  }
  return lists;
}

const CLASS_NAMES = ['matched', 'extra', 'missed', 'plain'] as const;

async function outlinesOf(dataset: CalciumDataset, { name, id, regions, styles }: ShownList): Promise<FigureOutlines[]> {
  const { height, width } = dataset.files.movie;
  const classes = classesFor(dataset, id);
  const contours = await ask<OutlinesOutput>('calcium', 'outlines', { regions, height, width } satisfies OutlinesInput);
  return CLASS_NAMES.flatMap((kind) => {
    const paths = pathData(contours, (region) => classes[region] === CLASS[kind]);
    const style = styles[CLASS[kind]]!;
    if (paths.length === 0) return [];
    return [{ name: `${name}-${kind}`, colour: hex(style.colour), dash: style.dash, thin: style.width < 2, paths }];
  });
}

const hex = (colour: Rgb) => `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
