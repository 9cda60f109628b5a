/** What people are called in passing: the first of their names, where that says who is meant. */
export const shortNames = (names: readonly string[]): string[] => {
  const firsts = names.map((name) => name.split(/\s/u)[0] ?? "")
  return names.map((name, i) => {
    const first = firsts[i] ?? ""
    const clear = [...first].length > 1 && !first.endsWith(".") && firsts.filter((f) => f === first).length === 1
    return clear ? first : name
  })
}
