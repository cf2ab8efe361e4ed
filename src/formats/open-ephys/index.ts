// Open Ephys binary recordings: what other folders may use.
export { type OpenEphysStream, openStream, parseStructure } from './read.ts';
