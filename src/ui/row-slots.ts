// Which element shows which row of a long list: a row keeps its element while it exists, and one that comes takes the element of one that
// went, because changing a text is far cheaper than building a row and laying out the table anew.

/** Row key → slot, for the `keys` that exist now; `before` as it was last returned. */
export function assignSlots(before: ReadonlyMap<string, number>, keys: readonly string[]): Map<string, number> {
  const next = new Map<string, number>();
  for (const key of keys) {
    const slot = before.get(key);
    if (slot !== undefined) next.set(key, slot);
  }
  const taken = new Set(next.values());
  // Those of the rows that went, then the lowest that nobody has.
  const free = [...before.values()].filter((slot) => !taken.has(slot));
  let lowest = 0;
  const fresh = () => {
    while (taken.has(lowest)) lowest++;
    return lowest++;
  };
  for (const key of keys) {
    if (next.has(key)) continue;
    const slot = free.shift() ?? fresh();
    taken.add(slot);
    next.set(key, slot);
  }
  return new Map(keys.map((key) => [key, next.get(key)!]));
}
