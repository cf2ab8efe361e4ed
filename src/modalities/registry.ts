// Every modality the page knows: one line a modality. The order decides between equal matches.
import { array } from './array/index.ts';
import { calcium } from './calcium/index.ts';
import { ephys } from './ephys/index.ts';
import { example } from './example/index.ts';
import type { Modality } from './modality.ts';
import { volume } from './volume/index.ts';

export const modalities: readonly Modality[] = [calcium, ephys, volume, example, array];
