import { expect, it } from 'vitest';
import { makeSvgPen } from './svg-pen.ts';

const make = () =>
  makeSvgPen({
    width: 100,
    height: 50,
    family: 'Inter',
    background: '#111',
    title: 'A & B',
    measureText: (text) => ({ width: 6 * text.length }) as TextMetrics,
  });

it('writes lines, dashes and circles as paths', () => {
  const svg = make();
  const { pen } = svg;
  pen.strokeStyle = '#f00';
  pen.lineWidth = 1.5;
  pen.setLineDash([4, 3]);
  pen.beginPath();
  pen.lineTo(1, 2);
  pen.lineTo(Number.NaN, 3);
  pen.lineTo(4.126, 5);
  pen.stroke();
  pen.setLineDash([]);
  pen.fillStyle = '#0f0';
  pen.globalAlpha = 0.5;
  pen.beginPath();
  pen.arc(10, 10, 2, 0, 7);
  pen.fill();
  const text = svg.toString();
  expect(text).toContain('<path d="M1 2L4.13 5" fill="none" stroke="#f00" stroke-width="1.5" stroke-dasharray="4 3"/>');
  expect(text).toContain('<path d="M12 10a2 2 0 1 1 -4 0a2 2 0 1 1 4 0" fill="#0f0" fill-opacity="0.5"/>');
});

it('joins rectangles of one look, and keeps the order of what lies above', () => {
  const svg = make();
  const { pen } = svg;
  pen.fillStyle = '#123';
  pen.fillRect(0, 0, 2, 3);
  pen.fillRect(5, 0, 2, 3);
  pen.fillStyle = '#456';
  pen.fillRect(0, 0, 1, 1);
  const text = svg.toString();
  expect(text).toContain('d="M0 0h2v3h-2zM5 0h2v3h-2z" fill="#123"');
  expect(text.indexOf('#123')).toBeLessThan(text.indexOf('#456'));
});

it('writes texts about the middle of their line, escaped and squeezed', () => {
  const svg = make();
  svg.pen.textAlign = 'right';
  svg.pen.fillText('µV < 5', 10, 20, 30);
  expect(svg.toString()).toContain(
    '<text x="10" y="23.85" font-size="11" text-anchor="end" textLength="30" fill="#000">µV &lt; 5</text>',
  );
  svg.pen.font = '600 20px Inter';
  svg.pen.fillText('Loud', 0, 0);
  expect(svg.toString()).toContain(
    '<text x="0" y="7" font-size="20" font-weight="600" text-anchor="end" fill="#000">Loud</text>',
  );
});

it('embeds pictures, clips, and is well-formed', () => {
  const svg = make();
  svg.within({ x: 1, y: 2, width: 3, height: 4 }, () =>
    svg.image('data:image/png;base64,AA==', { x: 0, y: 0, width: 10, height: 10 }),
  );
  const text = svg.toString();
  expect(text).toContain('<clipPath id="clip0"><rect x="1" y="2" width="3" height="4"/></clipPath><g clip-path="url(#clip0)">');
  expect(text).toContain('href="data:image/png;base64,AA=="');
  expect(text).toContain('<title>A &amp; B</title>');
  expect(text.match(/<g /g)).toHaveLength(text.match(/<\/g>/g)!.length);
});
