// SpikeGLX recordings: what other folders may use.
export { type Meta, parseMeta } from './meta.ts';
export { openSpikeGlx, withMeta } from './open.ts';
export { type Stream, streamOf } from './stream.ts';
