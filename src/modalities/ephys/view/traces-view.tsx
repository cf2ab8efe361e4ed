// The traces in the middle of the screen: the picture, what is under the cursor, and the hands that move through time.
import { type PointerEvent, type ReactElement, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { fixed, grouped } from '../../../base/number-format.ts';
import { reportError } from '../../../state/log.ts';
import { Button } from '../../../ui/button.tsx';
import { Tag } from '../../../ui/tag.tsx';
import type { EphysDataset } from './datasets.ts';
import { useEphys } from './hooks.ts';
import { marksOf } from './marks.ts';
import type { Picked } from './strips.ts';
import { type UnderCursor, unitOf } from './trace-pieces.ts';
import { frameOf, GUTTER } from './traces-layout.ts';
import { TracesPicture } from './traces-picture.ts';
import { setWindow, zoomAt } from './window.ts';

const ZOOM_SPEED = 0.0015;

/** A data set's own: rendered with its id as key, because a destroyed canvas cannot be used again. */
export function TracesView({ dataset }: { readonly dataset: EphysDataset }): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<HTMLCanvasElement>(null);
  const output = useRef<HTMLOutputElement>(null);
  const picture = useRef<TracesPicture | null>(null);
  const [sampled, setSampled] = useState(false);

  useLayoutEffect(() => {
    if (!canvas.current || !overlay.current) return;
    try {
      const onPicked = (picked: Picked) => setSampled(picked.sampled);
      picture.current = new TracesPicture(canvas.current, overlay.current, dataset, marksOf(dataset), onPicked);
    } catch (error) {
      reportError(error, 'Traces cannot be drawn');
    }
    return () => {
      picture.current?.destroy();
      picture.current = null;
    };
  }, [dataset]);

  const say = (under: UnderCursor | undefined) => output.current?.replaceChildren(...cursorParts(dataset, under));
  const hands = useTracesHands(dataset, picture, canvas, say);
  const { from, span } = useEphys(dataset, (state) => state);
  const seconds = (frame: number) => fixed(frame / dataset.rate, 4);
  return (
    <div className="plot ephys-traces">
      <canvas
        ref={canvas}
        role="img"
        aria-label="Traces"
        aria-description={`${seconds(from)} to ${seconds(from + span)} s of ${grouped(dataset.frames / dataset.rate)} s`}
        {...hands}
      />
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas without tabindex takes no focus */}
      <canvas ref={overlay} className="ephys-overlay" aria-hidden="true" />
      <output ref={output} className="on tr" aria-label="Cursor" aria-live="off" />
      {sampled && (
        <span className="ephys-sampled">
          <Tag>sampled: 10 ms of each column</Tag>
          <Button small kind="edge" onClick={() => picture.current?.readAll()}>
            Read all
          </Button>
        </span>
      )}
    </div>
  );
}

function useTracesHands(
  dataset: EphysDataset,
  picture: { readonly current: TracesPicture | null },
  canvas: { readonly current: HTMLCanvasElement | null },
  say: (under: UnderCursor | undefined) => void,
) {
  const drag = useRef<{ x: number; from: number; span: number } | null>(null);
  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    // React listens passively, and a wheel that is not stopped scrolls the page.
    const wheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      const { from, span } = dataset.store.getState();
      const x = event.clientX - box.left;
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY))
        setWindow(dataset, { from: from + ((event.deltaX || event.deltaY) / box.width) * span });
      else if (event.ctrlKey || event.altKey)
        dataset.store.setState(({ gain }) => ({
          gain: Math.min(20, Math.max(0.05, gain * Math.exp(-event.deltaY * ZOOM_SPEED))),
        }));
      else zoomAt(dataset, frameOf({ from, span, width: box.width }, Math.max(GUTTER, x)), Math.exp(event.deltaY * ZOOM_SPEED));
    };
    element.addEventListener('wheel', wheel, { passive: false });
    return () => element.removeEventListener('wheel', wheel);
  }, [dataset, canvas]);
  const at = (event: PointerEvent<HTMLCanvasElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top, width: box.width };
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLCanvasElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      const { from, span } = dataset.store.getState();
      drag.current = { x: at(event).x, from, span };
    },
    onPointerMove: (event: PointerEvent<HTMLCanvasElement>) => {
      const point = at(event);
      if (drag.current) {
        const { x, from, span } = drag.current;
        setWindow(dataset, { from: from - ((point.x - x) / (point.width - GUTTER)) * span });
      }
      picture.current?.setHover(point);
      say(picture.current?.under(point));
    },
    onPointerUp: () => {
      drag.current = null;
    },
    onPointerCancel: () => {
      drag.current = null;
    },
    onPointerLeave: () => {
      picture.current?.setHover(null);
      say(undefined);
    },
    onDoubleClick: () => zoomAt(dataset, dataset.store.getState().from, 4),
  };
}

/** Nothing where the cursor is not over the traces. */
function cursorParts({ electrodes, rate, store }: EphysDataset, under: UnderCursor | undefined): Node[] {
  if (!under) return [];
  const decimals = Math.max(4, Math.ceil(Math.log10(rate)));
  const time = under.time.toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const parts: [string, string, string][] = [
    ['', time, ' s'],
    ['ch ', electrodes.ids[under.electrode]!, ''],
    ['', fixed(under.value, 1).replace('-', '−'), ` ${unitOf(store.getState(), electrodes.unit)}`],
  ];
  return parts.map(([before, text, after]) => {
    const part = document.createElement('span');
    for (const [words, quiet] of [
      [before, true],
      [text, false],
      [after, true],
    ] as const) {
      const piece = document.createElement('span');
      if (quiet) piece.className = 't3';
      piece.textContent = words;
      part.append(piece);
    }
    return part;
  });
}
