// As what an array can be looked at, by its shape and what it holds.
import { grouped } from '../../../base/number-format.ts';
import type { ArrayItem } from './types.ts';

export type Mode = 'image' | 'stack' | 'traces' | 'table';

export const MODE_TITLES: Readonly<Record<Mode, string>> = { image: 'Image', stack: 'Stack', traces: 'Traces', table: 'Table' };

/** The best first; empty where nothing here can show it. */
export function modesOf({ kind, shape, holds }: Pick<ArrayItem, 'kind' | 'shape' | 'holds'>): Mode[] {
  if (shape.includes(0) || holds === 'other') return [];
  if (holds === 'texts') return shape.length <= 2 ? ['table'] : [];
  if (kind === 'csv') return ['table', 'traces', 'image'];
  if (shape.length === 0) return ['table'];
  if (shape.length === 1) return ['traces', 'table'];
  return shape.length === 2 ? ['image', 'traces', 'table'] : ['stack'];
}

/** Rows and columns of an image of the array. */
export function extentOf({ shape }: Pick<ArrayItem, 'shape'>): { height: number; width: number } {
  const [height = 1, width = 1] = shape.slice(-2);
  return { height, width };
}

/** Images in a stack: the product of all axes but the last two. */
export function planesOf({ shape }: Pick<ArrayItem, 'shape'>): number {
  return shape.slice(0, -2).reduce((product, extent) => product * extent, 1);
}

/** Traces in the array: its rows; one where it has one axis. */
export function linesOf({ shape }: Pick<ArrayItem, 'shape'>): number {
  return shape.length > 1 ? shape[0]! : 1;
}

/** Whether it can be opened as a movie [frame, row, column]. */
export function isMovieLike({ shape, holds }: Pick<ArrayItem, 'shape' | 'holds'>): boolean {
  return holds === 'numbers' && shape.length >= 3 && !shape.includes(0);
}

/** "3 × 40 × 60 float32"; a single value has no axes. */
export function describeItem({ shape, dtype }: Pick<ArrayItem, 'shape' | 'dtype'>): string {
  return `${shape.length > 0 ? shape.map(grouped).join(' × ') : 'single value'} ${dtype}`;
}
