// How what was opened compares with what the collection published.
import type { EphysDataset } from './datasets.ts';

export interface FactCheck {
  readonly what: string;
  readonly found: string;
  readonly published: string;
  readonly agrees: boolean;
}

export function publishedFacts(_dataset: EphysDataset): FactCheck[] {
  return [];
}
