// The picture of the traces as SVG: lines, names, axes and marks as vectors; heat maps are cut out of the canvas.
import { POINT_FLOATS } from '../../../render/layers/channel-lines.ts';
import type { Box } from '../../../ui/pen.ts';
import { cutOut, svgFor } from './pictures.ts';
import { GUTTER, type Pane } from './traces-layout.ts';
import type { LineBlock } from './traces-lines.ts';
import { type Overlay, paintOver } from './traces-overlay.ts';

export function tracesSvg(canvas: HTMLCanvasElement, overlay: Overlay, blocksOf: (pane: Pane) => readonly LineBlock[]): string {
  const { size, palette, panes } = overlay;
  const svg = svgFor('Traces', size, palette);
  const { pen } = svg;
  for (const pane of panes) {
    const box: Box = { x: GUTTER, y: pane.top, width: size.width - GUTTER, height: pane.height };
    if (pane.kind === 'heat') {
      svg.image(cutOut(canvas, box, size.pixelRatio), box);
      continue;
    }
    for (const block of blocksOf(pane)) {
      svg.within({ x: block.left, y: pane.top, width: block.right - block.left, height: pane.height }, () => {
        pen.lineWidth = block.width;
        pen.globalAlpha = block.alpha;
        for (const { colour, points } of polylines(block, pane.top)) {
          pen.strokeStyle = palette.css.series[colour]!;
          pen.beginPath();
          for (let i = 0; i < points.length; i += 2) pen.lineTo(points[i]!, points[i + 1]!);
          pen.stroke();
        }
        pen.globalAlpha = 1;
      });
    }
  }
  paintOver(pen, { ...overlay, hover: null });
  return svg.toString();
}

interface Polyline {
  readonly colour: number;
  /** x, y in CSS px, in turn. */
  readonly points: readonly number[];
}

/** The lines of a block that lie within it, at most a little beyond its edges. */
export function polylines({ left, right, placement, points: ask }: LineBlock, top: number): Polyline[] {
  const { pxPerSample, originX, firstY, pitch, gain } = placement;
  const values = ask();
  const lines: { colour: number; lane: number; points: number[] }[] = [];
  let open: (typeof lines)[number] | undefined;
  for (let i = 0; i < values.length; i += POINT_FLOATS) {
    const [sample, value, lane, colour] = values.subarray(i, i + POINT_FLOATS) as unknown as [number, number, number, number];
    const x = left + originX + sample * pxPerSample;
    if (Number.isNaN(value) || x < left - pxPerSample || x > right + pxPerSample) {
      open = undefined;
      continue;
    }
    if (open?.lane !== lane || open.colour !== colour) {
      open = { colour, lane, points: [] };
      lines.push(open);
    }
    open.points.push(x, top + firstY + lane * pitch - value * gain);
  }
  return lines.filter(({ points }) => points.length > 2);
}
