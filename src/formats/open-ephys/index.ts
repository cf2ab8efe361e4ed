// Open Ephys binary recordings: what other folders may use.
export { type OpenEphysStream, openStream, parseStructure, streamAt } from './read.ts';
