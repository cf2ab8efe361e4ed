// The NIfTI format: what other folders may use.
export { niftiVersion } from './header.ts';
export { type NiftiOptions, openNifti } from './read.ts';
export { type NiftiNotes, writeNifti, writeNiftiHead } from './write.ts';
