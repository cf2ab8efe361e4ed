// The sample data of the landing page: a calcium movie of 120 rows x 144 columns (not square, so that swapped axes show) and a
// small image for the copy-me modality. Many photons at few counts each keep the movie clear and its zip small.
import { makeRng } from '../../src/base/rng.ts';
import { type SimulatedMovie, simulateMovie } from '../simulate-movie.ts';
import { smoothNoise } from './blur.ts';
import { type NeurofinderFile, neurofinderFiles } from './neurofinder-files.ts';
import { writeNpy } from './write-npy.ts';

const SAMPLE_NAME = 'sample.00';
const SEED = 8;

export function simulateSample(): SimulatedMovie {
  return simulateMovie('01', SEED, {
    height: 120,
    width: 144,
    frames: 200,
    rateHz: 4,
    radius: [5.6, 6.4],
    labels: [500, 500],
    classes: { active: 0.85, silent: 0.15, hidden: 0 },
    missed: 0,
    distractors: 60,
    puncta: 150,
    cellBrightness: [0.6, 1.5],
    bright: 0.04,
    glow: [1.6, 2.4],
    displacement: 0.45,
    nucleus: 0.62,
    spikeRateHz: [0.04, 0.15],
    spikeDff: [0.6, 1.4],
    vessels: 3,
    holes: 0,
    drift: 0.3,
    jumps: 0,
    lineNoise: 0.01,
    photons: 8,
    gain: 0.25,
    offset: 0,
    readNoise: 0,
  });
}

const README = `# sample.00: a simulated two-photon calcium movie

200 frames of 120 rows x 144 columns at 4 Hz, in the layout of the neurofinder data sets:

- images/imageNNNNN.tiff: one frame a file, uint16
- regions/regions.json: the pixels of every simulated neuron, [[row, column], ...], counted from 0
- info.json: frame rate, scale, dimensions [rows, columns, frames]

Nothing in it was recorded from an animal. Made by "npm run samples" of Somascope; the same script gives the same bytes.
`;

const EXAMPLE = `# Loads the movie and the regions with NumPy and Pillow, and shows the mean image with the outlines of the neurons.
import json
from glob import glob

import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

movie = np.stack([np.array(Image.open(name)) for name in sorted(glob('images/*.tiff'))])  # [frame, row, column]
with open('regions/regions.json') as file:
    regions = json.load(file)

labels = np.zeros(movie.shape[1:])
for region in regions:
    rows, cols = np.array(region['coordinates']).T
    labels[rows, cols] = 1

plt.imshow(movie.mean(0), cmap='gray')
plt.contour(labels, [0.5], colors='deepskyblue', linewidths=1)
plt.show()
`;

/** The files in public/samples/calcium.zip. */
export function calciumFiles(simulated: SimulatedMovie = simulateSample()): Generator<NeurofinderFile> {
  const info = { ...simulated.info, id: SAMPLE_NAME, experiment: 'none: simulated by Somascope, seeded' };
  return neurofinderFiles(SAMPLE_NAME, simulated, info, { 'README.md': README, 'example.py': EXAMPLE });
}

/** The bytes of public/samples/example.npy: float32 [96 rows, 128 columns], smooth hills on a slope that brightens to the right. */
export function exampleSample(): Uint8Array<ArrayBuffer> {
  const grid = { height: 96, width: 128 };
  const hills = smoothNoise(makeRng(1), grid, 9);
  return writeNpy(
    Float32Array.from(hills, (v, i) => v + (2 * (i % grid.width)) / grid.width),
    [grid.height, grid.width],
  );
}
