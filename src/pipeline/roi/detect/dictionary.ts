// The dictionary of the shape search: two blocks of square templates, "blob" (3) that explains spots away, and "ring" (4) that
// finds somata with dark nuclei. All lengths scale with the soma radius r (px). The drawn start is refined by learning (learn.ts).

export const BLOBS = 3;
export const RINGS = 4;
export const TEMPLATES = BLOBS + RINGS;

export interface Dictionary {
  readonly radius: number;
  /** Templates have side 2 · half + 1. */
  readonly half: number;
  readonly side: number;
  /** Offsets within a template, row · side + column, of the disc that patches are cut with. */
  readonly disc: Int32Array<ArrayBuffer>;
  /** The blobs, then the rings; [row, column], unit norm, or all 0 while a template is not in use. */
  readonly templates: readonly Float64Array<ArrayBuffer>[];
}

/** Centres of two hits may not be this close (px, per axis). */
export function exclusion(radius: number): number {
  return Math.max(2, Math.round(0.87 * radius));
}

/** Cells in 8 % of the field: the number that the learning rounds look for. */
export function expectedCells(height: number, width: number, radius: number): number {
  return Math.max(30, Math.floor((0.08 * height * width) / (Math.PI * radius * radius)));
}

/** A drawn blob with a faint dark surround and a drawn ring with a dark centre; the other templates are 0. */
export function startDictionary(radius: number): Dictionary {
  const half = Math.round(1.5 * radius);
  const side = 2 * half + 1;
  const distance = Float64Array.from({ length: side * side }, (_, i) =>
    Math.hypot(Math.floor(i / side) - half, (i % side) - half),
  );
  const r2 = radius * radius;
  const blob = distance.map((d) => Math.exp((-d * d) / (0.1 * r2)) - 0.3 * Math.exp((-d * d) / (0.85 * r2)));
  const drawn = distance.map(
    (d) => Math.exp(-((d - 0.76 * radius) ** 2) / (0.077 * r2)) - 0.75 * Math.exp((-d * d) / (0.29 * r2)),
  );
  const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
  const ring = drawn.map((value) => value - mean);
  const templates = Array.from({ length: TEMPLATES }, () => new Float64Array(side * side));
  templates[0]!.set(normalised(blob));
  templates[BLOBS]!.set(normalised(ring));
  const disc = Int32Array.from([...distance.keys()].filter((i) => distance[i]! <= half + 0.3));
  return { radius, half, side, disc, templates };
}

/** The first template of each block only, as the first learning rounds use it. */
export function firstOnly(dictionary: Dictionary): Dictionary {
  const keep = (template: Float64Array<ArrayBuffer>, k: number) =>
    k === 0 || k === BLOBS ? template : new Float64Array(template.length);
  return { ...dictionary, templates: dictionary.templates.map(keep) };
}

function normalised(template: Float64Array): Float64Array {
  const norm = Math.sqrt(template.reduce((sum, value) => sum + value * value, 0));
  return template.map((value) => value / norm);
}
