import { expect } from 'chai'
import { Breaker } from '../../../lib/from/template/breaker.ts'

/** Misses until it rests; how many it took. */
function tire(breaker: Breaker): number {
  for (let misses = 1; misses < 100; misses++) {
    breaker.miss(1)
    if (breaker.isResting) return misses
  }
  throw new Error('It never rests')
}

/** Frames pass until it wakes; how many it took. */
function wake(breaker: Breaker): number {
  for (let frames = 1; frames < 5000; frames++) {
    breaker.passed(1)
    if (!breaker.isResting) return frames
  }
  throw new Error('It never wakes')
}

describe('the breaker', () => {
  it('rests after a row of misses, each time twice as long, and has less patience afterwards', () => {
    const breaker = new Breaker()
    expect(tire(breaker)).to.equal(12)
    const rests = Array.from({ length: 9 }, () => {
      const rest = wake(breaker)
      expect(tire(breaker)).to.equal(3)
      return rest
    })
    expect(rests).to.deep.equal([16, 32, 64, 128, 256, 512, 1024, 1024, 1024])
  })

  it('says when one of the longest rests is over, and only then', () => {
    const breaker = new Breaker()
    const ends = Array.from({ length: 8 }, () => {
      tire(breaker)
      breaker.passed(1)
      return breaker.passed(2000)
    })
    expect(ends).to.deep.equal([false, false, false, false, false, false, true, true])
  })

  it('never rests while more than every third frame matches', () => {
    const breaker = new Breaker()
    for (let turn = 0; turn < 1000; turn++) {
      breaker.hit(1)
      breaker.miss(1)
      breaker.miss(1)
      expect(breaker.isResting).to.equal(false)
    }
  })

  it('rests although now and then a frame matches', () => {
    const breaker = new Breaker()
    let frames = 0
    for (; !breaker.isResting; frames++) {
      if (frames % 5 === 0) breaker.hit(1)
      else breaker.miss(1)
    }
    expect(frames).to.be.below(50)
  })

  it('doubts while more than two of three frames miss', () => {
    const breaker = new Breaker()
    expect(breaker.isDoubtful).to.equal(false)
    breaker.miss(1)
    expect(breaker.isDoubtful).to.equal(true)
    breaker.hit(1)
    expect(breaker.isDoubtful).to.equal(false)
  })

  it('forgets how long it rested after a good run', () => {
    const breaker = new Breaker()
    for (let turn = 0; turn < 5; turn++) {
      tire(breaker)
      wake(breaker)
    }
    breaker.hit(20)
    expect(tire(breaker)).to.equal(16)
    expect(wake(breaker)).to.equal(16)
  })
})
