// The trace of the pixel under the pointer, as a small curve below the read-out: mean of 3 × 3 pixels in every bin of the movie,
// with a line at the present frame. It follows pointer and player by itself and renders no React.
import { type ReactElement, useEffect, useRef } from 'react';
import { toImage } from '../../../render/camera.ts';
import { decimate } from '../../../render/decimate.ts';
import { resources } from '../../../state/resources.ts';
import { token } from '../../../ui/css-vars.ts';
import { type BinnedMovie, binnedTrace } from './binned.ts';
import type { CalciumDataset } from './datasets.ts';
import type { StagePicture } from './stage-picture.ts';

const WIDTH = 150;
const HEIGHT = 26;

interface PixelTraceProps {
  readonly dataset: CalciumDataset;
  readonly picture: StagePicture;
}

export function PixelTrace({ dataset, picture }: PixelTraceProps): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  const curve = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const { canvas } = picture.gl;
    const abort = new AbortController();
    const { signal } = abort;
    let trace: Float32Array<ArrayBuffer> | null = null;
    let frame = 0;
    let asked = 0;
    let under = '';
    const draw = () => {
      asked = 0;
      if (box.current) box.current.hidden = trace === null;
      const binned = resources.get<BinnedMovie>(`${dataset.id}/bins`);
      if (trace && curve.current && binned) drawTrace(curve.current, trace, frame / binned.factor);
    };
    const redraw = () => {
      asked ||= requestAnimationFrame(draw);
    };
    const follow = (event: PointerEvent) => {
      const { view } = picture;
      const binned = resources.get<BinnedMovie>(`${dataset.id}/bins`);
      if (!view || !binned || event.pointerType === 'touch') return;
      const rect = canvas.getBoundingClientRect();
      const { row, col } = toImage(view.camera, view.box, { x: event.clientX - rect.left, y: event.clientY - rect.top });
      const pixel = `${Math.floor(row)} ${Math.floor(col)} ${binned.images.length}`;
      if (pixel === under) return;
      under = pixel;
      const inside = row >= 0 && col >= 0 && row < binned.height && col < binned.width && binned.images.length > 1;
      trace = inside ? binnedTrace(binned, around(Math.floor(row), Math.floor(col))) : null;
      redraw();
    };
    const leave = () => {
      under = '';
      trace = null;
      redraw();
    };
    canvas.addEventListener('pointermove', follow, { signal });
    canvas.addEventListener('pointerleave', leave, { signal });
    const stop = dataset.player.subscribe((shown) => {
      frame = shown.frame;
      if (trace) redraw();
    });
    return () => {
      abort.abort();
      stop();
      cancelAnimationFrame(asked);
    };
  }, [dataset, picture]);
  return (
    <div ref={box} className="on pixel-trace" hidden>
      <canvas
        ref={curve}
        width={2 * WIDTH}
        height={2 * HEIGHT}
        style={{ width: WIDTH, height: HEIGHT }}
        role="img"
        aria-label="Trace under the pointer"
      />
      <span className="t3">3 × 3 px</span>
    </div>
  );
}

/** Points of the 3 × 3 pixels; those outside the field take no part. */
function around(row: number, col: number): Float64Array {
  return Float64Array.from({ length: 18 }, (_, i) => (i % 2 ? col - 1 + (((i - 1) / 2) % 3) : row - 1 + Math.floor(i / 6)));
}

function drawTrace(canvas: HTMLCanvasElement, trace: Float32Array<ArrayBuffer>, at: number): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of trace) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const y = (value: number) => height - 4 - ((value - low) / (high - low || 1)) * (height - 8);
  context.clearRect(0, 0, width, height);
  context.lineWidth = 2;
  context.strokeStyle = token('--line-3');
  context.beginPath();
  const x = ((at + 0.5) / trace.length) * width;
  context.moveTo(x, 0);
  context.lineTo(x, height);
  context.stroke();
  context.strokeStyle = token('--on-data');
  context.beginPath();
  const points = decimate(trace, 0, trace.length - 1, width);
  for (let i = 0; i + 1 < points.length; i += 2) context.lineTo(points[i]!, y(points[i + 1]!));
  context.stroke();
}
