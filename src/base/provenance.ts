// Where an exported file comes from: program, data set and the parameters that made it. Plain data, written as JSON wherever the
// format has room for it. The keys are in a fixed order, and there is no time in it unless one is given, so equal content gives
// equal bytes.
import { TOOL, VERSION } from './version.ts';

export type Parameter = string | number | boolean | null;

export interface Provenance {
  readonly tool: string;
  readonly version: string;
  readonly dataset: string;
  /** Hash of the names, sizes and checksums of its files; '' where it has none. */
  readonly fingerprint: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** What was done, as steps that can be done again. */
  readonly recipe?: object;
  /** ISO 8601, UTC. */
  readonly exportedAt?: string;
}

export interface ProvenanceFacts {
  readonly dataset: string;
  readonly fingerprint: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  readonly recipe?: object;
  /** Left out where bytes must not depend on the clock. */
  readonly time?: Date;
}

export function makeProvenance({ dataset, fingerprint, parameters, recipe, time }: ProvenanceFacts): Provenance {
  const made = { tool: TOOL, version: VERSION, dataset, fingerprint, parameters };
  return { ...made, ...(recipe && { recipe }), ...(time && { exportedAt: time.toISOString() }) };
}

/** One line of JSON in ASCII alone (\u escapes): fit for TIFF, PNG and zip comments, whose text is bytes. */
export function provenanceText(provenance: Provenance): string {
  return JSON.stringify(provenance).replace(/[^\x20-\x7e]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** For people: `Somascope 1.0.0, 00.00, fingerprint 1f…`. */
export function provenanceLine({ tool, version, dataset, fingerprint, exportedAt }: Provenance): string {
  const parts = [`${tool} ${version}`, dataset];
  if (fingerprint) parts.push(`fingerprint ${fingerprint}`);
  if (exportedAt) parts.push(exportedAt);
  return parts.join(', ');
}
