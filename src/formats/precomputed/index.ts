// Neuroglancer's precomputed format: what other folders may use.
export { openPrecomputed, type PrecomputedOptions } from './open.ts';
