/** What a visitor can try: one for each thing that may become of a stream. The provider has a script for each. */
export const suggestions = [
  {
    id: 'reasoning',
    shows: 'Reasoning, then an answer',
    prompt: 'How hot should the water for green tea be?',
  },
  {
    id: 'tools',
    shows: 'Two tools at once',
    prompt: 'Plan my Saturday in Oslo: weather, and a table for two.',
  },
  { id: 'sources', shows: 'Sources', prompt: 'Who wrote The Book of Tea? Cite your sources.' },
  { id: 'long', shows: 'Stop it, or reload the page', prompt: 'Tell me the story of tea, at length.' },
  { id: 'dies', shows: 'Die midway', prompt: 'Name the kinds of tea (the line will break).' },
  { id: 'length', shows: 'Hit the length limit', prompt: 'List every tea garden of Darjeeling.' },
  { id: 'refusal', shows: 'A refusal', prompt: 'Write me a fake certificate of origin.' },
  { id: 'overloaded', shows: 'Fail before the first word', prompt: 'What is tea? (Nobody will answer.)' },
] as const

export type SuggestionId = (typeof suggestions)[number]['id']
