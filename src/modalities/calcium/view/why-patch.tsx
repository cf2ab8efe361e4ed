// A small picture of one image around a region, with the region's outline: what the figure above it was measured on.
import { type ReactElement, useEffect, useRef } from 'react';
import type { NumericArray } from '../../../base/ndarray.ts';
import type { Region } from '../../../base/region.ts';
import { resources } from '../../../state/resources.ts';
import type { CalciumDataset } from './datasets.ts';
import type { Rectangle } from './find-input.ts';
import { useCalcium } from './hooks.ts';
import { drawThumbnail } from './thumbnail.ts';

/** Side of the picture, screen px, and of what it shows, in soma diameters. */
const SIDE = 36;
const SOMATA = 2.4;
const OUTLINE = '#ffd54a';

interface Props {
  readonly dataset: CalciumDataset;
  /** The plane's name in the resource cache. */
  readonly image: string;
  readonly label: string;
  readonly region: Region;
  readonly row: number;
  readonly col: number;
  /** Soma diameter, px. */
  readonly diameter: number;
}

export function WhyPatch({ dataset, image, label, region, row, col, diameter }: Props): ReactElement {
  const canvas = useRef<HTMLCanvasElement>(null);
  const version = useCalcium(dataset, ({ versions }) => versions.images);
  useEffect(() => {
    void version;
    const plane = resources.get<NumericArray>(`${dataset.id}/${image}`);
    if (!canvas.current || !plane) return;
    const { height, width } = dataset.files.movie;
    const area = patchAround(row, col, Math.ceil(SOMATA * diameter), height, width);
    drawThumbnail(canvas.current, cut(plane, width, area), area.height, area.width);
    drawOutline(canvas.current, region, area);
  }, [dataset, image, region, row, col, diameter, version]);
  return <canvas ref={canvas} width={SIDE} height={SIDE} role="img" aria-label={label} />;
}

/** `side` px around a place, moved into the field. */
export function patchAround(row: number, col: number, side: number, height: number, width: number): Rectangle {
  const [tall, wide] = [Math.min(side, height), Math.min(side, width)];
  const start = (middle: number, size: number, length: number) =>
    Math.min(length - size, Math.max(0, Math.round(middle - (size - 1) / 2)));
  return { top: start(row, tall, height), left: start(col, wide, width), height: tall, width: wide };
}

function cut(plane: NumericArray, across: number, { top, left, height, width }: Rectangle): Float32Array<ArrayBuffer> {
  return Float32Array.from(
    { length: height * width },
    (_, i) => plane[(top + Math.floor(i / width)) * across + left + (i % width)]!,
  );
}

/** The edges between pixels inside and outside. */
function drawOutline(canvas: HTMLCanvasElement, { points }: Region, { top, left, height, width }: Rectangle): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const inside = new Set<string>();
  for (let i = 0; i + 1 < points.length; i += 2) inside.add(`${points[i]},${points[i + 1]}`);
  const [across, down] = [canvas.width / width, canvas.height / height];
  pen.strokeStyle = OUTLINE;
  pen.beginPath();
  for (let i = 0; i + 1 < points.length; i += 2) {
    const [row, col] = [points[i]!, points[i + 1]!];
    const [y, x] = [row - top, col - left];
    const edge = (neighbour: string, x0: number, y0: number, x1: number, y1: number) => {
      if (inside.has(neighbour)) return;
      pen.moveTo(x0 * across, y0 * down);
      pen.lineTo(x1 * across, y1 * down);
    };
    edge(`${row - 1},${col}`, x, y, x + 1, y);
    edge(`${row + 1},${col}`, x, y + 1, x + 1, y + 1);
    edge(`${row},${col - 1}`, x, y, x, y + 1);
    edge(`${row},${col + 1}`, x + 1, y, x + 1, y + 1);
  }
  pen.stroke();
}
