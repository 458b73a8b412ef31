interface FlagRow {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  readonly multiple?: boolean
  readonly group: string
  /** What stands for the value in the help. */
  readonly value?: string
  readonly help: string
}

/** Every flag: what `parseArgs` needs to read it and what the help says of it. */
export const flagTable = {
  format: {
    type: 'string',
    short: 'f',
    group: 'Output',
    value: 'FORMAT',
    help: 'what to write (see Formats); text on a terminal, completion otherwise',
  },
  jsonl: {
    type: 'boolean',
    group: 'Output',
    help: 'one compact JSON object a line, each with "file": for many inputs',
  },
  quiet: {
    type: 'boolean',
    short: 'q',
    group: 'Output',
    help: 'nothing on standard error but what keeps the command from running',
  },
  header: {
    type: 'string',
    short: 'H',
    multiple: true,
    group: 'Requests',
    value: "'NAME: VALUE'",
    help: 'a header for the URL, as with curl; may be repeated',
  },
  data: {
    type: 'string',
    short: 'd',
    group: 'Requests',
    value: 'JSON|@FILE|@-',
    help: 'POST this body to the URL, as application/json unless -H says otherwise',
  },
  timeout: {
    type: 'string',
    group: 'Requests',
    value: 'TIME',
    help: 'for the whole stream: 90s, 2m, 500ms',
  },
  'first-event-timeout': {
    type: 'string',
    group: 'Requests',
    value: 'TIME',
    help: 'from the start to the first data',
  },
  'stall-timeout': {
    type: 'string',
    group: 'Requests',
    value: 'TIME',
    help: 'between two pieces of data; 2m for a URL unless you say otherwise (off)',
  },
  choices: {
    type: 'string',
    group: 'Reading',
    value: '1',
    help: 'n = 1 was asked for: every choice index means choice 0',
  },
  cumulative: {
    type: 'boolean',
    group: 'Reading',
    help: 'the provider sends whole texts again and again, not pieces',
  },
  'require-finish-reason': {
    type: 'boolean',
    group: 'Reading',
    help: '[DONE] without a finish_reason means truncated',
  },
  'skip-bad-chunks': {
    type: 'boolean',
    group: 'Reading',
    help: 'go on without frames that cannot be read',
  },
  limit: {
    type: 'string',
    multiple: true,
    group: 'Reading',
    value: 'NAME=SIZE',
    help: 'another bound, such as maxStreamBytes=1G; off means none; may be repeated',
  },
  record: {
    type: 'string',
    group: 'Recordings',
    value: 'FILE',
    help: 'keep the bytes of the one input with their cuts and times',
  },
  replay: {
    type: 'string',
    group: 'Recordings',
    value: 'FILE',
    help: 'read a recording instead of an input',
  },
  speed: {
    type: 'string',
    group: 'Recordings',
    value: '1x|2x|max',
    help: 'how fast to replay; 1x is as recorded, and what you get by default',
  },
  help: { type: 'boolean', short: 'h', group: 'Other', help: 'this text' },
  version: { type: 'boolean', short: 'V', group: 'Other', help: 'the version' },
} as const satisfies Record<string, FlagRow>

/** Flags of `deltafold demo`. */
export const demoFlagTable = {
  fast: { type: 'boolean', group: 'Demo', help: 'without waiting' },
  serve: { type: 'boolean', group: 'Demo', help: 'only serve the recordings, for curl and your own client' },
  help: flagTable.help,
} as const satisfies Record<string, FlagRow>

export type { FlagRow }
