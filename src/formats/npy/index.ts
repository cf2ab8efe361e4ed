// The .npy format: what other folders may use.
export { narrowed, toNumbers, toTexts } from './convert.ts';
export { type NpyKind, type NpyType, parseDescr } from './descr.ts';
export { type NpyHeader, parseNpyHeader } from './header.ts';
export { decodeNpyFrame, type NpyMovie, openNpyMovie, readNpyFrame, readNpyHeader } from './movie.ts';
export { openNpzVolumes } from './npz-volume.ts';
export { objectArrayStart } from './object-array.ts';
export { toCOrder } from './order.ts';
export { int32Pieces, int64Pieces } from './pieces.ts';
export { decodeItems, type NpyArray, readNpy } from './read.ts';
export { openNpyVolume, squeezeAxes } from './volume.ts';
export { readNpyList, readNpyNumbers, squeezed } from './whole.ts';
export { writeNpy } from './write.ts';
export { writeNpz } from './write-npz.ts';
