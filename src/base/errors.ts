// Typed errors. A message says what failed; `place` says in which file, entry and byte; `hint` says what to do next.
// They cross the worker boundary as plain objects, because an Error keeps only name, message and stack there.

export type ErrorTag =
  | 'Invalid' // the bytes contradict their format
  | 'CutOff' // the file ends too early
  | 'Checksum' // the bytes are not the ones that were written
  | 'Unsupported' // a valid variant that is not read here
  | 'Unsafe' // a limit that protects the tab was exceeded
  | 'Refused' // a server did not give what was asked for
  | 'FileChanged' // the file on disk is not the one that was opened
  | 'NotRecognised' // nothing here knows what to do with the files
  | 'Aborted' // somebody asked for it to stop
  | 'WorkerDied'
  | 'OutOfMemory'
  | 'NoWebGL'
  | 'Storage'
  | 'Bug'; // our mistake

export interface ErrorPlace {
  readonly file?: string;
  readonly entry?: string;
  /** Byte offset within the entry, or within the file where there is no entry. */
  readonly byte?: number;
  /** Zero-based index of the list element (frame, region …) at fault. */
  readonly index?: number;
}

export interface PlainError {
  readonly tag: ErrorTag;
  readonly message: string;
  readonly place: ErrorPlace;
  readonly hint: string;
  readonly stack?: string;
}

export class SomascopeError extends Error {
  readonly tag: ErrorTag;
  readonly place: ErrorPlace;
  readonly hint: string;

  constructor(tag: ErrorTag, message: string, place: ErrorPlace = {}, hint = '', cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = tag;
    this.tag = tag;
    this.place = place;
    this.hint = hint;
  }
}

export function isSomascopeError(error: unknown, tag?: ErrorTag): error is SomascopeError {
  return error instanceof SomascopeError && (tag === undefined || error.tag === tag);
}

/** The same error with a place filled in where it has none: inner layers know the byte, outer ones the file. */
export function placed(error: unknown, place: ErrorPlace): unknown {
  if (!isSomascopeError(error)) return error;
  const plain = toPlain(error);
  return fromPlain({ ...plain, place: { ...place, ...plain.place } });
}

/** Any thrown value as a plain object; unknown kinds become 'Bug', memory failures 'OutOfMemory'. */
export function toPlain(error: unknown): PlainError {
  if (isSomascopeError(error)) {
    const { tag, message, place, hint, stack } = error;
    return stack === undefined ? { tag, message, place, hint } : { tag, message, place, hint, stack };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError && /alloc|array length|typed array/i.test(message)) {
    return {
      tag: 'OutOfMemory',
      message: `The browser refused the memory (${message}).`,
      place: {},
      hint: 'Close other data sets or lower the cache budget, then try again.',
    };
  }
  if (error instanceof DOMException && error.name === 'AbortError') {
    return { tag: 'Aborted', message: 'Cancelled.', place: {}, hint: '' };
  }
  if (error instanceof DOMException && (error.name === 'NotReadableError' || error.name === 'NotFoundError')) {
    return {
      tag: 'FileChanged',
      message: 'The file can no longer be read: it was changed, moved or removed.',
      place: {},
      hint: 'Open it again.',
    };
  }
  const plain = {
    tag: 'Bug' as const,
    message,
    place: {},
    hint: 'This is a mistake in Somascope; copy the details and report it.',
  };
  return error instanceof Error && error.stack ? { ...plain, stack: error.stack } : plain;
}

export function fromPlain(plain: PlainError): SomascopeError {
  const error = new SomascopeError(plain.tag, plain.message, plain.place, plain.hint);
  if (plain.stack) error.stack = plain.stack;
  return error;
}

/** `file, entry, byte 1,234` for people. */
export function describePlace(place: ErrorPlace): string {
  const parts: string[] = [];
  if (place.file) parts.push(place.file);
  if (place.entry) parts.push(place.entry);
  if (place.index !== undefined) parts.push(`item ${place.index}`);
  if (place.byte !== undefined) parts.push(`byte ${place.byte.toLocaleString('en-US')}`);
  return parts.join(', ');
}
