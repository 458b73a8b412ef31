import { type DemoRecording, recordingOf, said } from '../recording.ts'

const envelope = {
  id: 'chatcmpl-demo-3',
  object: 'chat.completion.chunk',
  created: 1_760_000_200,
  model: 'demo-storyteller',
}

const story =
  'The lighthouse keeper had not missed a night in forty years. But on the last evening of autumn he climbed the ' +
  'stairs, reached for the lamp, and found that it'

/** A server that dies within a sentence, and within a frame. */
export const dyingStream: DemoRecording = {
  path: '/dying-stream',
  title: 'A stream that dies',
  about: 'The connection breaks. What came is kept, and never called complete.',
  entries: recordingOf(
    envelope,
    [
      [400, { choices: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }] }],
      ...said(story, 48, (content) => ({ content })),
      [600, ''],
    ],
    'reset',
  ),
}
