// SpikeInterface's sortings and curations: what other folders may use.
export { type Curation, readCuration, writeCuration } from './curation.ts';
export { readSortingNpz } from './read.ts';
export { writeSortingNpz } from './write.ts';
