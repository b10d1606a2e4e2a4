import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventParser } from '../src/host/events';

test('events are the same however the stream is cut', () => {
  const stream = ': still here\n\nevent: a\nid: 1\ndata: {"x":1}\n\nevent: b\ndata: one\ndata: two\n\n';
  const expected = [{ type: 'a', id: '1', data: '{"x":1}' }, { type: 'b', id: '', data: 'one\ntwo' }];
  for (let size = 1; size < stream.length; size++) {
    const parser = new EventParser();
    const events = Array.from({ length: Math.ceil(stream.length / size) }, (_, index) => parser.push(stream.slice(index * size, (index + 1) * size))).flat();
    assert.deepEqual(events, expected, `in pieces of ${size}`);
  }
});
