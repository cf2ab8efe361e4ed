// The stage: the canvas, what the cursor is on, the scale bar, and the hands on it: wheel, drag, pinch, click, double-click.
import { type PointerEvent, type ReactElement, type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { fixed, grouped, MISSING, niceBelow } from '../../../base/number-format.ts';
import type { Point } from '../../../render/camera.ts';
import { reportError } from '../../../state/log.ts';
import { cssVars } from '../../../ui/css-vars.ts';
import { Tag } from '../../../ui/tag.tsx';
import type { CalciumDataset } from './datasets.ts';
import { useCalcium } from './hooks.ts';
import { selectRegion } from './selection.ts';
import { StagePicture } from './stage-picture.ts';
import { StageView } from './stage-view.tsx';
import { VIEW_TITLES } from './store.ts';

interface StageProps {
  readonly dataset: CalciumDataset;
  readonly onPicture: (picture: StagePicture | null) => void;
  /** What lies over the picture. */
  readonly children?: ReactNode;
}

const CLICK_PX = 4;
const SCALE_PX = 120;

export function Stage({ dataset, onPicture, children }: StageProps): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const cursor = useRef<HTMLOutputElement>(null);
  const picture = useRef<StagePicture | null>(null);
  const last = useRef<Point>({ x: 0, y: 0 });
  const [zoom, setZoom] = useState(1);
  const given = useEffectEvent(onPicture);

  const readOut = useEffectEvent(() => {
    const under = picture.current?.under(last.current);
    if (cursor.current) cursor.current.replaceChildren(...cursorParts(dataset, under?.inside ? under : undefined));
  });

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      picture.current?.zoomBy(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), pointOf(event, element));
    };
    let stop = () => {};
    const begin = () => {
      try {
        const made = new StagePicture(element, dataset, () => setZoom(made.view?.camera.zoom ?? 1));
        picture.current = made;
        given(made);
      } catch (error) {
        reportError(error, 'Pictures cannot be drawn');
        return;
      }
      stop = dataset.player.subscribe(() => readOut());
      element.addEventListener('wheel', wheel, { passive: false });
    };
    // In a task of its own: a new context takes as long as the whole page around it.
    const timer = setTimeout(begin, 0);
    return () => {
      clearTimeout(timer);
      stop();
      element.removeEventListener('wheel', wheel);
      picture.current?.destroy();
      picture.current = null;
      given(null);
    };
  }, [dataset]);

  const hands = useHands({
    onMove: (at) => {
      last.current = at;
      readOut();
    },
    onPan: (dx, dy) => picture.current?.pan(dx, dy),
    onPinch: (factor, at) => picture.current?.zoomBy(factor, at),
    onClick: (at) => selectRegion(dataset, picture.current?.pick(at) ?? null),
  });
  const view = useCalcium(dataset, (state) => state.view);
  const images = useCalcium(dataset, (state) => state.versions.images);
  // What is under the resting cursor changes with the view, and with its image while that fills in.
  // biome-ignore lint/correctness/useExhaustiveDependencies: view and images stand for what is read
  useEffect(() => readOut(), [view, images]);
  const framesRead = useCalcium(dataset, (state) => state.framesRead);
  const { frames } = dataset.files.movie;
  return (
    <div className="well">
      {/* The canvas is made anew for every data set: a destroyed context cannot be used again. */}
      <canvas
        key={dataset.id}
        ref={canvas}
        role="img"
        aria-label="Movie"
        onDoubleClick={() => picture.current?.fit()}
        {...hands}
      />
      <output ref={cursor} className="on tl" aria-label="Cursor" aria-live="off" />
      {view !== 'movie' && framesRead < frames && (
        <span className="on tr">
          <Tag>{`${grouped(framesRead)} of ${grouped(frames)} frames`}</Tag>
        </span>
      )}
      <StageView dataset={dataset} />
      <DamageNote dataset={dataset} />
      <SomaSize dataset={dataset} zoom={zoom} />
      <ScaleBar zoom={zoom} pixelsPerMicron={dataset.info.facts.pixelsPerMicron} />
      {children}
    </div>
  );
}

function DamageNote({ dataset }: { readonly dataset: CalciumDataset }): ReactElement | null {
  const [damaged, setDamaged] = useState('');
  const view = useCalcium(dataset, (state) => state.view);
  useEffect(
    () =>
      dataset.player.subscribe((shown) => setDamaged(shown.damaged ? `Frame ${shown.frame} is damaged: ${shown.damaged}` : '')),
    [dataset],
  );
  return damaged && view === 'movie' ? <span className="on bl cut">{damaged}</span> : null;
}

/** The soma diameter of the detection, drawn to the scale of the picture. */
function SomaSize({ dataset, zoom }: { readonly dataset: CalciumDataset; readonly zoom: number }): ReactElement | null {
  const set = useCalcium(dataset, (state) => state.diameter);
  const found = useCalcium(dataset, (state) => state.foundDiameter);
  const diameter = set ?? found;
  if (diameter === null) return null;
  const drawn = Math.max(4, diameter * zoom);
  return (
    <span className="on soma">
      <svg width={drawn + 2} height={drawn + 2} role="img" aria-label="Soma diameter to scale">
        <circle cx={drawn / 2 + 1} cy={drawn / 2 + 1} r={drawn / 2} />
      </svg>
      {fixed(diameter, 1)} px
    </span>
  );
}

function ScaleBar({ zoom, pixelsPerMicron }: { readonly zoom: number; readonly pixelsPerMicron: number | null }): ReactElement {
  const perUnit = zoom * (pixelsPerMicron ?? 1);
  const length = niceBelow(SCALE_PX / perUnit);
  return (
    <div className="scale" style={cssVars({ '--len': `${length * perUnit}px` })}>
      {length} {pixelsPerMicron === null ? 'px' : 'µm'}
    </div>
  );
}

function cursorParts(dataset: CalciumDataset, under: { row: number; col: number; value: number } | undefined): Node[] {
  const { view, deltaF } = dataset.store.getState();
  const { shown } = dataset.player;
  const value = under ? (Number.isInteger(under.value) ? grouped(under.value) : fixed(under.value, 3)) : MISSING;
  const parts: [string, string][] = [
    ['row', under ? String(under.row) : MISSING],
    ['col', under ? String(under.col) : MISSING],
    ...(view === 'movie' ? ([['frame', shown ? grouped(shown.frame) : MISSING]] as [string, string][]) : []),
    [view !== 'movie' ? VIEW_TITLES[view].toLowerCase() : deltaF ? 'ΔF/F₀' : shown && !shown.exact ? 'binned' : 'raw', value],
  ];
  return parts.map(([name, text]) => {
    const part = document.createElement('span');
    const label = document.createElement('span');
    label.className = 't3';
    label.textContent = `${name} `;
    part.append(label, text);
    return part;
  });
}

function pointOf(event: { clientX: number; clientY: number }, element: Element): Point {
  const box = element.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

interface Hands {
  readonly onMove: (at: Point) => void;
  readonly onPan: (dx: number, dy: number) => void;
  readonly onPinch: (factor: number, at: Point) => void;
  readonly onClick: (at: Point) => void;
}

/** One pointer drags or clicks, two pinch. */
function useHands({ onMove, onPan, onPinch, onClick }: Hands) {
  const pointers = useRef(new Map<number, Point>());
  const travelled = useRef(0);
  return {
    onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      pointers.current.set(event.pointerId, pointOf(event, event.currentTarget));
      if (pointers.current.size === 1) travelled.current = 0;
    },
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => {
      const at = pointOf(event, event.currentTarget);
      onMove(at);
      const before = pointers.current.get(event.pointerId);
      if (!before) return;
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
      pointers.current.set(event.pointerId, at);
      if (other) {
        const distance = (point: Point) => Math.hypot(point.x - other.x, point.y - other.y);
        onPinch(distance(at) / Math.max(1, distance(before)), { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 });
        travelled.current = Number.POSITIVE_INFINITY;
        return;
      }
      travelled.current += Math.hypot(at.x - before.x, at.y - before.y);
      if (travelled.current > CLICK_PX) onPan(at.x - before.x, at.y - before.y);
    },
    onPointerUp: (event: PointerEvent<HTMLCanvasElement>) => {
      const wasDown = pointers.current.delete(event.pointerId);
      if (wasDown && travelled.current <= CLICK_PX) onClick(pointOf(event, event.currentTarget));
    },
    onPointerCancel: (event: PointerEvent<HTMLCanvasElement>) => {
      pointers.current.delete(event.pointerId);
    },
  };
}
