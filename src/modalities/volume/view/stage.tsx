// The four pictures: one drawing context below, four named canvases above it that carry the lines and take the hands.
import { type ReactElement, useEffect, useEffectEvent, useRef } from 'react';
import { niceBelow } from '../../../base/number-format.ts';
import type { VolumeMode } from '../../../render/layers/volume.ts';
import { reportError } from '../../../state/log.ts';
import { Check } from '../../../ui/check.tsx';
import { classNames } from '../../../ui/class-names.ts';
import { cssVars } from '../../../ui/css-vars.ts';
import { Select } from '../../../ui/select.tsx';
import { AXIS_NAMES, PLANE_AXES, PLANE_TITLES } from '../shared/planes.ts';
import type { VolumeDataset } from './datasets.ts';
import { type HandTarget, useHands } from './hands.ts';
import { useVolume } from './hooks.ts';
import { drawOverlay, type Hover } from './overlay-draw.ts';
import { type ReadPart, readOut } from './read-out.ts';
import { StagePicture } from './stage-picture.ts';
import { PANELS, type PanelName } from './stage-places.ts';

interface StageProps {
  readonly dataset: VolumeDataset;
  readonly onPicture: (picture: StagePicture | null) => void;
}

const TITLES: Readonly<Record<PanelName, string>> = { xy: 'XY slice', xz: 'XZ slice', yz: 'YZ slice', '3d': '3-D' };
const SCALE_PX = 120;
const MODES: readonly { value: VolumeMode; label: string }[] = [
  { value: 'surfaces', label: 'Surfaces' },
  { value: 'maximum', label: 'Maximum' },
  { value: 'cloud', label: 'Volume' },
];

export function Stage({ dataset, onPicture }: StageProps): ReactElement {
  const below = useRef<HTMLCanvasElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const above = useRef(new Map<PanelName, HTMLCanvasElement>());
  const cursor = useRef<HTMLOutputElement>(null);
  const scale = useRef<HTMLDivElement>(null);
  const picture = useRef<StagePicture | null>(null);
  const hover = useRef<Hover | null>(null);
  const given = useEffectEvent(onPicture);
  const maximised = useVolume(dataset, (state) => state.maximised);

  const drawLines = useEffectEvent(() => {
    const made = picture.current;
    if (!made) return;
    for (const [panel, canvas] of above.current) {
      const pen = canvas.getContext('2d');
      const box = made.boxOf(panel);
      if (!pen || !box) continue;
      const ratio = devicePixelRatio;
      const [width, height] = [Math.round(box.width * ratio), Math.round(box.height * ratio)];
      if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, box.width, box.height);
      drawOverlay(pen, dataset, made, panel, hover.current);
    }
    if (scale.current) showScale(scale.current, dataset, made);
    if (cursor.current) showCursor(cursor.current, readOut(dataset, voxelUnder(made, hover.current)));
  });

  const measure = useEffectEvent(() => {
    const made = picture.current;
    const origin = below.current?.getBoundingClientRect();
    if (!made || !origin) return;
    const boxes = [...above.current].flatMap(([panel, canvas]) => {
      const { left, top, width, height } = canvas.getBoundingClientRect();
      return width > 0 && height > 0 ? [[panel, { x: left - origin.left, y: top - origin.top, width, height }] as const] : [];
    });
    made.place(Object.fromEntries(boxes));
  });

  useEffect(() => {
    const element = below.current;
    if (!element || !grid.current) return;
    try {
      const made = new StagePicture(element, dataset, () => drawLines());
      picture.current = made;
      given(made);
    } catch (error) {
      reportError(error, 'Pictures cannot be drawn');
      return;
    }
    const observer = new ResizeObserver(() => measure());
    observer.observe(grid.current);
    measure();
    return () => {
      observer.disconnect();
      picture.current?.destroy();
      picture.current = null;
      given(null);
    };
  }, [dataset]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the boxes follow which panels there are
  useEffect(() => measure(), [maximised]);

  const target: HandTarget = {
    dataset,
    picture: () => picture.current,
    hover: (next) => {
      hover.current = next;
      picture.current?.loop.invalidate();
    },
  };
  return (
    <div className="volume-stage">
      {/* The canvas is made anew for every data set: a destroyed context cannot be used again. */}
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without tabIndex takes no focus */}
      <canvas key={dataset.id} ref={below} aria-hidden="true" className="volume-gl" />
      <div ref={grid} className={classNames('volume-grid', maximised && 'one')}>
        {PANELS.filter((panel) => maximised === null || maximised === panel).map((panel) => (
          <Panel
            key={panel}
            panel={panel}
            target={target}
            onCanvas={(canvas) => (canvas ? above.current.set(panel, canvas) : above.current.delete(panel))}
          />
        ))}
      </div>
      <output ref={cursor} className="on bl" aria-label="Cursor" aria-live="off" />
      <ScaleBar dataset={dataset} bar={scale} />
    </div>
  );
}

interface PanelProps {
  readonly panel: PanelName;
  readonly target: HandTarget;
  readonly onCanvas: (canvas: HTMLCanvasElement | null) => void;
}

function Panel({ panel, target, onCanvas }: PanelProps): ReactElement {
  const { dataset } = target;
  const canvas = useRef<HTMLCanvasElement>(null);
  const hands = useHands(panel, canvas, target);
  const isActive = useVolume(dataset, (state) => state.plane === panel && state.maximised === null);
  return (
    <div className={classNames('volume-panel', isActive && 'is-active')}>
      <canvas
        ref={(element) => {
          canvas.current = element;
          onCanvas(element);
        }}
        role="img"
        aria-label={TITLES[panel]}
        {...hands}
      />
      <Title dataset={dataset} panel={panel} />
    </div>
  );
}

function Title({ dataset, panel }: { readonly dataset: VolumeDataset; readonly panel: PanelName }): ReactElement {
  const position = useVolume(dataset, (state) => state.position);
  const mode = useVolume(dataset, (state) => state.volumeMode);
  const slices = useVolume(dataset, (state) => state.slicesIn3d);
  const tilt = useVolume(dataset, (state) => state.tilt);
  if (panel === '3d') {
    return (
      <>
        <span className="on tl">
          <b>3-D</b>
        </span>
        <span className="volume-mode">
          <Check label="Slices" checked={slices} onChange={(on) => dataset.store.setState({ slicesIn3d: on })} />
          <Select<VolumeMode>
            label="3-D shows"
            value={mode}
            onChange={(to) => dataset.store.setState({ volumeMode: to })}
            choices={MODES}
          />
        </span>
      </>
    );
  }
  const { across } = PLANE_AXES[panel];
  const isTilted = panel === 'xy' && (tilt.across !== 0 || tilt.down !== 0);
  return (
    <span className="on tl">
      <b>{PLANE_TITLES[panel]}</b>
      {isTilted ? (
        <span className="t3">{`${tilt.across}°, ${tilt.down}°`}</span>
      ) : (
        <>
          <span className="t3">{AXIS_NAMES[across]}</span>
          {position[across]}
        </>
      )}
    </span>
  );
}

function ScaleBar({
  dataset,
  bar,
}: {
  readonly dataset: VolumeDataset;
  readonly bar: React.RefObject<HTMLDivElement | null>;
}): ReactElement | null {
  const isShown = useVolume(dataset, (state) => state.scaleBar);
  return isShown ? <div ref={bar} className="scale volume-scale" style={cssVars({ '--len': '0px' })} /> : null;
}

/** The length of the bar follows the zoom without React: it changes with every turn of the wheel. */
function showScale(bar: HTMLDivElement, dataset: VolumeDataset, picture: StagePicture): void {
  const { voxelSize, voxelKnown, maximised } = dataset.store.getState();
  const plane = maximised && maximised !== '3d' ? maximised : 'xy';
  const camera = picture.cameraOf(plane);
  const box = picture.boxOf(plane);
  bar.hidden = !camera || !box;
  if (!camera || !box) return;
  const perUnit = camera.zoom / (voxelKnown ? Math.min(...voxelSize) : 1);
  const length = niceBelow(SCALE_PX / perUnit);
  // Asking for its width lays the page out: only when there is another bar or another place for it.
  const key = JSON.stringify([perUnit, box, length, voxelKnown]);
  if (bar.dataset['shown'] === key) return;
  bar.dataset['shown'] = key;
  bar.style.setProperty('--len', `${length * perUnit}px`);
  bar.style.left = 'auto';
  bar.style.right = 'auto';
  bar.style.bottom = 'auto';
  const text = `${length} ${voxelKnown ? 'µm' : 'voxels'}`;
  if (bar.textContent !== text) bar.textContent = text;
  bar.style.left = `${box.x + box.width - bar.offsetWidth - 8}px`;
  bar.style.top = `${box.y + box.height - bar.offsetHeight - 8}px`;
}

/** Other parts only where they say something else: new ones have the page laid out. */
function showCursor(output: HTMLOutputElement, parts: readonly ReadPart[]): void {
  const key = JSON.stringify(parts);
  if (output.dataset['shown'] === key) return;
  output.dataset['shown'] = key;
  output.replaceChildren(...parts.map(partOf));
}

function voxelUnder(picture: StagePicture, hover: Hover | null): [number, number, number] | null {
  if (!hover || hover.panel === '3d') return null;
  const under = picture.under(hover.panel, hover.at);
  return under?.inside ? (under.voxel.map(Math.floor) as [number, number, number]) : null;
}

function partOf({ name, text, swatch }: ReadPart): Node {
  const part = document.createElement('span');
  const label = document.createElement('span');
  label.className = 't3';
  label.textContent = `${name} `;
  part.append(label);
  if (swatch) {
    const colour = document.createElement('span');
    colour.className = 'sw';
    colour.style.background = swatch;
    part.append(colour, ' ');
  }
  part.append(text);
  return part;
}
