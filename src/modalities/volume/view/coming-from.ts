// The steps of the benchmark's own instructions, and what to do here instead.
import type { ComingFrom } from '../../modality.ts';

export const COMING_FROM: ComingFrom = {
  source: 'MTNeuro',
  steps: [
    { there: 'pip install MTNeuro, intern and PyTorch', here: 'Nothing to install: drop the files on this page.' },
    {
      there: 'BossDBDataset(download=True), or the notebooks task1_data_access and task2_data_access',
      here: 'Drop the …images.npy and …labels.npy that they write, or a zip of them; CTX, STR, VP and ZI are found in the stack.',
    },
    {
      there: 'Look at slices with matplotlib, or open neuroglancer',
      here: 'Wheel through the slices; the crosshair links XY, XZ, YZ and 3-D.',
    },
    {
      there: 'scripts/task2_main.py: train and test a U-Net',
      here: 'Drop your prediction (npy, npz, NIfTI, TIFF); task 2 is scored in 2-D and 3-D, 3 and 4 classes.',
    },
    {
      there: 'Print old and new IoU',
      here: 'Score as: As published has both, Corrected what they should be; the published tables stand beside.',
    },
    {
      there: 'scripts/task1_main.py: region of each slice',
      here: 'Drop a CSV (index,label) or an array with one class a slice, with the region labels open.',
    },
    {
      there: 'scripts/task3_main.py: linear readout of embeddings',
      here: 'Drop the embeddings as .npy, four quadrants a slice.',
    },
    { there: 'Segment with ilastik', here: 'Scribble a few cells, vessels and axons, press Train, then Segment.' },
    { there: 'numpy.save of the result', here: 'Export, Prediction NPY: uint8 [z, y, x] with BossDB’s numbers.' },
  ],
};
