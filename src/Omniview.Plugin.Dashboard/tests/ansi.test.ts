import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastWritten, segmentsOf, withoutControls } from '../src/logs/ansi';

const looks = (line: string) => segmentsOf(line).map((segment) => [segment.text, segment.look]);

test('colours of all three kinds are read, with semicolons and with colons', () => {
  assert.deepEqual(looks('\x1b[31mred\x1b[0m \x1b[91mbright\x1b[39m'), [['red', { foreground: 1 }], [' ', {}], ['bright', { foreground: 9 }]]);
  assert.deepEqual(looks('\x1b[38;5;208;1mx'), [['x', { foreground: 'rgb(255 135 0)', bold: true }]]);
  assert.deepEqual(looks('\x1b[38;5;244mx'), [['x', { foreground: 'rgb(128 128 128)' }]]);
  assert.deepEqual(looks('\x1b[48;2;1;2;3mx'), [['x', { background: 'rgb(1 2 3)' }]]);
  assert.deepEqual(looks('\x1b[38:2::1:2:3mx'), [['x', { foreground: 'rgb(1 2 3)' }]]);
  assert.deepEqual(looks('\x1b[38:5:1mx'), [['x', { foreground: 1 }]]);
});

test('what ends a look ends that look only', () => {
  assert.deepEqual(looks('\x1b[1;2;3;4;7;9mx\x1b[22;23;24;27;29my\x1b[4:3mz\x1b[4:0m.'), [
    ['x', { bold: true, dim: true, italic: true, underline: true, inverse: true, strike: true }],
    ['y', {}],
    ['z', { underline: true }],
    ['.', {}],
  ]);
});

test('nonsense is no colour and does no harm', () => {
  for (const sequence of ['\x1b[38;5;999m', '\x1b[38;2;1m', '\x1b[38m', '\x1b[;;;m', '\x1b[999m']) {
    assert.equal(segmentsOf(`${sequence}x`).map((segment) => segment.text).join(''), 'x', JSON.stringify(sequence));
    assert.equal(typeof segmentsOf(`${sequence}x`)[0]?.look.foreground, 'undefined', JSON.stringify(sequence));
  }
});

test('a hyperlink leads to the web or nowhere', () => {
  assert.deepEqual(segmentsOf('\x1b]8;;https://example.com/\x1b\\ok\x1b]8;;\x1b\\ \x1b]8;id=1;javascript:alert(1)\x07no\x1b]8;;\x07').map((segment) => [segment.text, segment.href]), [['ok', 'https://example.com/'], [' ', null], ['no', null]]);
});

test('every other control sequence and character is gone', () => {
  const line = 'a\x1b[2Jb\x1b]0;title\x07c\x1bP1$r\x1b\\d\x1b[?25le\x07\x08f\x1b[38;5;1mg\x9bh\x1b';
  assert.equal(withoutControls(line), 'abcdefgh');
  assert.equal(segmentsOf(line).map((segment) => segment.text).join(''), 'abcdefgh');
  assert.equal(withoutControls('tabs\tstay'), 'tabs\tstay');
});

test('of a line that is written over the last is left', () => {
  assert.equal(lastWritten('1%\r50%\r100%'), '100%');
  assert.equal(lastWritten('done\r'), 'done');
  assert.equal(lastWritten('\r\r'), '');
});

test('a long hostile line is read in no time', () => {
  const begun = performance.now();
  for (const line of ['\x1b]8;;'.repeat(15_000), '\x1b['.repeat(30_000), '\x1b[' + '0;'.repeat(30_000) + 'm', '\x1bP' + 'x'.repeat(60_000)]) {
    segmentsOf(line);
    withoutControls(line);
  }

  assert.ok(performance.now() - begun < 1500, `${performance.now() - begun} ms`);
});
