// Phosphor's icons carry six weights each, and no bundler can tell which of them are drawn. This loader leaves the regular one,
// and what else an icon is drawn in: the test beside it finds what is missing here.
const ALSO = {
  ArrowDown: ["bold"],
  ArrowUp: ["bold"],
  CaretDown: ["bold"],
  Check: ["bold"],
  Checks: ["bold"],
  Crown: ["fill"],
  DotsThree: ["bold"],
  Eye: ["fill"],
  Plus: ["bold"],
  Users: ["fill"],
  WarningCircle: ["fill"],
}

const ENTRY = /\[\s*"([a-z]+)",\s*\/\* @__PURE__ \*\/[\s\S]*?\n {2}\],?/g

function iconWeights(source) {
  const [, name = ""] = /([A-Za-z]+)\.es\.js$/.exec(this.resourcePath) ?? []
  const drawn = ["regular", ...(this.getOptions().also[name] ?? [])]
  return source.replace(ENTRY, (entry, weight) => (drawn.includes(weight) ? entry : ""))
}

// Given as an option, too, so that a change of the list is a change of the build.
module.exports = Object.assign(iconWeights, { also: ALSO })
