// Finds the buffers inside plain data, so that arrays are handed over instead of copied.

/** Every ArrayBuffer reachable through plain objects, arrays and typed arrays, each once. */
export function buffersIn(value: unknown, found = new Set<ArrayBuffer>()): ArrayBuffer[] {
  if (value instanceof ArrayBuffer) found.add(value);
  else if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) found.add(value.buffer);
  } else if (Array.isArray(value)) {
    // A list of numbers or strings holds no buffers: look at the first element only.
    if (typeof value[0] === 'object' || value.length === 0) for (const item of value) buffersIn(item, found);
  } else if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    for (const item of Object.values(value)) buffersIn(item, found);
  }
  return [...found];
}
