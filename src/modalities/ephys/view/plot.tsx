// A small plot: a canvas with a name, painted by a function whenever what it shows changes.
import { type PointerEvent, type ReactElement, useEffect, useEffectEvent, useRef } from 'react';
import { showPicture } from './pictures.ts';
import { makePlainCanvas, type Painting, type PlainCanvas } from './plain-canvas.ts';

interface PlotProps {
  /** The accessible name. */
  readonly label: string;
  /** In words what is to be seen. */
  readonly description?: string | undefined;
  readonly paint: (painting: Painting) => void;
  readonly onPointerDown?: (event: PointerEvent<HTMLCanvasElement>) => void;
  readonly onPointerMove?: (event: PointerEvent<HTMLCanvasElement>) => void;
  readonly onPointerUp?: (event: PointerEvent<HTMLCanvasElement>) => void;
  readonly onPointerLeave?: (event: PointerEvent<HTMLCanvasElement>) => void;
}

export function Plot({ label, description, paint, ...hands }: PlotProps): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const plain = useRef<PlainCanvas | null>(null);
  const now = useEffectEvent((painting: Painting) => paint(painting));
  useEffect(() => {
    if (!canvas.current) return;
    const made = makePlainCanvas(canvas.current, (painting) => now(painting));
    plain.current = made;
    const hide = showPicture({ label, toCanvas: made.toCanvas, toSvg: () => made.toSvg(label) });
    return () => {
      hide();
      made.destroy();
    };
  }, [label]);
  // Whatever was rendered anew may show something else.
  useEffect(() => plain.current?.repaint());
  return <canvas ref={canvas} role="img" aria-label={label} aria-description={description} {...hands} />;
}
