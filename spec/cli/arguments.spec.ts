import { expect } from 'chai'
import { type AssembleCommand, readArguments } from '../../lib/cli/arguments.ts'
import { CommandError } from '../../lib/cli/command-error.ts'

function assembleCommand(...args: string[]): AssembleCommand {
  const command = readArguments(args)
  if (command.kind !== 'assemble') throw new Error(`read as ${command.kind}`)
  return command
}

function refusal(...args: string[]): string {
  try {
    readArguments(args)
  } catch (error) {
    if (!(error instanceof CommandError)) throw error
    expect(error.outcome).to.equal('usage')
    return error.message
  }
  throw new Error(`${args.join(' ')} was taken`)
}

describe('arguments', () => {
  it('name the inputs, with or without the word assemble', () => {
    expect(assembleCommand('a.sse', '-', 'https://b').inputs).to.deep.equal(['a.sse', '-', 'https://b'])
    expect(assembleCommand('assemble', 'a.sse').inputs).to.deep.equal(['a.sse'])
    expect(assembleCommand('a.sse', 'assemble').inputs).to.deep.equal(['a.sse', 'assemble'])
    expect(assembleCommand().inputs).to.deep.equal([])
  })

  it('become options of the assembler', () => {
    const { options } = assembleCommand(
      ...['--choices', '1', '--cumulative', '--require-finish-reason', '--skip-bad-chunks'],
      ...['--timeout', '2m', '--first-event-timeout', '500ms', '--stall-timeout', '1.5', 'f'],
    )
    expect(options).to.deep.equal({
      choices: 1,
      cumulative: true,
      requireFinishReason: true,
      onBadChunk: 'skip',
      totalTimeoutMs: 120_000,
      firstEventTimeoutMs: 500,
      progressTimeoutMs: 1500,
    })
  })

  it('set limits by their names, in bytes or in powers of 1,024', () => {
    const { options } = assembleCommand(
      '--limit',
      'maxEventBytes=4096',
      '--limit',
      'maxStreamBytes=1G',
      '--limit',
      'maxChoices=off',
    )
    expect(options).to.include({
      maxEventBytes: 4096,
      maxStreamBytes: 1024 ** 3,
      maxChoices: Number.POSITIVE_INFINITY,
    })
  })

  it('a time no timer can hold is no bound', () => {
    expect(assembleCommand('--timeout', '1000h').options.totalTimeoutMs).to.equal(Number.POSITIVE_INFINITY)
    expect(assembleCommand('--timeout', 'off').options.totalTimeoutMs).to.equal(Number.POSITIVE_INFINITY)
  })

  it('read the speed of a replay', () => {
    expect(assembleCommand('--replay', 'r').speed).to.equal(1)
    expect(assembleCommand('--replay', 'r', '--speed', '2.5x').speed).to.equal(2.5)
    expect(assembleCommand('--replay', 'r', '--speed', 'max').speed).to.equal(Number.POSITIVE_INFINITY)
  })

  it('ask for help from anywhere', () => {
    for (const args of [['--help'], ['-h'], ['a.sse', '--help'], ['assemble', '-h'], ['demo', '--help']])
      expect(readArguments(args).kind, args.join(' ')).to.equal('help')
    expect(readArguments(['-V']).kind).to.equal('version')
    expect(readArguments(['demo', '--fast'])).to.deep.equal({ kind: 'demo', fast: true, serve: false })
  })

  it('a flag that is not known is named, with the one that was probably meant', () => {
    expect(refusal('--formt', 'text')).to.match(/^unknown option --formt; did you mean --format\?/)
    expect(refusal('--requier-finish-reason')).to.contain('did you mean --require-finish-reason?')
    expect(refusal('--replayed-as-a-whole')).not.to.contain('did you mean')
    expect(refusal('-x')).to.match(/^unknown option -x /)
    expect(refusal('demo', '--fst')).to.contain('did you mean --fast?')
  })

  for (const [args, sentence] of [
    [['--format', 'yaml'], /--format does not know 'yaml': it takes text, message, completion/],
    [['--format'], /'-f, --format <value>' argument missing/],
    [['--jsonl=yes'], /'--jsonl' does not take an argument/],
    [['--choices', '2'], /--choices takes 1/],
    [['--timeout', 'soon'], /--timeout cannot be 'soon': write it as 90s/],
    [['--limit', 'maxBytes=1'], /--limit does not know 'maxBytes': it takes maxEventBytes/],
    [['--limit', 'maxChoices'], /--limit cannot be ''/],
    [['--limit', 'maxChoices=-1'], /--limit cannot be '-1'/],
    [['--speed', '0x', '--replay', 'r'], /--speed cannot be '0x'/],
    [['--speed', '2x', 'f'], /--speed is for --replay/],
    [['--replay', 'r', 'f'], /--replay reads a recording/],
    [['--record', 'r', 'f', 'g'], /--record keeps one input/],
    [['--record', 'r', '--replay', 'r'], /--record would overwrite/],
    [['-H', 'a: b', 'f'], /--header and --data are for a URL/],
    [['-', '-'], /standard input \(-\) can be read once/],
    [['demo', 'x'], /unexpected argument 'x'/],
  ] as const) {
    it(`refuses ${args.join(' ')}`, () => {
      expect(refusal(...args))
        .to.match(sentence)
        .and.to.contain('deltafold --help')
    })
  }
})
