// What is remembered of a calcium data set between visits, and its view as a link.
import type { Keeper } from '../../../base/kept.ts';
import { grouped } from '../../../base/number-format.ts';
import type { OpenDataset } from '../../modality.ts';
import { openCalcium } from './activate.ts';
import { withMeasured } from './contrast.ts';
import { type CalciumDataset, chosenDetections, detectionsOf, layersOf, truthOf, usualThreshold } from './datasets.ts';
import { keptEdits, putBack } from './kept-edits.ts';
import { layerOf } from './layer-set.ts';
import { needImage } from './more-images.ts';
import { type CalciumState, makeStore } from './store.ts';
import { CHOSEN, type ChosenView, chosenView, viewValues } from './view-values.ts';

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export function keeperOf(opened: OpenDataset): Keeper {
  const dataset = openCalcium(opened);
  const { info, store } = dataset;
  const { frames, height, width } = info.movie;
  const usual = makeStore(usualThreshold(info)).getState();
  return {
    name: info.shortName,
    facts: `${grouped(frames)} frames of ${height} × ${width}`,
    take: () => {
      const count = chosenDetections(dataset).length;
      const summary = count === 0 ? 'no regions yet' : count === 1 ? '1 region' : `${grouped(count)} regions`;
      return { summary, edits: keptEdits(dataset), view: viewValues({ ...store.getState(), ...formerCut(dataset) }, usual) };
    },
    restore: ({ edits, view }, step) => {
      const values = chosenView(texts(view), usual);
      putBack(dataset, edits, step);
      const known = new Set(Object.keys({ ...store.getState().contrast, ...values.contrast }));
      show(dataset, { ...values, contrast: withMeasured(dataset, values.contrast, known) });
    },
    values: () => {
      const state = store.getState();
      const { contrast } = state;
      // Only what is on screen: an address is short.
      const shown = Object.entries(contrast).filter(([key]) => key.startsWith(state.view));
      return viewValues({ ...state, contrast: Object.fromEntries(shown) }, usual);
    },
    follow: (values) => {
      const asked = chosenView(values, usual);
      show(dataset, {
        ...asked,
        contrast: { ...store.getState().contrast, ...withMeasured(dataset, asked.contrast, Object.keys(asked.contrast)) },
      });
    },
    watch: (onChange) =>
      store.subscribe((now, before) => {
        const isEdit = (['predictions', 'layers'] as const).some((what) => now.versions[what] !== before.versions[what]);
        const isMoved = now.corrected !== before.corrected;
        if (isEdit || isMoved || isChosen(now, before)) onChange(isEdit || isMoved);
      }),
  };
}

/** While somebody labels blind, the cut of the layer that comes back when they leave. */
function formerCut(dataset: CalciumDataset): Pick<CalciumState, 'confidence'> | undefined {
  const { blind } = layersOf(dataset);
  return blind && { confidence: layerOf(blind.former, blind.former.current)?.confidence ?? 0 };
}

/** Frames that pass while the movie plays are nobody's choice; the one it stops at is. */
function isChosen(now: CalciumState, before: CalciumState): boolean {
  if (before.playing && !now.playing) return true;
  return CHOSEN.some(
    (key) => now[key] !== before[key] && !(key === 'frame' && now.playing) && !(key === 'contrast' && !isLocked(now)),
  );
}

/** Limits that were measured are no choice either. */
function isLocked({ contrast }: CalciumState): boolean {
  return Object.values(contrast).some((one) => one && (one.locked || one.gamma !== 1 || one.map !== 'gray'));
}

/** Regions that the data set does not have cannot be selected. */
function show(dataset: CalciumDataset, values: ChosenView): void {
  const { store, player } = dataset;
  const { selection } = values;
  const count = selection?.layer === 'truth' ? (truthOf(dataset)?.regions.length ?? 0) : detectionsOf(dataset).length;
  const frame = Math.min(Math.round(values.frame), player.frames - 1);
  store.setState({ ...values, frame, selection: selection && selection.index < count ? selection : null });
  needImage(dataset, values.view);
  // A movie that is not on screen yet begins with this frame by itself.
  if (player.shown) player.seek(frame);
}

function texts(view: unknown): Record<string, string> {
  if (!isRecord(view)) return {};
  return Object.fromEntries(Object.entries(view).filter((pair): pair is [string, string] => typeof pair[1] === 'string'));
}
