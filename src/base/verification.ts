// What "Verify this browser" says of one computation: whether it gives here what the reference gave.

export interface VerifiedCase {
  /** "Correlation image, 8 neighbours". */
  readonly title: string;
  /** Who computed what is expected: "suite2p 90be895". */
  readonly reference: string;
  /** How many numbers were compared. */
  readonly values: number;
  /** The largest difference among them, relative to `of`; Infinity where a number is missing. */
  readonly largest: number;
  /** The largest difference that counts as equal; 0 asks for every bit. */
  readonly allowed: number;
  /** Why nothing could be compared; '' where it could. */
  readonly failure: string;
}

export function isEqual({ largest, allowed, failure }: VerifiedCase): boolean {
  return failure === '' && largest <= allowed;
}
