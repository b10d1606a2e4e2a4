import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linksIn } from '../src/logs/links';

const found = (text: string) =>
  linksIn(text)
    .filter((link) => link.kind !== 'text')
    .map((link) => (link.kind === 'url' ? link.href : `${link.file} ${link.line} ${link.column}`));

test('addresses end where prose goes on', () => {
  assert.deepEqual(found('see https://example.com/a?b=1&c=(d). Or (http://127.0.0.1:1/), <https://x.example>!'), ['https://example.com/a?b=1&c=(d)', 'http://127.0.0.1:1/', 'https://x.example']);
  assert.deepEqual(found('javascript:alert(1) file:///etc/passwd data:text/html,x'), []);
});

test('places in files are found as go, tsc and stack traces write them', () => {
  assert.deepEqual(found('pkg/x.go:3:5: undefined: y'), ['pkg/x.go 3 5']);
  assert.deepEqual(found('\t/home/you/p/pkg/main.go:12 +0x1d'), ['/home/you/p/pkg/main.go 12 1']);
  assert.deepEqual(found('src/App.tsx(3,14): error TS2304'), ['src/App.tsx 3 14']);
  assert.deepEqual(found('C:\\p\\x.go:1:2 and ./a-b_c.test.ts:9'), ['C:\\p\\x.go 1 2', './a-b_c.test.ts 9 1']);
});

test('a folder of the plugin with spaces and signs belongs to the place', () => {
  const places = (text: string) =>
    linksIn(text, '/home/a b;c%20é/p (1)')
      .filter((link) => link.kind === 'place')
      .map((link) => link.file);
  assert.deepEqual(places('\t/home/a b;c%20é/p (1)/pkg/main.go:12 +0x1d'), ['/home/a b;c%20é/p (1)/pkg/main.go']);
  assert.deepEqual(places('pkg/x.go:1 /usr/lib/go/src/fmt/print.go:2'), ['pkg/x.go', '/usr/lib/go/src/fmt/print.go']);
});

test('times, versions and ports are none', () => {
  assert.deepEqual(found('12:30:45 go1.25:3 127.0.0.1:8080 box:3000 v1.2.3 [::1]:80'), []);
});

test('nothing of the text is lost', () => {
  for (const text of ['a https://b.example. c x.go:1:2 d', 'https://', 'x.go:', '(x.go:1)']) {
    assert.equal(linksIn(text).map((link) => link.text).join(''), text);
  }
});
