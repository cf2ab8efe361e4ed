// Links: whatever a view says comes back from the address; what is no link is none.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLink, encodeLink, type Link } from './url-state.ts';

const LINK: Link = {
  dataset: { fingerprint: '00ff00ff12345678', modality: 'calcium', name: '00.00', facts: '3,024 frames of 512 × 512' },
  values: { view: 'mean', frame: '1204', at: '256,255.5,2.25' },
};

const text = fc.string({ unit: 'grapheme' });
const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 16, maxLength: 16 });
const reserved = ['set', 'facts', 'kind', 'id', '__proto__'];

describe('a link', () => {
  it('comes back whatever the names and values are', () => {
    const nonEmpty = fc.string({ unit: 'grapheme', minLength: 1 });
    const dataset = fc.record({ fingerprint: hex, modality: nonEmpty, name: nonEmpty, facts: text });
    const values = fc.dictionary(
      text.filter((name) => !reserved.includes(name)),
      text,
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(dataset, values, (mark, given) => {
        const link = { dataset: mark, values: given };
        const hash = encodeLink(link);
        expect(decodeLink(hash)).toEqual(link);
        // What the browser makes of it when it is part of an address.
        expect(decodeLink(new URL(hash, 'http://localhost/').hash)).toEqual(link);
      }),
    );
  });

  it('can be read by a person', () => {
    expect(encodeLink(LINK)).toBe(
      '#set=00.00&facts=3,024+frames+of+512+%C3%97+512&kind=calcium&id=00ff00ff12345678&view=mean&frame=1204&at=256,255.5,2.25',
    );
  });

  it('does not let a value speak for the data set', () => {
    const link = { ...LINK, values: { ...LINK.values, id: 'another', set: '01.00' } };
    expect(decodeLink(encodeLink(link))).toEqual(LINK);
  });
});

describe('no link', () => {
  it.each(['', '#', '#top', '#set=00.00&kind=calcium', '#set=00.00&kind=calcium&id=zz', '#%E0%A4%A'])('%s', (hash) => {
    expect(decodeLink(hash)).toBeNull();
  });

  it('never throws', () => {
    fc.assert(fc.property(text, (hash) => void decodeLink(hash)));
  });
});
