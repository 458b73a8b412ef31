/** A fact of the wire as data. Every row cites the fixture (spec/fixtures) that shows it. */
export interface DialectRow {
  /** Who sends it so: names as in the fixtures. */
  readonly provider: string
  readonly fixture: string
}
