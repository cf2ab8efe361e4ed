// Values of parsed JSON, narrowed: for metadata that anybody may have written.

export type JsonObject = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): JsonObject | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

export function asList(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? (value as readonly unknown[]) : undefined;
}

export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A list of numbers from `least` up, whole where `isWhole`; undefined for anything else. */
export function asNumbers(value: unknown, least = Number.NEGATIVE_INFINITY, isWhole = false): number[] | undefined {
  const list = asList(value);
  const isGood = list?.every(
    (one) => typeof one === 'number' && one >= least && (isWhole ? Number.isSafeInteger(one) : Number.isFinite(one)),
  );
  return isGood ? (list as number[]) : undefined;
}
