// The NRRD format: what other folders may use.
export { type NrrdOptions, openNrrd } from './read.ts';
