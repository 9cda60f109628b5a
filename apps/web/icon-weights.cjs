// Phosphor's icons carry six weights each, and no bundler can tell which of them are drawn. This loader leaves those that are.
const DRAWN = ["regular", "bold", "fill"]

const ENTRY = /\[\s*"([a-z]+)",\s*\/\* @__PURE__ \*\/[\s\S]*?\n {2}\],?/g

module.exports = function iconWeights(source) {
  return source.replace(ENTRY, (entry, weight) => (DRAWN.includes(weight) ? entry : ""))
}
