// Pickles as data: what other folders may use.
export { type PickleOptions, readPickle } from './read.ts';
export { PickledArray, type PickleValue } from './values.ts';
