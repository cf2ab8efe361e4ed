import { expect, it } from 'vitest';
import { readText } from './metrics-note.tsx';

it('says how much was read, in seconds and spikes', () => {
  expect(readText({ seconds: 120, ofSeconds: 4857.4, spikes: 31_204, ofSpikes: 1_260_118 })).toBe(
    'Waveform measures: 120 of 4,857 s read, 31,204 of 1,260,118 spikes. Spike-train measures: every spike.',
  );
  expect(readText({ seconds: 6, ofSeconds: 6, spikes: 890, ofSpikes: 900 })).toMatch(/all 6 s read, 890 of 900 spikes/);
});
