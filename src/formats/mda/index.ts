// MountainSort's .mda files: what other folders may use.
export { readMdaHeader } from './header.ts';
export { type Firings, openMda, readFirings, readMda } from './read.ts';
export { mdaHeader, writeFirings, writeGeom, writeMdaParameters } from './write.ts';
