// Volumes that are laid over each other must have one shape.
import { SomascopeError } from '../../base/errors.ts';
import { shapeText, type Triple } from '../../base/volume.ts';

interface Shaped {
  readonly name: string;
  readonly shape: Triple;
}

/** Throws `Invalid`, saying both shapes, where `other` does not lie over `first`. */
export function checkSameShape(first: Shaped, other: Shaped): void {
  if (first.shape.every((extent, axis) => extent === other.shape[axis])) return;
  const isTurned = [...first.shape].sort().join() === [...other.shape].sort().join();
  const hint = isTurned
    ? 'The extents are the same in another order: change the order of the axes.'
    : 'Open labels that were made from this very volume.';
  const message = `${other.name} is ${shapeText(other.shape)} (z, y, x), but ${first.name} is ${shapeText(first.shape)}: they do not lie over each other.`;
  throw new SomascopeError('Invalid', message, { file: other.name }, hint);
}
