// A decoded page.
import type { DType, NumericArray } from '../../base/ndarray.ts';

export interface TiffFrame {
  /** [row, column], or [row, column, sample] where `samples` is above 1; C order. Values as stored, whatever the photometric tag. */
  readonly data: NumericArray;
  readonly height: number;
  readonly width: number;
  readonly dtype: DType;
  readonly samples: number;
}
