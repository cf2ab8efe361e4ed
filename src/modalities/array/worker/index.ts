// What the fallback does in workers: one line a job.
import { type ModalityWorker, singleJob } from '../../../base/job.ts';
import type { NdArray, NumericArray } from '../../../base/ndarray.ts';
import { writeNpy } from '../../../formats/npy/index.ts';
import { extentOf, planesOf } from '../shared/modes.ts';
import type { ArrayItem, LineInput, PlaneInput, TableOutput } from '../shared/types.ts';
import { open } from './open.ts';
import { readLine, readPlane, readTable, readWhole } from './read.ts';

type Bytes = Uint8Array<ArrayBuffer>;

export const arrayWorker: ModalityWorker = {
  id: 'array',
  open,
  jobs: {
    plane: singleJob<PlaneInput, NumericArray>(({ item, plane }, { signal }) => readPlane(item, plane, signal)),
    line: singleJob<LineInput, Float64Array<ArrayBuffer>>(({ item, line }, { signal }) => readLine(item, line, signal)),
    table: singleJob<ArrayItem, TableOutput>((item, { signal }) => readTable(item, signal)),
    npy: singleJob<NdArray, Bytes>((given) => writeNpy(given)),
    movie: singleJob<ArrayItem, Bytes>(async (item, { signal }) => {
      const { height, width } = extentOf(item);
      const { data } = await readWhole(item, signal);
      return writeNpy({ data, shape: [planesOf(item), height, width] });
    }),
  },
};
