// Flat recordings: what other folders may use.
export { type ChannelGuess, guessChannels } from './guess-channels.ts';
export { FLAT_DEFAULTS, type FlatParameters, openFlat } from './open.ts';
export { openNpyRecording } from './open-npy.ts';
export { type FlatFit, type FlatLayout, fitFlat, flatSamples } from './samples.ts';
export { dtypeAsRead, sampleType } from './types.ts';
export { type Subset, type SubsetTables, subsetBytes, subsetTables, writeSubset } from './write.ts';
