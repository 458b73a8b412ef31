// Loaded by mocha before any spec: nothing in the library may leave a rejection or an exception unhandled.
const escaped: unknown[] = []
process.on('unhandledRejection', (reason) => escaped.push(reason))
process.on('uncaughtException', (error) => escaped.push(error))

export const mochaHooks = {
  afterAll(): void {
    if (escaped.length > 0)
      throw new AggregateError(escaped, `${escaped.length} unhandled rejections or exceptions`)
  },
}
