// The strip below: the score of every slice as a curve that is the way through the slices, and the slider of the chosen plane.
import { type PointerEvent, type ReactElement, useEffect, useRef } from 'react';
import { fixed } from '../../../base/number-format.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { NextIcon, PreviousIcon } from '../../../ui/icons.tsx';
import { NumberField } from '../../../ui/number-field.tsx';
import { Segmented } from '../../../ui/segmented.tsx';
import { Select } from '../../../ui/select.tsx';
import { Range } from '../../../ui/slider.tsx';
import { AXIS_NAMES, PLANE_AXES, PLANE_TITLES, PLANES } from '../shared/planes.ts';
import { shownRange, type VolumeDataset } from './datasets.ts';
import { useVolume } from './hooks.ts';
import { goToSlice } from './move.ts';
import { classesOf } from './palette.ts';
import { scoredClasses } from './scored-classes.ts';
import { shade } from './shades.ts';
import { shownLayer } from './store.ts';
import { drawStrip, sliceAt } from './strip-draw.ts';

export function Strip({ dataset }: { readonly dataset: VolumeDataset }): ReactElement {
  return (
    <>
      <StripTools dataset={dataset} />
      <Curve dataset={dataset} />
    </>
  );
}

/** The curve that is shown: of the chosen class, or the mean; null without scores. */
export function shownCurve(dataset: VolumeDataset): readonly number[] | null {
  const { scores, chosenClass } = dataset.store.getState();
  if (!scores) return null;
  return scores.curves[chosenClass === null || chosenClass >= scores.classes ? 0 : chosenClass + 1] ?? null;
}

/** Orders that were found last: they are asked for at every step through the slices. */
const orders = new WeakMap<readonly number[], { from: number; to: number; slices: readonly number[] }>();

/** The slices in the shown part that have a score, the worst first. */
export function worstSlices(dataset: VolumeDataset): readonly number[] {
  const curve = shownCurve(dataset);
  if (!curve) return [];
  const { from, to } = shownRange(dataset);
  const known = orders.get(curve);
  if (known?.from === from && known.to === to) return known.slices;
  const slices = Array.from({ length: to - from }, (_, i) => from + i)
    .filter((z) => Number.isFinite(curve[z]))
    .sort((a, b) => curve[a]! - curve[b]!);
  orders.set(curve, { from, to, slices });
  return slices;
}

function StripTools({ dataset }: { readonly dataset: VolumeDataset }): ReactElement {
  const plane = useVolume(dataset, (state) => state.plane);
  const position = useVolume(dataset, (state) => state.position);
  const scores = useVolume(dataset, (state) => state.scores);
  const chosen = useVolume(dataset, (state) => state.chosenClass);
  const layers = useVolume(dataset, (state) => state.layers);
  useVolume(dataset, (state) => state.cutout);
  const { setState } = dataset.store;
  const { across } = PLANE_AXES[plane];
  const range = shownRange(dataset);
  const [from, to] = across === 0 ? [range.from, range.to] : [0, dataset.shape[across]!];
  const slice = position[across]!;
  const worst = worstSlices(dataset);
  const at = worst.indexOf(position[0]);
  const layer = shownLayer({ layers }, 'truth') ?? shownLayer({ layers }, 'prediction');
  const classes = scores ? scoredClasses(dataset, scores) : layer ? classesOf(layer, []) : [];
  const go = (z: number) => {
    setState({ plane: 'xy' });
    goToSlice(dataset, z);
  };
  return (
    <div className="tools volume-strip-tools">
      <span className="strong hide-narrow">{scores ? 'IoU per slice' : 'Slices'}</span>
      <Select
        label="Class"
        value={chosen === null ? '' : String(chosen)}
        onChange={(to_) => setState({ chosenClass: to_ === '' ? null : Number(to_) })}
        choices={[
          { value: '', label: 'Mean of classes' },
          ...classes.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
      />
      {worst.length > 0 && (
        <>
          <Button small disabled={at === worst.length - 1} onClick={() => go(worst[(at + 1) % worst.length]!)}>
            Better
          </Button>
          <Button small disabled={at === 0} onClick={() => go(worst[Math.max(0, at < 0 ? 0 : at - 1)]!)}>
            Worse
          </Button>
          <Button small keys="w" onClick={() => go(worst[0]!)}>
            {`Worst z ${worst[0]}`}
          </Button>
        </>
      )}
      <span className="push" />
      <Segmented
        small
        label="Plane"
        value={plane}
        onChange={(to_) => setState({ plane: to_ })}
        choices={PLANES.map((value) => ({ value, label: PLANE_TITLES[value] }))}
      />
      <IconButton
        small
        label="Previous slice"
        icon={PreviousIcon}
        disabled={slice <= from}
        onClick={() => goToSlice(dataset, slice - 1)}
      />
      <span className="volume-slice">
        <Range label="Slice" value={slice} min={from} max={Math.max(from, to - 1)} onChange={(to_) => goToSlice(dataset, to_)} />
      </span>
      <IconButton
        small
        label="Next slice"
        icon={NextIcon}
        disabled={slice >= to - 1}
        onClick={() => goToSlice(dataset, slice + 1)}
      />
      <span className="s t3">{AXIS_NAMES[across]}</span>
      <NumberField
        label="Slice value"
        width={52}
        value={slice}
        min={from}
        max={Math.max(from, to - 1)}
        onCommit={(to_) => goToSlice(dataset, to_)}
      />
      <span className="s t3">{`of ${to - from}`}</span>
    </div>
  );
}

/** The curve is drawn when scores or the slice change; the slider above is the way for keyboards. */
function Curve({ dataset }: { readonly dataset: VolumeDataset }): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const scores = useVolume(dataset, (state) => state.scores);
  const chosen = useVolume(dataset, (state) => state.chosenClass);
  const curve = shownCurve(dataset);
  const worst = worstSlices(dataset)[0];
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    // Measured when it changes: asking for it at every step has the page laid out.
    let [width, height] = [0, 0];
    const draw = () => {
      const pen = element.getContext('2d');
      if (!pen || width === 0) return;
      pen.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
      const { position } = dataset.store.getState();
      const worstNow = worstSlices(dataset)[0];
      drawStrip(
        pen,
        { width, height },
        {
          values: shownCurve(dataset),
          range: shownRange(dataset),
          at: position[0],
          worst: worstNow,
          cutouts: dataset.info.cutouts,
        },
        shade,
      );
    };
    let isAsked = false;
    const drawSoon = () => {
      if (isAsked) return;
      isAsked = true;
      requestAnimationFrame(() => {
        isAsked = false;
        draw();
      });
    };
    const stop = dataset.store.subscribe((now, before) => {
      const isSame =
        now.position[0] === before.position[0] &&
        now.scores === before.scores &&
        now.chosenClass === before.chosenClass &&
        now.cutout === before.cutout;
      if (!isSame) drawSoon();
    });
    const size = new ResizeObserver(() => {
      [width, height] = [element.clientWidth, element.clientHeight];
      Object.assign(element, {
        width: Math.round(width * devicePixelRatio),
        height: Math.round(height * devicePixelRatio),
      });
      draw();
    });
    size.observe(element);
    const theme = new MutationObserver(draw);
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] });
    return () => {
      stop();
      size.disconnect();
      theme.disconnect();
    };
  }, [dataset]);
  const pick = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    dataset.store.setState({ plane: 'xy' });
    goToSlice(dataset, sliceAt(event.clientX - box.left, box.width, shownRange(dataset)));
  };
  const what = chosen === null ? 'mean of the classes' : 'the chosen class';
  const description = scores
    ? `IoU of ${what} for each slice; the worst is z ${worst} with ${fixed(worst === undefined ? Number.NaN : curve?.[worst], 3)}`
    : 'Slices of the volume; scores stand here once there is a prediction and a truth';
  return (
    <div className="plot volume-strip">
      <canvas
        ref={canvas}
        role="img"
        aria-label={description}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          pick(event);
        }}
        onPointerMove={pick}
      />
    </div>
  );
}
