// What the page asks of the workers about several people's labels; the results of the pipeline have the same shapes.
import type { Region } from '../../../base/region.ts';

export interface AgreementInput {
  readonly first: readonly Region[];
  readonly second: readonly Region[];
  readonly height: number;
  readonly width: number;
  /** Largest distance of matching centres, px. */
  readonly threshold: number;
}

export interface CellAgreement {
  readonly pairs: number;
  readonly f1: number;
}

export interface Agreement {
  readonly first: number;
  readonly second: number;
  readonly byCentre: CellAgreement;
  readonly byOverlap: CellAgreement;
  readonly kappa: number;
  readonly pixels: { readonly both: number; readonly onlyFirst: number; readonly onlySecond: number; readonly neither: number };
}

export interface ConsensusInput {
  readonly sets: readonly (readonly Region[])[];
  /** Cells that at least so many people drew. */
  readonly votes: number;
  readonly pixels: 'most' | 'any';
}
