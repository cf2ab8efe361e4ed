// What is kept of a data set between visits, and what a link says of a view. The shell and the stores carry both without looking inside.

/** Plain values and typed arrays: everything that can be cloned. */
export interface Kept {
  /** For the card on the first screen: "312 regions". */
  readonly summary: string;
  /** Another object only when the edits changed, so that a large one is not written for every move of the picture. */
  readonly edits: unknown;
  /** Plain JSON. */
  readonly view: unknown;
}

/** Which data set is meant: by its content, and by what a person calls it. */
export interface DatasetMark {
  /** See `fingerprintOf`. */
  readonly fingerprint: string;
  readonly modality: string;
  /** "00.00". */
  readonly name: string;
  /** "3,024 frames of 512 × 512". */
  readonly facts: string;
}

/** A view in a link: short texts by short names, written and read by the modality. */
export type LinkValues = Readonly<Record<string, string>>;

/** How one open data set is kept and shown again; made by its modality. */
export interface Keeper extends Pick<DatasetMark, 'name' | 'facts'> {
  take(): Kept;
  /** Puts back what `take` gave; new edits are one step of Undo, called `step`. Throws `Invalid` before anything is changed. */
  restore(kept: Pick<Kept, 'edits' | 'view'>, step: string): void;
  values(): LinkValues;
  /** Shows the view of a link; what it says wrongly is left as it usually is. */
  follow(values: LinkValues): void;
  /** Calls back after every change of what is kept, `isEdit` where edits changed; returns what stops it. */
  watch(onChange: (isEdit: boolean) => void): () => void;
}

/** The same files; or, where they were unpacked or packed anew, a data set of the same name and size. */
export function isMeant(wanted: DatasetMark, open: DatasetMark): boolean {
  if (wanted.fingerprint === open.fingerprint) return true;
  return wanted.modality === open.modality && wanted.name === open.name && wanted.facts === open.facts;
}

/** "00.00 (3,024 frames of 512 × 512)". */
export function describeMark({ name, facts }: Pick<DatasetMark, 'name' | 'facts'>): string {
  return facts ? `${name} (${facts})` : name;
}
