// The sketch over the picture: the line, box or brush stroke in the making, the tool's circle, the probe. An SVG in image
// coordinates (x column, y row) that follows the camera; it renders no React.
import type { Camera, Size } from '../../../render/camera.ts';
import type { Probe } from './edit-state.ts';

export interface Drawn {
  /** row, column, row, column … */
  readonly line: readonly number[];
  readonly closed: boolean;
  /** Corners that were clicked. */
  readonly corners: readonly number[];
  /** A brush stroke of this radius instead of a thin line; px. */
  readonly radius: number | null;
}

export const NOTHING: Drawn = { line: [], closed: false, corners: [], radius: null };

const NAMESPACE = 'http://www.w3.org/2000/svg';

function add<K extends 'g' | 'path' | 'circle'>(parent: SVGElement, kind: K, className: string): SVGElementTagNameMap[K] {
  const made = document.createElementNS(NAMESPACE, kind);
  made.setAttribute('class', className);
  parent.append(made);
  return made;
}

/** SVG path of image coordinates. */
export function pathOf(line: readonly number[], closed: boolean): string {
  let path = '';
  for (let i = 0; i + 1 < line.length; i += 2) path += `${i ? 'L' : 'M'}${line[i + 1]!.toFixed(2)} ${line[i]!.toFixed(2)}`;
  return closed && path ? `${path}Z` : path;
}

export class Sketch {
  private readonly group: SVGGElement;
  private readonly casing: SVGPathElement;
  private readonly line: SVGPathElement;
  private readonly swath: SVGPathElement;
  private readonly corners: SVGPathElement;
  private readonly circles: readonly SVGCircleElement[];
  private readonly probe: SVGCircleElement;

  constructor(svg: SVGSVGElement) {
    this.group = add(svg, 'g', '');
    this.swath = add(this.group, 'path', 'swath');
    this.casing = add(this.group, 'path', 'casing');
    this.line = add(this.group, 'path', 'line');
    this.corners = add(this.group, 'path', 'corners');
    this.circles = [add(this.group, 'circle', 'casing'), add(this.group, 'circle', 'line')];
    this.probe = add(this.group, 'circle', 'probe');
    this.setTool(null, 0);
    this.setProbe(null, 0);
  }

  setCamera({ row, col, zoom }: Camera, box: Size): void {
    const x = box.width / 2 - col * zoom;
    const y = box.height / 2 - row * zoom;
    this.group.setAttribute('transform', `translate(${x} ${y}) scale(${zoom})`);
  }

  show({ line, closed, corners, radius }: Drawn): void {
    const path = pathOf(line, closed);
    const thin = radius === null;
    this.casing.setAttribute('d', thin ? path : '');
    this.line.setAttribute('d', thin ? path : '');
    // A path of one point is drawn as a dot only where it goes somewhere.
    this.swath.setAttribute('d', thin ? '' : `${path}${line.length === 2 ? 'h0' : ''}`);
    this.swath.setAttribute('stroke-width', String(2 * (radius ?? 0)));
    this.corners.setAttribute('d', corners.length > 0 ? corners.map((_, i) => (i % 2 ? '' : dot(corners, i))).join('') : '');
  }

  /** The circle that a tool leaves where it is pressed; null for none. */
  setTool(at: Probe | null, radius: number): void {
    for (const circle of this.circles) place(circle, at, radius);
  }

  setProbe(at: Probe | null, radius: number): void {
    place(this.probe, at, radius);
  }
}

const dot = (corners: readonly number[], i: number) => `M${corners[i + 1]!.toFixed(2)} ${corners[i]!.toFixed(2)}h0`;

function place(circle: SVGCircleElement, at: Probe | null, radius: number): void {
  circle.setAttribute('visibility', at ? 'visible' : 'hidden');
  if (!at) return;
  circle.setAttribute('cx', String(at.col));
  circle.setAttribute('cy', String(at.row));
  circle.setAttribute('r', String(radius));
}
