// Names in counting order: slice_9 before slice_10.

const natural = new Intl.Collator('en', { numeric: true });

/** A copy of `items` in the counting order of their names. */
export function inNaturalOrder<T>(items: readonly T[], nameOf: (item: T) => string): T[] {
  return [...items].sort((a, b) => natural.compare(nameOf(a), nameOf(b)));
}
