// SpikeInterface's sortings and curations: what other folders may use.
export { readCuration, writeCuration } from './curation.ts';
export { countSegments, readSortingNpz } from './read.ts';
export { sortingNpzFiles, writeSortingNpz } from './write.ts';
