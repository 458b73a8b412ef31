import { expect } from 'chai'
import { kindOfContentType, kindOfStart } from '../../lib/from/body.ts'

describe('what a content type says of a body', () => {
  const rows: readonly (readonly [string, ReturnType<typeof kindOfContentType>])[] = [
    ['text/event-stream', 'event-stream'],
    ['text/event-stream;', 'event-stream'],
    ['Text/Event-Stream; charset=latin1', 'event-stream'],
    ['application/json', 'document'],
    ['application/json; charset=utf-8', 'document'],
    ['application/problem+json', 'document'],
    ['application/x-ndjson', 'document'],
    ['application/jsonl', 'document'],
    ['text/html', undefined],
    ['text/plain', undefined],
    ['text/event-streams', undefined],
    ['application/jsonp', undefined],
    ['', undefined],
  ]
  for (const [type, kind] of rows) {
    it(`${JSON.stringify(type)}: ${kind ?? 'nothing we read'}`, () =>
      expect(kindOfContentType(type)).to.equal(kind))
  }
})

describe('what the first character says of a body', () => {
  const rows: readonly (readonly [string, ReturnType<typeof kindOfStart>])[] = [
    ['data: {}', 'event-stream'],
    [': ping', 'event-stream'],
    ['\n\ndata:', 'event-stream'],
    ['\ufeffdata:', 'event-stream'],
    ['<html>', 'event-stream'],
    ['{"id":', 'document'],
    ['[{"error":', 'document'],
    [' \r\n\t{', 'document'],
    ['\ufeff{', 'document'],
    ['', undefined],
    [' \n', undefined],
    ['\ufeff', undefined],
  ]
  for (const [text, kind] of rows) {
    it(`${JSON.stringify(text)}: ${kind ?? 'not yet'}, as bytes and as text`, () => {
      expect(kindOfStart(text)).to.equal(kind)
      expect(kindOfStart(new TextEncoder().encode(text))).to.equal(kind)
    })
  }
})
