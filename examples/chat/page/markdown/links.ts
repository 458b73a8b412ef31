/** The address of a web page; undefined for any other, such as `javascript:` and `data:`, which a click would run. */
export function webAddress(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined
}
