// Bytes and numbers in a row.

export type Bytes = Uint8Array<ArrayBuffer>;

/** All parts behind one another, in new memory. */
export function joinBytes(parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

type Numbers = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** All lists of one kind behind one another, in new memory. */
export function joinNumbers<T extends Numbers>(kind: new (length: number) => T, parts: readonly T[]): T {
  const whole = new kind(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
