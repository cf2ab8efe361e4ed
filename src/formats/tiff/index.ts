// The TIFF format: what other folders may use.
export { parseDirectories, readDirectories, type TiffDirectories } from './chain.ts';
export type { TiffFrame } from './frame.ts';
export type { TiffLimits, TiffPage, TiffSample } from './page.ts';
export { decodePlain, type PlainStack, plainPages, readPlainFrame } from './plain.ts';
export { readTiffFrame, readTiffPage } from './read.ts';
export { openTiffVolume, type StackFile } from './volume.ts';
export { type TiffNotes, writeTiff } from './write.ts';
