// phy and Kilosort folders: what other folders may use.
export { type FoundProbe, readChannels } from './channels.ts';
export { type Features, openFeatures } from './features.ts';
export { type PhyParameters, parseParameters } from './parameters.ts';
export { type PhyFiles, type PhySorting, readPhy } from './read.ts';
export { readSimilarTemplates, readTemplates } from './templates.ts';
export { writeClusterGroups, writeSpikeClusters, writeSpikeTimes } from './write.ts';
